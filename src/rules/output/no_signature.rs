//! `no-signature`: the site is not signed.

use crate::diag::{Level, Rule};

/// The site is not signed.
pub static RULE: Rule = Rule {
    id: "no-signature",
    level: Level::Warn,
    adjustable: true,
    summary: "the site is not signed",
    explain: "There is no `[signing]`, or `--unsigned` was given. Every page says so in its footer.",
    clause: "",
};
