//! `expired-key`: a published key is expired or revoked.

use crate::diag::{Level, Rule};

/// A published key is expired or revoked.
pub static RULE: Rule = Rule {
    id: "expired-key",
    level: Level::Deny,
    adjustable: false,
    summary: "a published key is expired or revoked",
    explain: "Readers cannot encrypt to it or trust what it signs. Extend it, export it again with \
              `secsite key export`, and commit the file. A key that is no longer used should be \
              marked `available = \"none\"`.",
    clause: "",
};
