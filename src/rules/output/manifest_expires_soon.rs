//! `manifest-expires-soon`: the signed manifest ends within thirty days.

use crate::diag::{Level, Rule};

/// The signed manifest ends within thirty days.
pub static RULE: Rule = Rule {
    id: "manifest-expires-soon",
    level: Level::Warn,
    adjustable: true,
    summary: "the signed manifest ends within thirty days",
    explain: "A site whose manifest has ended is stale: `secsite verify` refuses it. Run `secsite sign` where the \
              key is, commit what it writes, and publish the site again. `secsite check --days N` warns earlier or later.",
    clause: "",
};
