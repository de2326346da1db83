//! `duplicate-product`: two products share an id.

use crate::diag::{Level, Rule};

/// Two products share an id.
pub static RULE: Rule = Rule {
    id: "duplicate-product",
    level: Level::Deny,
    adjustable: false,
    summary: "two products share an id",
    explain: "`[[product]].id` is part of URLs and is what advisories refer to; it is unique, also \
              when case is ignored.",
    clause: "",
};
