//! `fenced-section`: a whole section in a code fence.

use crate::diag::{Level, Rule};

/// A whole section in a code fence.
pub static RULE: Rule = Rule {
    id: "fenced-section",
    level: Level::Deny,
    adjustable: true,
    summary: "a whole section in a code fence",
    explain: "The text begins with a fence of Markdown and ends with it, so that headings, lists and \
              links are shown as code. Remove the two fences.",
    clause: "",
};
