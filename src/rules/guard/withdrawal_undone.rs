//! `withdrawal-undone`: an advisory that is publicly withdrawn would stand again.

use crate::diag::{Level, Rule};

/// An advisory that is publicly withdrawn would stand again.
pub static RULE: Rule = Rule {
    id: "withdrawal-undone",
    level: Level::Warn,
    adjustable: true,
    summary: "an advisory that is publicly withdrawn would stand again",
    explain: "Databases drop what was withdrawn, and some never take it up again. If it does stand after all, \
              say so in a `[[revision]]` and allow this rule; a new advisory that names the old one in `related` \
              reaches more readers.",
    clause: "",
};
