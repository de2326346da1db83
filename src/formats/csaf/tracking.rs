//! `/document/tracking`: which document this is, and how it came to be what it says (CSAF 2.0 §3.2.1.12).
//!
//! In goes an advisory, out comes a history whose dates rise strictly and whose numbers count from 1. It begins when the
//! advisory was published and ends when its content last changed; no build appears in it.

use jiff::Timestamp;
use serde::Serialize;

use crate::formats::instant::{changed, rfc3339, whole};
use crate::site::advisory::Advisory;

#[derive(Serialize)]
pub(super) struct Tracking {
    current_release_date: String,
    generator: Generator,
    id: String,
    initial_release_date: String,
    revision_history: Vec<Revision>,
    status: &'static str,
    version: String,
}

/// Without its version: a newer secsite that says the same writes the same, and the signatures stay.
#[derive(Serialize)]
struct Generator {
    engine: Engine,
}

#[derive(Serialize)]
struct Engine {
    name: &'static str,
}

#[derive(Serialize)]
struct Revision {
    date: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    legacy_version: Option<String>,
    number: String,
    summary: String,
}

/// One step of the history.
pub(super) struct Step {
    pub date: Timestamp,
    /// The number that its author gave it.
    pub written: Option<String>,
    pub summary: String,
}

/// Oldest first, at least one.
pub(super) fn history(advisory: &Advisory) -> Vec<Step> {
    let published = whole(advisory.published);
    let mut steps: Vec<Step> = Vec::with_capacity(advisory.revisions.len() + 1);
    let mut add = |date: Timestamp, written: Option<&str>, summary: &str| {
        let least = steps.last().map_or(published, |last| after(last.date));
        let summary = if summary.trim().is_empty() { "Updated." } else { summary.trim() };
        let written = written.map(str::to_owned);
        steps.push(Step { date: date.max(least), written, summary: summary.to_owned() });
    };
    let dated = advisory.revisions.iter().map(|revision| whole(revision.date));
    if dated.min().is_none_or(|first| first > published) {
        add(published, None, "First published.");
    }
    let by_hand = !advisory.front.revisions.is_empty();
    for revision in &advisory.revisions {
        add(whole(revision.date), by_hand.then_some(revision.version.as_str()), &revision.summary);
    }
    if steps.last().is_some_and(|last| last.date < changed(advisory)) {
        add_last(&mut steps, advisory);
    }
    steps
}

/// The author moved `modified` and wrote no revision for it.
fn add_last(steps: &mut Vec<Step>, advisory: &Advisory) {
    let summary = if advisory.front.withdrawn.is_some() { "Withdrawn." } else { "Updated." };
    steps.push(Step { date: changed(advisory), written: None, summary: summary.to_owned() });
}

/// The first and the last date of the history.
pub(super) fn dates(advisory: &Advisory) -> (Timestamp, Timestamp) {
    let published = whole(advisory.published);
    let steps = history(advisory);
    let ends = steps.first().zip(steps.last());
    ends.map_or((published, published), |(first, last)| (first.date, last.date))
}

fn after(date: Timestamp) -> Timestamp {
    Timestamp::from_second(date.as_second().saturating_add(1)).unwrap_or(date)
}

impl Tracking {
    pub(super) fn of(advisory: &Advisory) -> Self {
        let steps = history(advisory);
        let (first, last) = dates(advisory);
        let version = steps.len().to_string();
        let revision = |(at, step): (usize, Step)| Revision {
            date: rfc3339(step.date),
            legacy_version: step.written,
            number: (at + 1).to_string(),
            summary: step.summary,
        };
        Self {
            current_release_date: rfc3339(last),
            generator: Generator { engine: Engine { name: "secsite" } },
            id: advisory.id.as_str().to_owned(),
            initial_release_date: rfc3339(first),
            revision_history: steps.into_iter().enumerate().map(revision).collect(),
            status: "final",
            version,
        }
    }
}
