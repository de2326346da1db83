//! `modified-not-raised`: an advisory says something else than what is public, and `modified` is the same.

use crate::diag::{Level, Rule};

/// An advisory says something else than what is public, and `modified` is the same.
pub static RULE: Rule = Rule {
    id: "modified-not-raised",
    level: Level::Deny,
    adjustable: true,
    summary: "an advisory says something else than what is public, and `modified` is the same",
    explain: "Who holds the public record compares dates, not texts, and would keep what is no longer true. \
              Raise `modified`, and write a `[[revision]]` that tells what changed. Compared are title, text, \
              ids, severity, what is affected, references, credits and whether it is withdrawn; how a newer \
              secsite writes the same does not count, nor do known releases that the policy has more of.",
    clause: "OSV schema, `modified`; CSAF 2.0 section 3.2.1.12",
};
