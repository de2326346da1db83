//! `response-conflict`: two times for one promise.

use crate::diag::{Level, Rule};

/// Two times for one promise.
pub static RULE: Rule = Rule {
    id: "response-conflict",
    level: Level::Warn,
    adjustable: true,
    summary: "two times for one promise",
    explain: "Two [[response]] rows speak of the same stage and severity, with different times. A \
              reader keeps you to the shorter one. Remove one, or let them differ by `severity`.",
    clause: "",
};
