//! `template-error`: a template that cannot be used.

use crate::diag::{Level, Rule};

/// A template that cannot be used.
pub static RULE: Rule = Rule {
    id: "template-error",
    level: Level::Deny,
    adjustable: false,
    summary: "a template that cannot be used",
    explain: "A template of `themes/` does not parse, or asks for something that is not there. \
              Templates see only what the guide's theming page lists.",
    clause: "",
};
