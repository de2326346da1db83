//! `low-contrast`: colours of the site's own that not everybody can read.

use crate::diag::{Level, Rule};

/// Colours of the site's own that not everybody can read.
pub static RULE: Rule = Rule {
    id: "low-contrast",
    level: Level::Warn,
    adjustable: true,
    summary: "colours of a theme that are too much alike",
    explain: "Text needs a contrast of 4.5 to 1 with its ground. `custom.css` sets one of the two, and the pages \
              put them together. A colour that is set outside of `@media (prefers-color-scheme: dark)` holds in \
              the dark too: give the other there.",
    clause: "WCAG 2.2 §1.4.3",
};
