//! `contact-personal`: reports that go to a mailbox of a free provider.

use crate::diag::{Level, Rule};

/// Reports that go to a mailbox of a free provider.
pub static RULE: Rule = Rule {
    id: "contact-personal",
    level: Level::Note,
    adjustable: true,
    summary: "reports that go to a mailbox of a free provider",
    explain: "Such a mailbox mostly belongs to one person and goes with them. An address at the \
              project's own domain can be read by several and be handed on.",
    clause: "",
};
