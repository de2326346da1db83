//! `policy-twice`: a second policy that a forge may show.

use crate::diag::{Level, Rule};

/// A second policy that a forge may show.
pub static RULE: Rule = Rule {
    id: "policy-twice",
    level: Level::Warn,
    adjustable: true,
    summary: "a second policy that a forge may show",
    explain: "Forges look for SECURITY.md in `.github/`, at the top and in `docs/`, and show the first. A second \
              one that says something else is what some readers find. Keep one of them, and name it in \
              [security_md]. Only `check` looks for it.",
    clause: "",
};
