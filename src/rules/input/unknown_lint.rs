//! `unknown-lint`: a level for a rule that there is not.

use crate::diag::{Level, Rule};

/// A level for a rule that there is not.
pub static RULE: Rule = Rule {
    id: "unknown-lint",
    level: Level::Warn,
    adjustable: true,
    summary: "a level for a rule that there is not",
    explain: "A key of `[lints]` is no rule of this version: mistyped, or from another version. It changes \
              nothing. `secsite explain` lists all rules.",
    clause: "",
};
