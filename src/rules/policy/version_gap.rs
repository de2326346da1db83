//! `version-gap`: a known release that no row of the support table covers.

use crate::diag::{Level, Rule};

/// A known release that no row of the support table covers.
pub static RULE: Rule = Rule {
    id: "version-gap",
    level: Level::Warn,
    adjustable: true,
    summary: "a known release that no row of the support table covers",
    explain: "Somebody who runs that release cannot tell from the table whether it gets fixes. Add a row \
              for it, or widen one: `< 2.1` covers all that came before. Rows in words, such as `latest`, \
              may cover anything, so beside them nothing is reported.",
    clause: "",
};
