//! `unknown-marker`: an insertion marker that secsite does not know.

use crate::diag::{Level, Rule};

/// An insertion marker that secsite does not know.
pub static RULE: Rule = Rule {
    id: "unknown-marker",
    level: Level::Deny,
    adjustable: false,
    summary: "an insertion marker that secsite does not know",
    explain: "`<!-- secsite:NAME -->` on a line of its own stands for a table or list made from the \
              policy. The guide's policy reference lists the names.",
    clause: "",
};
