//! `unknown-key`: a key that secsite does not know.

use crate::diag::{Level, Rule};

/// A key that secsite does not know.
pub static RULE: Rule = Rule {
    id: "unknown-key",
    level: Level::Deny,
    adjustable: false,
    summary: "a key that secsite does not know",
    explain: "A mistyped key would silently change what is published: `sttus = \"draft\"` would \
              publish a draft. So every key must be known. The help line names the nearest one.",
    clause: "",
};
