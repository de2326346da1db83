//! `until-missing`: a row without an end, beside rows that have one.

use crate::diag::{Level, Rule};

/// A row without an end, beside rows that have one.
pub static RULE: Rule = Rule {
    id: "until-missing",
    level: Level::Note,
    adjustable: true,
    summary: "a supported row without an end, in a table that tells those of others",
    explain: "Who plans an upgrade reads the table for its dates, and this row has none. Write `until` as a day, \
              a month, or in words, such as \"the release of 3.0\" or \"TBD\". The first and the last row are \
              let be: nobody may know yet how long the newest line lives.",
    clause: "OpenSSF OSPS-DO-04.01",
};
