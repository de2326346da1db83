//! `unknown-word`: a word outside of a closed set.

use crate::diag::{Level, Rule};

/// A word outside of a closed set.
pub static RULE: Rule = Rule {
    id: "unknown-word",
    level: Level::Deny,
    adjustable: false,
    summary: "a word outside of a closed set",
    explain: "Some keys take one of a few words, such as `status`. The help line lists them.",
    clause: "",
};
