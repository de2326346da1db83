//! `stray-justification`: a justification beside an affected product.

use crate::diag::{Level, Rule};

/// A justification beside an affected product.
pub static RULE: Rule = Rule {
    id: "stray-justification",
    level: Level::Deny,
    adjustable: false,
    summary: "a justification beside an affected product",
    explain: "`justification` explains `status = \"not-affected\"` and means nothing elsewhere. Set \
              the status, or remove it.",
    clause: "CSAF 2.0 section 4.5",
};
