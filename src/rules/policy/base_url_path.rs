//! `base-url-path`: a base URL with a path.

use crate::diag::{Level, Rule};

/// A base URL with a path.
pub static RULE: Rule = Rule {
    id: "base-url-path",
    level: Level::Warn,
    adjustable: true,
    summary: "a base URL with a path",
    explain: "`/.well-known/` belongs to the root of a host. On `https://host/project/` \
              security.txt, the Web Key Directory and CSAF discovery are dead files. Use a domain of \
              its own, or put them at the host's root by hand.",
    clause: "RFC 9116 section 3",
};
