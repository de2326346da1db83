//! `response-conflict`: two times for one promise.

use crate::diag::{Level, Rule};

/// Two times for one promise.
pub static RULE: Rule = Rule {
    id: "response-conflict",
    level: Level::Warn,
    adjustable: true,
    summary: "two times for one promise",
    explain: "Two [[response]] rows speak of the same stage and severity, with different times, or the \
              plan in `phases` begins a stage after the time that is promised for it. A reader keeps \
              you to the shorter one. Remove one, or let them differ by `severity`.",
    clause: "",
};
