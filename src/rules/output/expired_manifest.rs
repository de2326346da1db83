//! `expired-manifest`: the signed manifest has ended.

use crate::diag::{Level, Rule};

/// The signed manifest has ended.
pub static RULE: Rule = Rule {
    id: "expired-manifest",
    level: Level::Deny,
    adjustable: false,
    summary: "the signed manifest has ended",
    explain: "What was signed is no longer to be published: nobody vouches that it is still true. Run \
              `secsite sign` where the key is, and commit what it writes.",
    clause: "",
};
