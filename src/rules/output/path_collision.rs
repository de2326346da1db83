//! `path-collision`: two things want the same output path.

use crate::diag::{Level, Rule};

/// Two things want the same output path.
pub static RULE: Rule = Rule {
    id: "path-collision",
    level: Level::Deny,
    adjustable: false,
    summary: "two things want the same output path",
    explain: "A page of `content/` and a page of secsite's own, or two files that differ only by \
              case, would overwrite each other.",
    clause: "",
};
