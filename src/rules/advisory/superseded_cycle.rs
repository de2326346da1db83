//! `superseded-cycle`: advisories that take each other's place in a circle.

use crate::diag::{Level, Rule};

/// Advisories that take each other's place in a circle.
pub static RULE: Rule = Rule {
    id: "superseded-cycle",
    level: Level::Deny,
    adjustable: false,
    summary: "advisories that take each other's place in a circle",
    explain: "Each of them is withdrawn in favour of the next, and the last in favour of the first, \
              so a reader never arrives. Let one of them stand.",
    clause: "",
};
