//! `heading-level`: a heading that breaks the outline.

use crate::diag::{Level, Rule};

/// A heading that breaks the outline.
pub static RULE: Rule = Rule {
    id: "heading-level",
    level: Level::Note,
    adjustable: true,
    summary: "a heading that breaks the outline",
    explain: "The title of the document is its one heading of level 1, and no level is left out on \
              the way down. Screen readers and tables of contents go by that.",
    clause: "WCAG 2.2, 1.3.1",
};
