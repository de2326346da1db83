//! `bad-link`: a link that may not be followed.

use crate::diag::{Level, Rule};

/// A link that may not be followed.
pub static RULE: Rule = Rule {
    id: "bad-link",
    level: Level::Deny,
    adjustable: false,
    summary: "a link that may not be followed",
    explain: "Links go to `https:`, `http:`, `mailto:`, or within the site. Other schemes, addresses \
              with a user name, and `//host` are refused.",
    clause: "",
};
