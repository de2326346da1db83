//! `contact-unconfirmed`: an address that nobody has confirmed.

use crate::diag::{Level, Rule};

/// An address that nobody has confirmed.
pub static RULE: Rule = Rule {
    id: "contact-unconfirmed",
    level: Level::Warn,
    adjustable: true,
    summary: "an address that nobody has confirmed",
    explain: "The text gives finders an address whose [[contact]] says `confirmed = false`: nobody \
              knows whether reports arrive there. Send a test, then set `confirmed = true`; or take \
              the address out of the text.",
    clause: "",
};
