//! Whether reports are paid for.

use super::{Fact, Facts};

pub(super) static FACT: Fact = Fact {
    marker: "bounty",
    heading: "Rewards",
    stated: |policy| policy.bounty.is_some(),
    render: |facts, _| render(facts),
};

fn render(facts: &Facts<'_>) -> String {
    match &facts.policy.bounty {
        None => String::new(),
        Some(bounty) if !bounty.offered => "There is no bug bounty programme.".into(),
        Some(bounty) => match &bounty.platform {
            Some(url) => format!("There is a bug bounty programme: <{url}>."),
            None => "There is a bug bounty programme.".into(),
        },
    }
}
