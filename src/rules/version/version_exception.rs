//! `version-exception`: a supported row inside of an unsupported bound.

use crate::diag::{Level, Rule};

/// A supported row inside of an unsupported bound.
pub static RULE: Rule = Rule {
    id: "version-exception",
    level: Level::Note,
    adjustable: true,
    summary: "a supported row inside of an unsupported bound",
    explain: "The row is read as an exception to the bound around it, in whatever order they stand. \
              Readers in a hurry may see only the bound: a `note` can tell them.",
    clause: "",
};
