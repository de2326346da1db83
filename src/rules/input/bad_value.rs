//! `bad-value`: a value that cannot be what its key means.

use crate::diag::{Level, Rule};

/// A value that cannot be what its key means.
pub static RULE: Rule = Rule {
    id: "bad-value",
    level: Level::Deny,
    adjustable: false,
    summary: "a value that cannot be what its key means",
    explain: "A CVE id that is none, an address with a space, a range that cannot be read. The \
              message names the value, the help line says what to write.",
    clause: "",
};
