//! `template-text`: a sentence of a template.

use crate::diag::{Level, Rule};

/// A sentence of a template.
pub static RULE: Rule = Rule {
    id: "template-text",
    level: Level::Deny,
    adjustable: true,
    summary: "a sentence of a template",
    explain: "It tells the author what to write, and was left in. Write what it asks for in its \
              place.",
    clause: "",
};
