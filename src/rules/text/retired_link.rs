//! `retired-link`: a link to a service that has moved or ended.

use crate::diag::{Level, Rule};

/// A link to a service that has moved or ended.
pub static RULE: Rule = Rule {
    id: "retired-link",
    level: Level::Note,
    adjustable: true,
    summary: "a link to a service that has moved or ended",
    explain: "The address may still lead on, but not for ever. The help names the place that took \
              over.",
    clause: "",
};
