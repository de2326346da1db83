//! `version-exact`: only single releases are supported.

use crate::diag::{Level, Rule};

/// Only single releases are supported.
pub static RULE: Rule = Rule {
    id: "version-exact",
    level: Level::Warn,
    adjustable: true,
    summary: "only single releases are supported",
    explain: "Each supported row names one release, so its next patch would be unsupported. Write a \
              line of releases, such as `2.1.x`.",
    clause: "",
};
