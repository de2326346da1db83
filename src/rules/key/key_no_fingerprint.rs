//! `key-no-fingerprint`: a key without its fingerprint.

use crate::diag::{Level, Rule};

/// A key without its fingerprint.
pub static RULE: Rule = Rule {
    id: "key-no-fingerprint",
    level: Level::Warn,
    adjustable: true,
    summary: "a key without its fingerprint",
    explain: "The policy links to an OpenPGP certificate, or holds one, and no fingerprint tells a \
              finder whether it is the right one: whoever can change the file can change the key. Name \
              it in a [[key]] with `file` and `fingerprint`; the portal then shows both.",
    clause: "",
};
