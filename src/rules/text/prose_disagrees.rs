//! `prose-disagrees`: a text that says something else than the tables.

use crate::diag::{Level, Rule};

/// A text that says something else than the tables.
pub static RULE: Rule = Rule {
    id: "prose-disagrees",
    level: Level::Note,
    adjustable: true,
    summary: "a text that says something else than the tables",
    explain: "A fact of the tables is told again in a text, and differs there: another time for the \
              same promise, another deadline, a version whose row says the opposite, or an address \
              that is no [[contact]]. Readers of SECURITY.md see the text, and machines the table. \
              Correct the one that is wrong; better, let the text leave the fact to its table.",
    clause: "",
};
