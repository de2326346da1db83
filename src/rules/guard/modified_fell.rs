//! `modified-fell`: `modified` lies before that of what is public.

use crate::diag::{Level, Rule};

/// `modified` lies before that of what is public.
pub static RULE: Rule = Rule {
    id: "modified-fell",
    level: Level::Deny,
    adjustable: true,
    summary: "`modified` lies before that of what is public",
    explain: "Programs keep the record with the latest `modified` that they have seen, so what you publish now \
              would never reach them. Write a later date.",
    clause: "OSV schema, `modified`",
};
