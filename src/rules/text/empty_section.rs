//! `empty-section`: a section that says nothing.

use crate::diag::{Level, Rule};

/// A section that says nothing.
pub static RULE: Rule = Rule {
    id: "empty-section",
    level: Level::Warn,
    adjustable: true,
    summary: "a section that says nothing",
    explain: "There is a heading and no text below it, or only markers whose tables are empty. Write \
              the text, fill the table, or remove the section.",
    clause: "",
};
