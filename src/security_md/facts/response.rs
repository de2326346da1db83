//! What is promised, stage by stage.

use super::{Fact, Facts};
use crate::model::policy::response::{Promise, Stage};
use crate::security_md::text::{list, plain, table};
use crate::value::capital::capital;
use crate::value::duration::{Bound, Duration};

pub(super) static FACT: Fact = Fact {
    marker: "response",
    heading: "What to Expect",
    stated: |policy| !policy.promises.is_empty(),
    render: |facts, _| render(facts),
};

fn render(facts: &Facts<'_>) -> String {
    let promises = &facts.policy.promises;
    if promises.is_empty() {
        return String::new();
    }
    let graded = promises.iter().any(|promise| promise.severity.is_some());
    let mut heading = vec!["Stage".to_owned(), "Time".to_owned()];
    if graded {
        heading.insert(1, "Severity".into());
    }
    let row = |promise: &Promise| {
        let mut row = vec![stage(promise.stage).to_owned(), time(promise)];
        if graded {
            row.insert(1, promise.severity.map_or("all", |severity| severity.label()).to_owned());
        }
        row
    };
    table(&heading, &promises.iter().map(row).collect::<Vec<_>>())
}

fn stage(stage: Stage) -> &'static str {
    match stage {
        Stage::Acknowledgment => "Acknowledgment",
        Stage::Assessment => "Assessment",
        Stage::Update => "Updates",
        Stage::Fix => "Fix",
        Stage::Release => "Release",
        Stage::Advisory => "Advisory",
        Stage::Disclosure => "Disclosure",
    }
}

fn time(promise: &Promise) -> String {
    let mut parts = Vec::new();
    parts.extend(promise.within.as_ref().map(within));
    parts.extend(promise.every.as_ref().map(|every| format!("every {every}")));
    parts.extend(promise.text.as_ref().map(|text| plain(text.as_str())));
    capital(&list(&parts))
}

/// "within 48 hours", but "at most 90 days" as it is.
fn within(duration: &Duration) -> String {
    match duration.bound {
        Bound::Plain => format!("within {duration}"),
        Bound::AtMost | Bound::LessThan | Bound::AtLeast => duration.to_string(),
    }
}
