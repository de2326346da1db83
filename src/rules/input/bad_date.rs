//! `bad-date`: a date that is not exact.

use crate::diag::{Level, Rule};

/// A date that is not exact.
pub static RULE: Rule = Rule {
    id: "bad-date",
    level: Level::Deny,
    adjustable: false,
    summary: "a date that is not exact",
    explain: "Dates are TOML dates (`2026-03-20`) or date-times with a zone \
              (`2026-03-20T08:00:00Z`). A time without a zone means different moments to different \
              readers, and an embargo must not.",
    clause: "RFC 3339",
};
