//! `review-overdue`: a review that was announced and is late.

use crate::diag::{Level, Rule};

/// A review that was announced and is late.
pub static RULE: Rule = Rule {
    id: "review-overdue",
    level: Level::Warn,
    adjustable: true,
    summary: "a review that was announced and is late",
    explain: "The text names the day of the next review, and that day is past. Read the policy, set \
              `reviewed`, and write the next day, or take the line out: `reviewed` and `valid_for` say \
              the same and cannot be forgotten.",
    clause: "",
};
