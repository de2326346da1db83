//! `version-hole`: an unsupported line between supported ones.

use crate::diag::{Level, Rule};

/// An unsupported line between supported ones.
pub static RULE: Rule = Rule {
    id: "version-hole",
    level: Level::Note,
    adjustable: true,
    summary: "an unsupported line between supported ones",
    explain: "That is right where an older line has long-term support, and elsewhere it is often a \
              slip. A `track` such as `LTS` makes it plain.",
    clause: "",
};
