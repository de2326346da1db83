//! `review-due`: the review runs out within thirty days.

use crate::diag::{Level, Rule};

/// The review runs out within thirty days.
pub static RULE: Rule = Rule {
    id: "review-due",
    level: Level::Warn,
    adjustable: true,
    summary: "the review runs out within thirty days",
    explain: "Soon security.txt expires. Go through the policy, see that it holds, and set \
              `reviewed`: `secsite renew` asks for each fact. `secsite check --days N` warns earlier \
              or later.",
    clause: "RFC 9116 section 2.5.5",
};
