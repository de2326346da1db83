//! `wrong-type`: a value of the wrong type.

use crate::diag::{Level, Rule};

/// A value of the wrong type.
pub static RULE: Rule = Rule {
    id: "wrong-type",
    level: Level::Deny,
    adjustable: false,
    summary: "a value of the wrong type",
    explain: "A string where a date is wanted, a number where a string is wanted. Dates are written \
              without quotes; versions and ids always with them.",
    clause: "",
};
