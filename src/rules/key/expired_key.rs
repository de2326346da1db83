//! `expired-key`: a key that is used is expired or revoked.

use crate::diag::{Level, Rule};

/// A key that is used is expired or revoked.
pub static RULE: Rule = Rule {
    id: "expired-key",
    level: Level::Deny,
    adjustable: false,
    summary: "a key that is used is expired or revoked",
    explain: "Readers cannot encrypt to it or trust what it signs. Extend an expired key, export it again \
              with `secsite key export`, and commit the file. A revoked key is over: make another, and \
              let `[signing]` and the contacts name that one. Leave the revoked certificate in its \
              [[key]], without `purpose`: then it stays published as revoked, with the day and the \
              reason, and programs that know it learn that it is.",
    clause: "",
};
