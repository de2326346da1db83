//! `alias-is-advisory`: an alias is the id of another advisory here.

use crate::diag::{Level, Rule};

/// An alias is the id of another advisory here.
pub static RULE: Rule = Rule {
    id: "alias-is-advisory",
    level: Level::Deny,
    adjustable: false,
    summary: "an alias is the id of another advisory here",
    explain: "`aliases` are other names of the same vulnerability. If another advisory of this site \
              has that id, one vulnerability would have two pages. Use `related`, or withdraw one \
              and point to the other with `superseded_by`.",
    clause: "OSV schema, aliases",
};
