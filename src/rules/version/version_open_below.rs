//! `version-open-below`: nothing is said of older versions.

use crate::diag::{Level, Rule};

/// Nothing is said of older versions.
pub static RULE: Rule = Rule {
    id: "version-open-below",
    level: Level::Note,
    adjustable: true,
    summary: "nothing is said of older versions",
    explain: "The lowest row is not a bound such as `< 1.0`, so it is left to the reader to conclude \
              that older versions get no fixes. Add such a row, or a `rule` in words.",
    clause: "OpenSSF OSPS-DO-05.01",
};
