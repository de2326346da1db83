//! `example-domain`: a reserved example domain.

use crate::diag::{Level, Rule};

/// A reserved example domain.
pub static RULE: Rule = Rule {
    id: "example-domain",
    level: Level::Warn,
    adjustable: true,
    summary: "a reserved example domain",
    explain: "`example.org` and its kin belong to nobody. A site that uses them builds, so that \
              examples and tests work; `deploy` refuses it.",
    clause: "RFC 2606",
};
