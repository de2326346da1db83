//! `nda-wording`: finders are to sign a non-disclosure agreement.

use crate::diag::{Level, Rule};

/// Finders are to sign a non-disclosure agreement.
pub static RULE: Rule = Rule {
    id: "nda-wording",
    level: Level::Note,
    adjustable: true,
    summary: "finders are to sign a non-disclosure agreement",
    explain: "Many finders will not sign anything, and publish instead. Ask for time to mend, with a \
              deadline, and sign nothing.",
    clause: "",
};
