//! `vanished-advisory`: an advisory that is public would be gone.

use crate::diag::{Level, Rule};

/// An advisory that is public would be gone.
pub static RULE: Rule = Rule {
    id: "vanished-advisory",
    level: Level::Deny,
    adjustable: true,
    summary: "an advisory that is public would be gone",
    explain: "What was published stays. One that no longer stands is marked with `withdrawn`, keeps its page \
              and its files, and so tells everybody who holds a copy; of one that is simply missing nobody \
              learns. Restore its file. An advisory that became a draft again, or got another id, is missing \
              too.",
    clause: "",
};
