//! `short-key-id`: a key named by the short form of its id.

use crate::diag::{Level, Rule};

/// A key named by the short form of its id.
pub static RULE: Rule = Rule {
    id: "short-key-id",
    level: Level::Warn,
    adjustable: true,
    summary: "a key named by the short form of its id",
    explain: "Anybody can make another key with the same 8 or 16 digits within hours, and a key \
              server will hand it out. Write the whole fingerprint; a [[key]] shows it on its own \
              page.",
    clause: "",
};
