//! `heading-no-h1`: a policy without a title.

use crate::diag::{Level, Rule};

/// A policy without a title.
pub static RULE: Rule = Rule {
    id: "heading-no-h1",
    level: Level::Note,
    adjustable: true,
    summary: "a policy without a title",
    explain: "No heading of the imported file is of level 1, so the document does not say what it is. The policy has \
              the title `Security Policy` then; `title` of [policy] may say something else.",
    clause: "WCAG 2.2, 2.4.6",
};
