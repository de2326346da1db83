//! `bad-range`: a version range that cannot hold.

use crate::diag::{Level, Rule};

/// A version range that cannot hold.
pub static RULE: Rule = Rule {
    id: "bad-range",
    level: Level::Deny,
    adjustable: false,
    summary: "a version range that cannot hold",
    explain: "Under the product's `scheme`, `introduced` comes before `fixed`, ranges do not \
              overlap, and every version can be compared. Where the policy lists the product's \
              `releases`, `fixed` is one of them, or comes after them all. Write \
              `scheme = \"text\"` for versions that have no order.",
    clause: "",
};
