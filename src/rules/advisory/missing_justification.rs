//! `missing-justification`: `not-affected` without a reason.

use crate::diag::{Level, Rule};

/// `not-affected` without a reason.
pub static RULE: Rule = Rule {
    id: "missing-justification",
    level: Level::Warn,
    adjustable: true,
    summary: "`not-affected` without a reason",
    explain: "Whoever reads that a product is not affected will ask why. Add `justification`, or \
              `statement` in words.",
    clause: "CSAF 2.0 section 4.5",
};
