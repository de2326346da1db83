//! `severity-mismatch`: the severity word disagrees with the vectors.

use crate::diag::{Level, Rule};

/// The severity word disagrees with the vectors.
pub static RULE: Rule = Rule {
    id: "severity-mismatch",
    level: Level::Deny,
    adjustable: false,
    summary: "the severity word disagrees with the vectors",
    explain: "A CVSS vector gives the severity; a word beside it must say the same. Leave `severity` \
              out where there is a vector.",
    clause: "",
};
