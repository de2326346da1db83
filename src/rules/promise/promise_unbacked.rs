//! `promise-unbacked`: a promise with nothing behind it.

use crate::diag::{Level, Rule};

/// A promise with nothing behind it.
pub static RULE: Rule = Rule {
    id: "promise-unbacked",
    level: Level::Warn,
    adjustable: true,
    summary: "a promise with nothing behind it",
    explain: "[bounty] offers rewards, and there is no `platform`, no contact for it, no `reward` in \
              any [[severity]] and no amount or link in the text; or the text announces audits for every \
              year, and there is no [[audit]] and no link. Say where, how much and when, or take the \
              promise back.",
    clause: "",
};
