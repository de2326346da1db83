//! `unknown-advisory`: a reference to an advisory that is not published.

use crate::diag::{Level, Rule};

/// A reference to an advisory that is not published.
pub static RULE: Rule = Rule {
    id: "unknown-advisory",
    level: Level::Deny,
    adjustable: false,
    summary: "a reference to an advisory that is not published",
    explain: "`related`, `upstream`, `superseded_by` or a link names an id with this project's \
              prefix, and there is no such published advisory. A draft does not count: naming it \
              would tell that it exists.",
    clause: "",
};
