//! `plain-http`: a link by plain http.

use crate::diag::{Level, Rule};

/// A link by plain http.
pub static RULE: Rule = Rule {
    id: "plain-http",
    level: Level::Note,
    adjustable: true,
    summary: "a link by plain http",
    explain: "Somebody between the reader and that host can read along and change the page. Nearly \
              all hosts answer by https.",
    clause: "",
};
