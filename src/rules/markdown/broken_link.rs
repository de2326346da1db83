//! `broken-link`: a link within the site that leads nowhere.

use crate::diag::{Level, Rule};

/// A link within the site that leads nowhere.
pub static RULE: Rule = Rule {
    id: "broken-link",
    level: Level::Warn,
    adjustable: true,
    summary: "a link within the site that leads nowhere",
    explain: "It is shown as text. The target is no page or file of this site. Links are relative to the Markdown file, \
              or begin with `/` from the portal's root.",
    clause: "",
};
