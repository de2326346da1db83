//! `published-moved`: `published` is not the date that is public.

use crate::diag::{Level, Rule};

/// `published` is not the date that is public.
pub static RULE: Rule = Rule {
    id: "published-moved",
    level: Level::Deny,
    adjustable: true,
    summary: "`published` is not the date that is public",
    explain: "An advisory is published once. Feeds, the year in the address of its CSAF document and its place \
              in lists hang on that date. Write it as it was; what happened later is `modified`.",
    clause: "CSAF 2.0 section 3.2.1.12.5",
};
