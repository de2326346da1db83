//! `no-encryption-subkey`: a key for encryption that cannot encrypt.

use crate::diag::{Level, Rule};

/// A key for encryption that cannot encrypt.
pub static RULE: Rule = Rule {
    id: "no-encryption-subkey",
    level: Level::Warn,
    adjustable: true,
    summary: "a key for encryption that cannot encrypt",
    explain: "`purpose` says `encrypt`, or a contact names the key, but the certificate has no valid \
              encryption subkey: it never had one, or it is expired.",
    clause: "",
};
