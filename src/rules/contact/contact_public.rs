//! `contact-public`: only public ways to report.

use crate::diag::{Level, Rule};

/// Only public ways to report.
pub static RULE: Rule = Rule {
    id: "contact-public",
    level: Level::Warn,
    adjustable: true,
    summary: "only public ways to report",
    explain: "Whoever finds a vulnerability can only tell everybody. Add a [[contact]] that is \
              private: an address, or `kind = \"github\"` where private vulnerability reporting is \
              switched on. A public tracker may stay, with `for = [\"other\"]`.",
    clause: "",
};
