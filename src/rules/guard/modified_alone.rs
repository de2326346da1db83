//! `modified-alone`: `modified` has risen, and nothing else has.

use crate::diag::{Level, Rule};

/// `modified` has risen, and nothing else has.
pub static RULE: Rule = Rule {
    id: "modified-alone",
    level: Level::Warn,
    adjustable: true,
    summary: "`modified` has risen, and nothing else has",
    explain: "Readers and programs take a later `modified` for news, and find none. Write back the date that \
              is public, or say what changed: in the text, in a `[[timeline]]` entry or in a `[[revision]]`. What \
              no machine file says, such as a note in the timeline, counts if it is dated later than what is \
              public.",
    clause: "",
};
