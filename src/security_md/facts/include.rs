//! What a report should contain.

use super::Fact;
use super::items::items;

pub(super) static FACT: Fact = Fact {
    marker: "include",
    heading: "What to Include",
    stated: |policy| !policy.reporting.include.is_empty(),
    render: |facts, _| items(&facts.policy.reporting.include),
};
