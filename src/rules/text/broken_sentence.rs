//! `broken-sentence`: a sentence that an empty line breaks.

use crate::diag::{Level, Rule};

/// A sentence that an empty line breaks.
pub static RULE: Rule = Rule {
    id: "broken-sentence",
    level: Level::Warn,
    adjustable: true,
    summary: "a sentence that an empty line breaks",
    explain: "A paragraph ends without a full stop, and the next one goes on in small letters. It was \
              one sentence once. Remove the empty line between, or end the first.",
    clause: "",
};
