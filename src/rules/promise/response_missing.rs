//! `response-missing`: no time is promised.

use crate::diag::{Level, Rule};

/// No time is promised.
pub static RULE: Rule = Rule {
    id: "response-missing",
    level: Level::Note,
    adjustable: true,
    summary: "no time is promised",
    explain: "A finder who does not know when to expect an answer publishes early, or gives up. Add \
              a [[response]] with `stage = \"acknowledgment\"` and a time that can be kept.",
    clause: "OpenSSF Scorecard, Security-Policy",
};
