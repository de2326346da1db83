//! `missing-affected`: an advisory that names nothing affected.

use crate::diag::{Level, Rule};

/// An advisory that names nothing affected.
pub static RULE: Rule = Rule {
    id: "missing-affected",
    level: Level::Warn,
    adjustable: true,
    summary: "an advisory that names nothing affected",
    explain: "Readers want to know whether they are hit. Add `[[affected]]` with a product or a \
              package.",
    clause: "CRA Annex I part II (4)",
};
