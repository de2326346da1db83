//! What is promised after a report, in words.

use serde::Serialize;

use crate::model::policy::Policy;
use crate::model::policy::response::{Promise as Entry, Stage};
use crate::value::capital::capital;

/// A stage and its time: "First answer", "within 48 hours".
#[derive(Debug, Serialize)]
pub struct Promise {
    /// The stage.
    pub title: &'static str,
    /// The time.
    pub text: String,
}

/// What a stage is called.
pub fn stage(stage: Stage) -> &'static str {
    match stage {
        Stage::Acknowledgment => "First answer",
        Stage::Assessment => "Assessment",
        Stage::Update => "News",
        Stage::Fix => "Fix",
        Stage::Release => "Release",
        Stage::Advisory => "Advisory",
        Stage::Disclosure => "Disclosure",
    }
}

/// The time of one promise.
pub fn time(promise: &Entry) -> String {
    let within = promise.within.as_ref().map(|within| {
        use crate::value::duration::Bound;
        if within.bound == Bound::Plain { format!("within {within}") } else { within.to_string() }
    });
    let every =
        promise.every.as_ref().map(|every| format!("every {}", every.to_string().trim_start_matches("1 ")));
    let text = promise.text.as_ref().map(|text| text.as_str().to_owned());
    let parts: Vec<String> = within.into_iter().chain(every).chain(text).collect();
    parts.join(", ")
}

/// One entry per stage, in the order of the stages; severities side by side.
pub fn summary(policy: &Policy) -> Vec<Promise> {
    let mut stages: Vec<(Stage, Vec<String>)> = Vec::new();
    for promise in &policy.promises {
        let text = match promise.severity {
            Some(severity) => format!("{}: {}", severity.label(), time(promise)),
            None => time(promise),
        };
        match stages.iter_mut().find(|(stage, _)| *stage == promise.stage) {
            Some((_, texts)) => texts.push(text),
            None => stages.push((promise.stage, vec![text])),
        }
    }
    let mut promises: Vec<Promise> = stages
        .into_iter()
        .map(|(of, texts)| Promise { title: stage(of), text: capital(&texts.join("; ")) })
        .collect();
    let deadline = policy.disclosure.as_ref().and_then(|disclosure| disclosure.deadline.as_ref());
    if let Some(deadline) = deadline
        && !policy.promises.iter().any(|promise| promise.stage == Stage::Disclosure)
    {
        promises.push(Promise {
            title: stage(Stage::Disclosure),
            text: capital(&format!("after {deadline} at the latest")),
        });
    }
    promises
}
