//! `long-validity`: `valid_for` of more than a year.

use crate::diag::{Level, Rule};

/// `valid_for` of more than a year.
pub static RULE: Rule = Rule {
    id: "long-validity",
    level: Level::Warn,
    adjustable: true,
    summary: "`valid_for` of more than a year",
    explain: "An attestation should not be good for more than a year; security.txt then expires \
              after one year all the same.",
    clause: "RFC 9116 section 2.5.5",
};
