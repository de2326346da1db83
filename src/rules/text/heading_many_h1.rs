//! `heading-many-h1`: a second heading of level 1.

use crate::diag::{Level, Rule};

/// A second heading of level 1.
pub static RULE: Rule = Rule {
    id: "heading-many-h1",
    level: Level::Note,
    adjustable: true,
    summary: "a second heading of level 1",
    explain: "The title of a document is its one heading of level 1. Another is a section, so write `level = 2` in its \
              [[section]], or `##` within a text; or it begins the same text in another language, which wants a file of \
              its own. Screen readers and tables of contents go by that.",
    clause: "WCAG 2.2, 1.3.1",
};
