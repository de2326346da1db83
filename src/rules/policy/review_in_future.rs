//! `review-in-future`: `reviewed` lies ahead.

use crate::diag::{Level, Rule};

/// `reviewed` lies ahead.
pub static RULE: Rule = Rule {
    id: "review-in-future",
    level: Level::Deny,
    adjustable: false,
    summary: "`reviewed` lies ahead",
    explain: "Nobody can have reviewed the policy tomorrow.",
    clause: "",
};
