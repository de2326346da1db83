//! `unbounded-markdown`: Markdown that would take too long to read.

use crate::diag::{Level, Rule};

/// Markdown that would take too long to read.
pub static RULE: Rule = Rule {
    id: "unbounded-markdown",
    level: Level::Deny,
    adjustable: false,
    summary: "Markdown that would take too long to read",
    explain: "Thousands of nested quotes or brackets make any Markdown reader slow. Nobody writes \
              them by hand.",
    clause: "",
};
