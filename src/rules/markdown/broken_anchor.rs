//! `broken-anchor`: a link to a heading that its page does not have.

use crate::diag::{Level, Rule};

/// A link to a heading that its page does not have.
pub static RULE: Rule = Rule {
    id: "broken-anchor",
    level: Level::Warn,
    adjustable: true,
    summary: "a link to a heading that its page does not have",
    explain: "The page exists, and no heading on it has this id: the reader lands at its top. Ids \
              are the heading's words in lower case, joined by `-`.",
    clause: "",
};
