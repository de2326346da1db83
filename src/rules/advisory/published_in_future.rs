//! `published-in-future`: `published` lies ahead.

use crate::diag::{Level, Rule};

/// `published` lies ahead.
pub static RULE: Rule = Rule {
    id: "published-in-future",
    level: Level::Deny,
    adjustable: false,
    summary: "`published` lies ahead",
    explain: "An advisory that is public cannot have been published tomorrow. To publish at a set \
              time, write `embargo = { until = … }`: until then the file is a draft.",
    clause: "",
};
