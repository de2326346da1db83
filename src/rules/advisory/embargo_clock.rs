//! `embargo-clock`: the build's date has passed an embargo that the clock has not.

use crate::diag::{Level, Rule};

/// The build's date has passed an embargo that the clock has not.
pub static RULE: Rule = Rule {
    id: "embargo-clock",
    level: Level::Deny,
    adjustable: false,
    summary: "the build's date has passed an embargo that the clock has not",
    explain: "`--date` and `SOURCE_DATE_EPOCH` make builds repeatable; they must not publish an \
              embargoed advisory before its time. Build again when the system's clock has passed the \
              embargo.",
    clause: "",
};
