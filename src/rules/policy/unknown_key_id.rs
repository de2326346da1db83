//! `unknown-key-id`: a reference to a key that is not there.

use crate::diag::{Level, Rule};

/// A reference to a key that is not there.
pub static RULE: Rule = Rule {
    id: "unknown-key-id",
    level: Level::Deny,
    adjustable: false,
    summary: "a reference to a key that is not there",
    explain: "`[signing].key` and `[[contact]].key` name a `[[key]].id`.",
    clause: "",
};
