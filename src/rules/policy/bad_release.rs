//! `bad-release`: a release that its scheme cannot read.

use crate::diag::{Level, Rule};

/// A release that its scheme cannot read.
pub static RULE: Rule = Rule {
    id: "bad-release",
    level: Level::Deny,
    adjustable: false,
    summary: "a release that its scheme cannot read",
    explain: "Every entry of `releases` is a version under the product's `scheme`, written once.",
    clause: "",
};
