//! `unknown-product`: a product that policy.toml does not have.

use crate::diag::{Level, Rule};

/// A product that policy.toml does not have.
pub static RULE: Rule = Rule {
    id: "unknown-product",
    level: Level::Deny,
    adjustable: false,
    summary: "a product that policy.toml does not have",
    explain: "`product` names a `[[product]].id` of the policy. For something outside of it, write \
              `package` and `ecosystem`.",
    clause: "",
};
