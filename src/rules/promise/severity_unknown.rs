//! `severity-unknown`: a time for a severity that does not exist.

use crate::diag::{Level, Rule};

/// A time for a severity that does not exist.
pub static RULE: Rule = Rule {
    id: "severity-unknown",
    level: Level::Warn,
    adjustable: true,
    summary: "a time for a severity that does not exist",
    explain: "Among times by severity stands one for a word that is no level, often a slip of the pen. \
              A reader cannot tell which reports it is for. Write one of the levels that the other \
              lines use.",
    clause: "",
};
