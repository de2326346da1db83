//! `heading-level`: a heading that leaves out a level.

use crate::diag::{Level, Rule};

/// A heading that leaves out a level.
pub static RULE: Rule = Rule {
    id: "heading-level",
    level: Level::Note,
    adjustable: true,
    summary: "a heading that leaves out a level",
    explain: "No level is left out on the way down from the title: what stands below a heading of \
              level 2 is of level 3. Screen readers and tables of contents go by that.",
    clause: "WCAG 2.2, 1.3.1",
};
