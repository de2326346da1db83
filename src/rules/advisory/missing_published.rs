//! `missing-published`: a final advisory without a date.

use crate::diag::{Level, Rule};

/// A final advisory without a date.
pub static RULE: Rule = Rule {
    id: "missing-published",
    level: Level::Deny,
    adjustable: false,
    summary: "a final advisory without a date",
    explain: "`published` says since when the advisory is public; it never changes afterwards. Only \
              a draft may do without it.",
    clause: "",
};
