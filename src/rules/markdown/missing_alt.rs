//! `missing-alt`: an image without a description.

use crate::diag::{Level, Rule};

/// An image without a description.
pub static RULE: Rule = Rule {
    id: "missing-alt",
    level: Level::Warn,
    adjustable: true,
    summary: "an image without a description",
    explain: "Whoever does not see the image learns nothing from it. Write what it shows between the \
              brackets, as in `![The settings page](settings.png)`.",
    clause: "WCAG 2.2, 1.1.1",
};
