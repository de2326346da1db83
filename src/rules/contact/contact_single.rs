//! `contact-single`: one way to report and no other.

use crate::diag::{Level, Rule};

/// One way to report and no other.
pub static RULE: Rule = Rule {
    id: "contact-single",
    level: Level::Note,
    adjustable: true,
    summary: "one way to report and no other",
    explain: "If that mailbox is full or its reader on holiday, a report waits unseen. A second way, \
              such as the forge's private reporting, costs little.",
    clause: "",
};
