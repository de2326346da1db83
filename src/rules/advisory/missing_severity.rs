//! `missing-severity`: a vulnerability without a severity.

use crate::diag::{Level, Rule};

/// A vulnerability without a severity.
pub static RULE: Rule = Rule {
    id: "missing-severity",
    level: Level::Warn,
    adjustable: true,
    summary: "a vulnerability without a severity",
    explain: "Readers sort by severity. Add a `[[cvss]]` vector, or `severity` where no vector fits.",
    clause: "CRA Annex I part II (4)",
};
