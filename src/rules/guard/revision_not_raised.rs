//! `revision-not-raised`: a CSAF document changes, and its version does not rise.

use crate::diag::{Level, Rule};

/// A CSAF document changes, and its version does not rise.
pub static RULE: Rule = Rule {
    id: "revision-not-raised",
    level: Level::Deny,
    adjustable: true,
    summary: "a CSAF document changes, and its version does not rise",
    explain: "Programs know a CSAF document by its version, and two that differ must not share one. Where an \
              advisory has no `[[revision]]`, its history is derived: published, and modified once. From the \
              second change on write it down: an entry for each version that is public, and one for this \
              change. Never remove an entry.",
    clause: "CSAF 2.0 sections 3.1.11 and 3.2.1.12.6",
};
