//! Notes: what people read, and what CSAF 2.0 has no field for (§3.1.5).

use serde::Serialize;

use crate::formats::json;
use crate::markdown;
use crate::model::advisory::{Cvss, Status};
use crate::site::Site;
use crate::site::advisory::Advisory;
use crate::theme::view::advisory::circumstances;
use crate::value::line::Line;

#[derive(Debug, Serialize)]
pub(super) struct Note {
    category: &'static str,
    #[serde(serialize_with = "json::text")]
    text: String,
    title: &'static str,
}

/// Notes about the document: its state first, then its text. There is always one (CSAF 2.0 §4.3).
pub(super) fn of_document(site: &Site, advisory: &Advisory) -> Vec<Note> {
    let front = &advisory.front;
    let mut notes = Vec::new();
    let mut add = |category, title, text: String| notes.push(Note { category, text, title });
    if let Some(withdrawn) = &front.withdrawn {
        let mut text = format!("Withdrawn on {}.", withdrawn.date.day());
        if let Some(reason) = withdrawn.reason.as_ref().map(|reason| reason.trim()) {
            text.push(' ');
            text.push_str(reason);
        }
        if let Some(id) = &withdrawn.superseded_by {
            text.push_str(&format!(" Superseded by {}.", id.as_str()));
        }
        // The title that CSAF 2.1 gives to it.
        add("description", "Reasoning for Withdrawal", text.trim_end().to_owned());
    }
    match front.status.value {
        Status::Rejected => add(
            "description",
            "Rejected",
            "This was found to be no vulnerability. What follows is kept for the record.".to_owned(),
        ),
        Status::Disputed => add(
            "general",
            "Disputed",
            "The publisher does not agree that this is a vulnerability; the text says why.".to_owned(),
        ),
        Status::Draft | Status::Final => {}
    }
    add("summary", "Summary", summary(advisory));
    let body = markdown::absolute(advisory.body.trim(), &|target| site.links.resolve_absolute(target));
    if !body.is_empty() {
        add("details", "Details", body.into_owned());
    }
    notes
}

/// Notes about each vulnerability; there is always one (CSAF 2.0 §4.4).
pub(super) fn of_vulnerability(site: &Site, advisory: &Advisory, unplaced: &[&Cvss]) -> Vec<Note> {
    let mut notes = vec![Note { category: "description", text: summary(advisory), title: "Description" }];
    let mut add = |category, title, text: String| notes.push(Note { category, text, title });
    let further: Vec<String> = advisory
        .front
        .cwe
        .iter()
        .filter(|cwe| Some(**cwe) != super::vulnerability::weakness(advisory))
        .map(|cwe| cwe.name().map_or_else(|| cwe.to_string(), |name| format!("{cwe}: {name}")))
        .collect();
    if !further.is_empty() {
        add("other", "Further weaknesses", further.join("\n"));
    }
    let vectors: Vec<String> = unplaced.iter().map(|cvss| vector(cvss)).collect();
    if !vectors.is_empty() {
        add("other", "Further CVSS vectors", vectors.join("\n"));
    }
    let mut lines = Vec::new();
    for affected in &advisory.affected {
        let functions: Vec<&str> = affected.text.symbols.iter().map(Line::as_str).collect();
        let mut parts = Vec::from_iter(Some(circumstances(affected)).filter(|text| !text.is_empty()));
        if !functions.is_empty() {
            parts.push(format!("functions: {}", functions.join(", ")));
        }
        if !parts.is_empty() {
            lines.push(format!("{}: {}", super::products::name(site, affected), parts.join("; ")));
        }
    }
    if !lines.is_empty() {
        add("details", "Where it lies", lines.join("\n"));
    }
    notes
}

/// The impact, else the title.
fn summary(advisory: &Advisory) -> String {
    let impact =
        advisory.front.impact.as_ref().map(|impact| impact.trim()).filter(|impact| !impact.is_empty());
    impact.map_or_else(|| title(advisory), str::to_owned)
}

/// The title without markup; the id, where nothing is left of it.
pub(super) fn title(advisory: &Advisory) -> String {
    let title = &advisory.title;
    if title.trim().is_empty() { advisory.id.as_str().to_owned() } else { title.to_string() }
}

fn vector(cvss: &Cvss) -> String {
    let vector = &cvss.vector;
    let mut text = format!("{} (CVSS {}: {:.1}", vector.value, vector.version(), vector.score());
    for (word, value) in [("by", cvss.source.as_ref()), ("for", cvss.product.as_ref().map(|it| &it.value))] {
        if let Some(value) = value {
            text.push_str(&format!(", {word} {value}"));
        }
    }
    text + ")"
}
