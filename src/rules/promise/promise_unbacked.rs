//! `promise-unbacked`: a reward that nothing tells more of.

use crate::diag::{Level, Rule};

/// A reward that nothing tells more of.
pub static RULE: Rule = Rule {
    id: "promise-unbacked",
    level: Level::Warn,
    adjustable: true,
    summary: "a reward that nothing tells more of",
    explain: "[bounty] offers rewards, and there is no `platform`, no contact for it and no `reward` \
              in any [[severity]]. Say where and how much, or set `offered = false`.",
    clause: "",
};
