//! `version-words-only`: a support table without a number.

use crate::diag::{Level, Rule};

/// A support table without a number.
pub static RULE: Rule = Rule {
    id: "version-words-only",
    level: Level::Note,
    adjustable: true,
    summary: "a support table without a number",
    explain: "Each row is in words, so no program can tell what a release gets, and a reader must \
              know what the words mean. Add the numbers, or a `rule` that explains them.",
    clause: "",
};
