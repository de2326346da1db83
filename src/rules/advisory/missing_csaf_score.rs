//! `missing-csaf-score`: a vulnerability whose only vectors are of CVSS 4.0.

use crate::diag::{Level, Rule};

/// A vulnerability whose only vectors are of CVSS 4.0.
pub static RULE: Rule = Rule {
    id: "missing-csaf-score",
    level: Level::Warn,
    adjustable: true,
    summary: "a vulnerability with a CVSS 4.0 vector alone",
    explain: "CSAF 2.0 has fields for CVSS 2 and 3 only, so the advisory's CSAF document has no score, and programs \
              that sort by it put the advisory last. Score it by CVSS 3.1 too, in a second `[[cvss]]`; pages, OSV and \
              CVE records go on to show version 4.0.",
    clause: "CSAF 2.0 section 6.2.3",
};
