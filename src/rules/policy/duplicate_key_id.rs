//! `duplicate-key-id`: two keys share an id.

use crate::diag::{Level, Rule};

/// Two keys share an id.
pub static RULE: Rule = Rule {
    id: "duplicate-key-id",
    level: Level::Deny,
    adjustable: false,
    summary: "two keys share an id",
    explain: "`[[key]].id` is what contacts and `[signing]` refer to.",
    clause: "",
};
