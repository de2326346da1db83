//! `version-table-gap`: versions between two rows that no row covers.

use crate::diag::{Level, Rule};

/// Versions between two rows that no row covers.
pub static RULE: Rule = Rule {
    id: "version-table-gap",
    level: Level::Note,
    adjustable: true,
    summary: "versions between two rows that no row covers",
    explain: "Somebody who runs such a version cannot tell whether it gets fixes. If there are \
              releases between the rows, add a row or widen one: `< 2.1` covers all that came \
              before. If there are none, list the known ones in `releases`, and this asks no more.",
    clause: "",
};
