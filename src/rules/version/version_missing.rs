//! `version-missing`: nothing is said about versions.

use crate::diag::{Level, Rule};

/// Nothing is said about versions.
pub static RULE: Rule = Rule {
    id: "version-missing",
    level: Level::Note,
    adjustable: true,
    summary: "nothing is said about versions",
    explain: "Readers cannot tell which versions get fixes. Add a [[product]] with a support table, \
              or with a `rule` such as `{ kind = \"latest\" }`.",
    clause: "OpenSSF OSPS-DO-04.01",
};
