//! `raw-html`: HTML in Markdown.

use crate::diag::{Level, Rule};

/// HTML in Markdown.
pub static RULE: Rule = Rule {
    id: "raw-html",
    level: Level::Warn,
    adjustable: true,
    summary: "HTML in Markdown",
    explain: "It is shown as the text that it is. Advisories come from many hands, so no HTML of theirs reaches a browser. Write \
              Markdown; put a tag that is meant as text into `` `code` ``.",
    clause: "CSAF 2.0 section 3.1.12",
};
