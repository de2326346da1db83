//! What a level of severity means here, and what is paid for it.

use super::{Fact, Facts};
use crate::model::policy::response::{Reward, SeverityLevel};
use crate::security_md::text::{plain, table};

pub(super) static FACT: Fact = Fact {
    marker: "severity",
    heading: "Severity",
    stated: |policy| !policy.severities.is_empty(),
    render: |facts, _| render(facts),
};

fn render(facts: &Facts<'_>) -> String {
    let levels = &facts.policy.severities;
    if levels.is_empty() {
        return String::new();
    }
    /// A heading, and the cell of a level that has one.
    type Column = (&'static str, fn(&SeverityLevel) -> Option<String>);
    let columns: [Column; 4] = [
        ("Severity", |level| Some(level.level.label().to_owned())),
        ("CVSS", |level| level.cvss.map(|range| range.to_string())),
        ("Examples", |level| {
            let examples: Vec<&str> = level.examples.iter().map(|example| example.trim()).collect();
            (!examples.is_empty()).then(|| examples.join("; "))
        }),
        ("Reward", |level| level.reward.as_ref().map(reward)),
    ];
    let columns: Vec<Column> =
        columns.into_iter().filter(|(_, cell)| levels.iter().any(|level| cell(level).is_some())).collect();
    let heading: Vec<String> = columns.iter().map(|(heading, _)| (*heading).to_owned()).collect();
    let row = |level| columns.iter().map(|(_, cell)| cell(level).unwrap_or_default()).collect();
    table(&heading, &levels.iter().map(row).collect::<Vec<_>>())
}

fn reward(reward: &Reward) -> String {
    let currency = plain(reward.currency.as_str());
    match (reward.min, reward.max) {
        (Some(min), Some(max)) if min != max => format!("{currency} {min}–{max}"),
        (Some(sum), Some(_)) => format!("{currency} {sum}"),
        (Some(min), None) => format!("from {currency} {min}"),
        (None, Some(max)) => format!("up to {currency} {max}"),
        (None, None) => format!("in {currency}"),
    }
}
