//! `bad-certificate`: a certificate file that cannot be used.

use crate::diag::{Level, Rule};

/// A certificate file that cannot be used.
pub static RULE: Rule = Rule {
    id: "bad-certificate",
    level: Level::Deny,
    adjustable: false,
    summary: "a certificate file that cannot be used",
    explain: "The file must hold one OpenPGP certificate, public parts only, of version 4, so that \
              GnuPG can read it.",
    clause: "RFC 9580",
};
