//! `missing-theme`: a theme that is not there.

use crate::diag::{Level, Rule};

/// A theme that is not there.
pub static RULE: Rule = Rule {
    id: "missing-theme",
    level: Level::Deny,
    adjustable: false,
    summary: "a theme that is not there",
    explain: "`[site].theme` names a folder below `themes/`, or `default`, which is part of the \
              program.",
    clause: "",
};
