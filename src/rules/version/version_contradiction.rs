//! `version-contradiction`: rows that overlap and contradict each other.

use crate::diag::{Level, Rule};

/// Rows that overlap and contradict each other.
pub static RULE: Rule = Rule {
    id: "version-contradiction",
    level: Level::Deny,
    adjustable: true,
    summary: "rows that overlap and contradict each other",
    explain: "Some versions match two rows, one of which promises fixes and the other does not. A \
              narrow row may stand inside a wider bound as its exception; these two only overlap, so \
              nobody can tell which of them counts. Move one of the bounds.",
    clause: "",
};
