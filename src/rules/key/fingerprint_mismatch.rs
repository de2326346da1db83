//! `fingerprint-mismatch`: a certificate that is not the one named.

use crate::diag::{Level, Rule};

/// A certificate that is not the one named.
pub static RULE: Rule = Rule {
    id: "fingerprint-mismatch",
    level: Level::Deny,
    adjustable: false,
    summary: "a certificate that is not the one named",
    explain: "`fingerprint` and the primary key of `file` differ. One of them belongs to somebody \
              else: find out which before anybody encrypts to it.",
    clause: "",
};
