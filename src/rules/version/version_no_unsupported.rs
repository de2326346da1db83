//! `version-no-unsupported`: a table with no unsupported row.

use crate::diag::{Level, Rule};

/// A table with no unsupported row.
pub static RULE: Rule = Rule {
    id: "version-no-unsupported",
    level: Level::Note,
    adjustable: true,
    summary: "a table with no unsupported row",
    explain: "Every row gets fixes, so the table does not tell which versions get none. Add a row with `status = \
              \"unsupported\"`, or a `rule` in words. Where nothing is said of what lies below the lowest row, \
              `version-open-below` says that instead.",
    clause: "OpenSSF OSPS-DO-05.01",
};
