//! `missing-contact`: no confirmed way to report.

use crate::diag::{Level, Rule};

/// No confirmed way to report.
pub static RULE: Rule = Rule {
    id: "missing-contact",
    level: Level::Deny,
    adjustable: false,
    summary: "no confirmed way to report",
    explain: "No `[[contact]]` for reports is `confirmed`, so security.txt would have no `Contact` \
              and reports would go nowhere. Confirm an address that somebody reads. `--preview` \
              builds without.",
    clause: "RFC 9116 section 2.5.3",
};
