//! `foreign-prefix`: an id that does not begin with the project's prefix.

use crate::diag::{Level, Rule};

/// An id that does not begin with the project's prefix.
pub static RULE: Rule = Rule {
    id: "foreign-prefix",
    level: Level::Warn,
    adjustable: true,
    summary: "an id that does not begin with the project's prefix",
    explain: "Ids given by this project begin with `[advisories].prefix`. Imported advisories keep \
              their own: then allow this rule.",
    clause: "",
};
