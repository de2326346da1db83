//! `policy-missing`: there is no policy.toml.

use crate::diag::{Level, Rule};

/// There is no policy.toml.
pub static RULE: Rule = Rule {
    id: "policy-missing",
    level: Level::Deny,
    adjustable: false,
    summary: "there is no policy.toml",
    explain: "A site is a folder with a `policy.toml` at its root; everything else is optional. Run \
              `secsite init` to make one, or name the folder with `--root`.",
    clause: "",
};
