//! When what is told to whom.

use super::{Fact, Facts};
use crate::model::policy::disclosure::{Disclosure, From, Model};
use crate::security_md::text::{list, numbered, plain};

pub(super) static FACT: Fact = Fact {
    marker: "disclosure",
    heading: "Disclosure",
    stated: |policy| policy.disclosure.is_some(),
    render: |facts, _| render(facts),
};

fn render(facts: &Facts<'_>) -> String {
    let Some(disclosure) = &facts.policy.disclosure else { return String::new() };
    let mut blocks = Vec::new();
    let sentences = sentences(disclosure);
    if !sentences.is_empty() {
        blocks.push(sentences.join(" "));
    }
    if !disclosure.steps.is_empty() {
        blocks.push(numbered(disclosure.steps.iter().map(|step| step.as_str())));
    }
    blocks.join("\n\n")
}

fn sentences(disclosure: &Disclosure) -> Vec<String> {
    let mut sentences = Vec::new();
    sentences.extend(disclosure.model.map(|model| {
        match model {
            Model::Coordinated => "Disclosure is coordinated with whoever reported the vulnerability.",
            Model::Full => "Vulnerabilities are disclosed in full as soon as they are known.",
            Model::None => "Vulnerabilities are not disclosed.",
        }
        .to_owned()
    }));
    if let Some(deadline) = &disclosure.deadline {
        let from = disclosure.deadline_from.map_or("", |from| match from {
            From::Report => " after the report",
            From::Acknowledgment => " after the acknowledgment",
            From::Fix => " after the fix",
        });
        sentences
            .push(format!("Reporters may publish {deadline}{from}, whether or not there is a fix by then."));
    }
    let held = disclosure.publish_after.iter().map(|(severity, after)| match severity {
        None => after.to_string(),
        Some(severity) => format!("{after} ({})", plain(severity)),
    });
    let held: Vec<String> = held.collect();
    if !held.is_empty() {
        sentences.push(format!("Details follow {} after the fixed release.", list(&held)));
    }
    if let Some(cve) = &disclosure.cve {
        let cna = cve.cna.as_ref().map(|cna| format!("assigned by {}", plain(cna.as_str())));
        let request = cve.request.as_ref().map(|when| format!("requested: {}", plain(when.as_str())));
        let words: Vec<String> = cna.into_iter().chain(request).collect();
        if !words.is_empty() {
            sentences.push(format!("CVE ids are {}.", words.join("; ")));
        }
    }
    sentences
}
