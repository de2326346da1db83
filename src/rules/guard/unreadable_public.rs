//! `unreadable-public`: a public file cannot be read, so that nothing is known of it.

use crate::diag::{Level, Rule};

/// A public file cannot be read, so that nothing is known of it.
pub static RULE: Rule = Rule {
    id: "unreadable-public",
    level: Level::Deny,
    adjustable: true,
    summary: "a public file cannot be read, so that nothing is known of it",
    explain: "What is public has to be read to be compared with. Look at the named file: it may be damaged, or \
              not be what its name says. Where the public site itself is at fault, `--allow unreadable-public` \
              lets the build that mends it pass.",
    clause: "",
};
