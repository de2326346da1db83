//! What counts as a vulnerability, and what does not.

use super::items::items;
use super::{Fact, Facts};

pub(super) static FACT: Fact = Fact {
    marker: "scope",
    heading: "Scope",
    stated: |policy| policy.scope.is_some(),
    render: |facts, _| render(facts),
};

fn render(facts: &Facts<'_>) -> String {
    let Some(scope) = &facts.policy.scope else { return String::new() };
    let mut blocks = Vec::new();
    if !scope.included.is_empty() {
        blocks.push(format!("In scope:\n\n{}", items(&scope.included)));
    }
    if !scope.excluded.is_empty() {
        blocks.push(format!("Out of scope:\n\n{}", items(&scope.excluded)));
    }
    if let Some(file) = &scope.threat_model {
        blocks.push(format!("See also the [threat model]({}).", facts.content(file.as_str())));
    }
    blocks.join("\n\n")
}
