//! `holder-not-in-certificate`: the certificate does not name the contact's address.

use crate::diag::{Level, Rule};

/// The certificate does not name the contact's address.
pub static RULE: Rule = Rule {
    id: "holder-not-in-certificate",
    level: Level::Warn,
    adjustable: true,
    summary: "the certificate does not name the contact's address",
    explain: "The contact's address is no user id of its key, so mail clients will not find the key, \
              nor can the Web Key Directory serve it.",
    clause: "",
};
