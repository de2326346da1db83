//! `active-content`: a copied file would run in the reader's browser.

use crate::diag::{Level, Rule};

/// A copied file would run in the reader's browser.
pub static RULE: Rule = Rule {
    id: "active-content",
    level: Level::Deny,
    adjustable: false,
    summary: "a file of `content/` would run in the reader's browser",
    explain: "Files of `content/` are copied as they are. An SVG or XML file may draw, and nothing more: no script, \
              event handler, foreign element or remote resource. An HTML file with markup is refused; write the page \
              as Markdown. What a site must have all the same, such as a page of its own with a script, belongs in \
              the `static/` folder of its theme, which is trusted like the templates.",
    clause: "",
};
