//! `until-past`: a supported version whose end date is over.

use crate::diag::{Level, Rule};

/// A supported version whose end date is over.
pub static RULE: Rule = Rule {
    id: "until-past",
    level: Level::Deny,
    adjustable: true,
    summary: "a supported version whose end date is over",
    explain: "The table still says that the versions are supported, and the date says that they are \
              not. Set the status to `unsupported`, or correct the date. \
              `secsite check --days 30` warns ahead, with `until-soon`.",
    clause: "",
};
