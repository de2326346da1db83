//! `front-matter`: front matter is missing or has no end.

use crate::diag::{Level, Rule};

/// Front matter is missing or has no end.
pub static RULE: Rule = Rule {
    id: "front-matter",
    level: Level::Deny,
    adjustable: false,
    summary: "front matter is missing or has no end",
    explain: "An advisory, and a page of `content/`, begins with a line `+++`, then fields as TOML, \
              then a second line `+++`. The text follows.",
    clause: "",
};
