//! What a report should not contain.

use super::Fact;
use crate::security_md::text::bullets;

pub(super) static FACT: Fact = Fact {
    marker: "exclude",
    heading: "What to Leave Out",
    stated: |policy| !policy.reporting.exclude.is_empty(),
    render: |facts, _| bullets(facts.policy.reporting.exclude.iter().map(|text| text.as_str())),
};
