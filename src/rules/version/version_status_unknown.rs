//! `version-status-unknown`: a status cell that nothing explains.

use crate::diag::{Level, Rule};

/// A status cell that nothing explains.
pub static RULE: Rule = Rule {
    id: "version-status-unknown",
    level: Level::Warn,
    adjustable: true,
    summary: "a status cell that nothing explains",
    explain: "The printed cell of a row is neither a sign nor a word for a status. An import writes \
              `unknown` then, which neither promises fixes nor denies them. Set the `status` that it \
              stands for, and a `note` that tells readers what the cell means.",
    clause: "",
};
