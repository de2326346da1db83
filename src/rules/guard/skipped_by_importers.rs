//! `skipped-by-importers`: a new or changed OSV record is not newer than all that are public.

use crate::diag::{Level, Rule};

/// A new or changed OSV record is not newer than all that are public.
pub static RULE: Rule = Rule {
    id: "skipped-by-importers",
    level: Level::Deny,
    adjustable: true,
    summary: "a new or changed OSV record is not newer than all that are public",
    explain: "Databases poll `/osv/all.json`, remember the latest `modified` that they have seen, and fetch \
              only what is later. A record that is new or changed, and dated before that, never reaches them, \
              and nobody is told. Write `modified` with the time of day; for a new advisory of today, \
              `published` with the time will do.",
    clause: "osv.dev's contract for REST sources",
};
