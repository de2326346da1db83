//! `version-duplicate`: one version with two statuses.

use crate::diag::{Level, Rule};

/// One version with two statuses.
pub static RULE: Rule = Rule {
    id: "version-duplicate",
    level: Level::Deny,
    adjustable: true,
    summary: "one version with two statuses",
    explain: "Two rows of the support table print the same versions and say different things of \
              them. Keep the one that is true.",
    clause: "",
};
