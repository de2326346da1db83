//! `missing-key`: a key that must be there is missing.

use crate::diag::{Level, Rule};

/// A key that must be there is missing.
pub static RULE: Rule = Rule {
    id: "missing-key",
    level: Level::Deny,
    adjustable: false,
    summary: "a key that must be there is missing",
    explain: "The few keys that nothing can be made without: `[site].base_url`, `[policy].reviewed`, \
              `[project].name`, one `[[contact]]`, and of an advisory `id` and `title`.",
    clause: "",
};
