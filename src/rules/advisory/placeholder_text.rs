//! `placeholder-text`: a placeholder that nobody filled in.

use crate::diag::{Level, Rule};

/// A placeholder that nobody filled in.
pub static RULE: Rule = Rule {
    id: "placeholder-text",
    level: Level::Deny,
    adjustable: false,
    summary: "a placeholder that nobody filled in",
    explain: "Text such as `[INSERT …]` or `replace with` was left from a template. Publish what is \
              meant, or remove it.",
    clause: "",
};
