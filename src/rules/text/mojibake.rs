//! `mojibake`: characters that were decoded wrongly.

use crate::diag::{Level, Rule};

/// Characters that were decoded wrongly.
pub static RULE: Rule = Rule {
    id: "mojibake",
    level: Level::Deny,
    adjustable: true,
    summary: "characters that were decoded wrongly",
    explain: "The text was UTF-8, was read as another encoding, and saved again. Readers see noise \
              where a sign was. Type the characters anew, or save the original file as UTF-8.",
    clause: "",
};
