//! `contact-indirect`: a contact for reports without an address.

use crate::diag::{Level, Rule};

/// A contact for reports without an address.
pub static RULE: Rule = Rule {
    id: "contact-indirect",
    level: Level::Warn,
    adjustable: true,
    summary: "a contact for reports without an address",
    explain: "Words such as `see MAINTAINERS` send the finder on a search, and security.txt cannot \
              list them. Write the address itself, or give the contact another `for`.",
    clause: "RFC 9116 section 2.5.3",
};
