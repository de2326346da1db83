//! `missing-file`: a file that the policy names is not there.

use crate::diag::{Level, Rule};

/// A file that the policy names is not there.
pub static RULE: Rule = Rule {
    id: "missing-file",
    level: Level::Deny,
    adjustable: false,
    summary: "a file that the policy names is not there",
    explain: "Paths in `policy.toml` are relative to the site's root, with `/` between their parts.",
    clause: "",
};
