//! `heading-none`: a policy without a heading.

use crate::diag::{Level, Rule};

/// A policy without a heading.
pub static RULE: Rule = Rule {
    id: "heading-none",
    level: Level::Note,
    adjustable: true,
    summary: "a policy without a heading",
    explain: "Nobody can link to a part of it, and screen readers offer no way through. `import security-md` says so of \
              the file; `check` says so where the text before the first section is all of the policy. Give what is said \
              of versions, of reports and of times a [[section]] each.",
    clause: "WCAG 2.2, 2.4.10",
};
