//! `review-undated`: a review without a day.

use crate::diag::{Level, Rule};

/// A review without a day.
pub static RULE: Rule = Rule {
    id: "review-undated",
    level: Level::Warn,
    adjustable: true,
    summary: "a review without a day",
    explain: "The text says when the policy was or will be reviewed, in words that no calendar knows, \
              such as \"before the release\". Write a day, or take the line out: the portal prints \
              `reviewed`.",
    clause: "",
};
