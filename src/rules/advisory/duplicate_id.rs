//! `duplicate-id`: two advisories share an id.

use crate::diag::{Level, Rule};

/// Two advisories share an id.
pub static RULE: Rule = Rule {
    id: "duplicate-id",
    level: Level::Deny,
    adjustable: false,
    summary: "two advisories share an id",
    explain: "Ids are unique, also when case is ignored: many file systems, and every reader who \
              types an id, ignore it.",
    clause: "CSAF 2.0 section 7.1.2",
};
