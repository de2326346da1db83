//! The plan by days.

use super::{Fact, Facts};
use crate::security_md::text::{plain, table};

pub(super) static FACT: Fact = Fact {
    marker: "phases",
    heading: "Timeline",
    stated: |policy| policy.disclosure.as_ref().is_some_and(|disclosure| !disclosure.phases.is_empty()),
    render: |facts, _| render(facts),
};

fn render(facts: &Facts<'_>) -> String {
    let phases = facts.policy.disclosure.iter().flat_map(|disclosure| &disclosure.phases);
    let rows: Vec<Vec<String>> =
        phases.map(|phase| vec![plain(phase.day.as_str()), phase.text.clone()]).collect();
    if rows.is_empty() {
        return String::new();
    }
    table(&["Day".into(), "What happens".into()], &rows)
}
