//! `base-url-path`: a base URL with a path.

use crate::diag::{Level, Rule};

/// A base URL with a path.
pub static RULE: Rule = Rule {
    id: "base-url-path",
    level: Level::Warn,
    adjustable: true,
    summary: "a base URL with a path",
    explain: "`/.well-known/` belongs to the root of a host. On `https://host/project/` three \
              things are dead files: `.well-known/security.txt`, the keys in `.well-known/openpgpkey/`, and \
              `.well-known/csaf/`, by which programs find the advisories. Use a host name of its own: a record in \
              the domain's zone, and a line in the host's settings. Where that cannot be, copy the first two to the \
              root of the host with each release; security.txt names that address too, and leads to the rest.",
    clause: "RFC 9116 section 3",
};
