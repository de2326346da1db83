//! `duplicate-key`: a key is written twice.

use crate::diag::{Level, Rule};

/// A key is written twice.
pub static RULE: Rule = Rule {
    id: "duplicate-key",
    level: Level::Deny,
    adjustable: false,
    summary: "a key is written twice",
    explain: "TOML allows a key once in a table. Which of the two was meant cannot be known, so \
              neither is taken.",
    clause: "",
};
