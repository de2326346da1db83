//! `until-soon`: support of a version ends within the days that were asked about.

use crate::diag::{Level, Rule};

/// Support of a version ends within the days that were asked about.
pub static RULE: Rule = Rule {
    id: "until-soon",
    level: Level::Warn,
    adjustable: true,
    summary: "support of a version ends within the days of `check --days`",
    explain: "Only `secsite check --days N` reports it, for an end of support is a plan and no mistake. Tell those \
              who still use the versions, or set a later `until`; once the day is over, set the status to \
              `unsupported`.",
    clause: "",
};
