//! `expired-review`: the last review has run out.

use crate::diag::{Level, Rule};

/// The last review has run out.
pub static RULE: Rule = Rule {
    id: "expired-review",
    level: Level::Deny,
    adjustable: false,
    summary: "the last review has run out",
    explain: "`reviewed` and `valid_for` together lie in the past, so security.txt would be expired. \
              Go through the policy, see that it holds, and set `reviewed`, with `secsite renew` or by \
              hand. No build does that for you: it is a person's word. `1990-01-01` stands for never: an \
              import writes it where the file does not say when somebody last attested it. \
              `--preview` builds without security.txt.",
    clause: "RFC 9116 section 2.5.5",
};
