//! Weaknesses that are known and accepted.

use super::{Fact, Facts};
use crate::model::policy::people::Limitation;
use crate::security_md::text::{bullets, plain};

pub(super) static FACT: Fact = Fact {
    marker: "limitations",
    heading: "Known Limitations",
    stated: |policy| !policy.limitations.is_empty(),
    render: |facts, _| render(facts),
};

fn render(facts: &Facts<'_>) -> String {
    let points: Vec<String> = facts.policy.limitations.iter().map(point).collect();
    bullets(points.iter().map(String::as_str))
}

fn point(limitation: &Limitation) -> String {
    let mut text = format!("**{}**", plain(limitation.title.as_str()));
    if let Some(what) = &limitation.text {
        text.push_str(&format!(": {}", what.trim()));
    }
    let mut rest = Vec::new();
    if let Some(mitigation) = &limitation.mitigation {
        rest.push(format!("Mitigation: {}", mitigation.trim()));
    }
    if let Some(planned) = &limitation.planned {
        rest.push(format!("Planned: {}", plain(planned.as_str())));
    }
    for line in rest {
        // A list of its own within the point: the text before may end in a code block.
        text.push_str(&format!("\n- {}", line.replace('\n', "\n  ")));
    }
    text
}
