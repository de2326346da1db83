//! `date-order`: dates that are not in order.

use crate::diag::{Level, Rule};

/// Dates that are not in order.
pub static RULE: Rule = Rule {
    id: "date-order",
    level: Level::Deny,
    adjustable: false,
    summary: "dates that are not in order",
    explain: "`published` comes before `modified` and `withdrawn`; revisions rise in date and in \
              version.",
    clause: "CSAF 2.0 section 6.1",
};
