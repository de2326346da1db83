//! `key-missing`: a key that is spoken of and not published.

use crate::diag::{Level, Rule};

/// A key that is spoken of and not published.
pub static RULE: Rule = Rule {
    id: "key-missing",
    level: Level::Warn,
    adjustable: true,
    summary: "a key that is spoken of and not published",
    explain: "Readers are offered encryption, and find no certificate to encrypt to. Export it into \
              `keys/` and name it in a [[key]] with `available = \"published\"`, or do not offer it.",
    clause: "",
};
