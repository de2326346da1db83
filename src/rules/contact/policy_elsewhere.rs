//! `policy-elsewhere`: a policy that only points to another one.

use crate::diag::{Level, Rule};

/// A policy that only points to another one.
pub static RULE: Rule = Rule {
    id: "policy-elsewhere",
    level: Level::Note,
    adjustable: true,
    summary: "a policy that only points to another one",
    explain: "The one contact for reports is a page somewhere else, so this portal tells a finder no \
              more than where to look. That is fine for a project under the policy of its \
              foundation; else write the address here.",
    clause: "",
};
