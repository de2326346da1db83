//! Who has looked, and when.

use super::{Fact, Facts};
use crate::security_md::text::{bullets, plain};

pub(super) static FACT: Fact = Fact {
    marker: "audits",
    heading: "Audits",
    stated: |policy| !policy.audits.is_empty(),
    render: |facts, _| render(facts),
};

fn render(facts: &Facts<'_>) -> String {
    let audits = facts.policy.audits.iter().map(|audit| {
        let report = audit.report.as_ref().map_or_else(String::new, |url| format!(": <{url}>"));
        format!("{}, {}{report}", audit.date, plain(audit.by.as_str()))
    });
    let audits: Vec<String> = audits.collect();
    bullets(audits.iter().map(String::as_str))
}
