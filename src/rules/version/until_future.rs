//! `until-future`: an unsupported row whose end is still to come.

use crate::diag::{Level, Rule};

/// An unsupported row whose end is still to come.
pub static RULE: Rule = Rule {
    id: "until-future",
    level: Level::Warn,
    adjustable: true,
    summary: "an unsupported row whose end is still to come",
    explain: "The status says that there are no fixes any more, and `until` says that there are \
              until that day. One of them is wrong; a mistyped year is the usual reason.",
    clause: "",
};
