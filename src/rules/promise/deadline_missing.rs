//! `deadline-missing`: secrecy without a deadline.

use crate::diag::{Level, Rule};

/// Secrecy without a deadline.
pub static RULE: Rule = Rule {
    id: "deadline-missing",
    level: Level::Note,
    adjustable: true,
    summary: "secrecy without a deadline",
    explain: "Finders are asked to keep silent, by the model of [disclosure] or by the text, and not \
              told until when. Set `deadline` in [disclosure]: after it the reporter may publish, \
              fixed or not. 90 days is what most expect.",
    clause: "",
};
