//! `until-format`: an end of support that no calendar can read.

use crate::diag::{Level, Rule};

/// An end of support that no calendar can read.
pub static RULE: Rule = Rule {
    id: "until-format",
    level: Level::Warn,
    adjustable: true,
    summary: "an end of support that no calendar can read",
    explain: "The end of support is a date in a form that programs do not know, or that readers read \
              as two days. Lifecycle files and calendars leave it out. Write `2026-06-23`, `2026-06`, \
              `2026-H2` or `2026`.",
    clause: "",
};
