//! `secret-in-input`: something that looks like a secret key.

use crate::diag::{Level, Rule};

/// Something that looks like a secret key.
pub static RULE: Rule = Rule {
    id: "secret-in-input",
    level: Level::Deny,
    adjustable: false,
    summary: "something that looks like a secret key",
    explain: "A secret key, or the passphrase-like text of one, lies in a file of the site. Nothing \
              of it is shown or published. Remove it, and if the file was ever committed, revoke the \
              key: history keeps it.",
    clause: "",
};
