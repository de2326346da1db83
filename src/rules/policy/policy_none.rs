//! `policy-none`: a policy that says nothing about reports.

use crate::diag::{Level, Rule};

/// A policy that says nothing about reports.
pub static RULE: Rule = Rule {
    id: "policy-none",
    level: Level::Deny,
    adjustable: false,
    summary: "a policy that says nothing about reports",
    explain: "There is neither a [[contact]] nor a word about reporting: whatever the text is, who finds a vulnerability \
              learns nothing from it. Name an address that somebody reads, and say what to expect. `--preview` builds \
              without.",
    clause: "OpenSSF OSPS-VM-02.01",
};
