//! `template-rows`: the rows of a template.

use crate::diag::{Level, Rule};

/// The rows of a template.
pub static RULE: Rule = Rule {
    id: "template-rows",
    level: Level::Deny,
    adjustable: true,
    summary: "the rows of a template",
    explain: "The table has the four rows of the template that forges offer, 5.1.x, 5.0.x, 4.0.x and \
              < 4.0, and no other. Write the versions of your product.",
    clause: "",
};
