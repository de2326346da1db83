//! What researchers are promised, and under which conditions.

use super::items::items;
use super::{Fact, Facts};

pub(super) static FACT: Fact = Fact {
    marker: "safe-harbor",
    heading: "Safe Harbor",
    stated: |policy| policy.safe_harbor.is_some(),
    render: |facts, _| render(facts),
};

fn render(facts: &Facts<'_>) -> String {
    let Some(harbor) = &facts.policy.safe_harbor else { return String::new() };
    let mut blocks: Vec<String> = harbor.statement.iter().map(|text| text.trim().to_owned()).collect();
    if !harbor.conditions.is_empty() {
        blocks.push(items(&harbor.conditions));
    }
    blocks.join("\n\n")
}
