//! `toml-syntax`: TOML that cannot be parsed.

use crate::diag::{Level, Rule};

/// TOML that cannot be parsed.
pub static RULE: Rule = Rule {
    id: "toml-syntax",
    level: Level::Deny,
    adjustable: false,
    summary: "TOML that cannot be parsed",
    explain: "The file, or the part between its `+++` lines, is not TOML. The first error of a file \
              is usually the true one; the next ones may be its echoes.",
    clause: "",
};
