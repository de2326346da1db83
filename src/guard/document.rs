//! A CSAF document, read for its history and, where an advisory is no OSV record, for what it says.
//!
//! Of what it says, only texts are looked at, wherever they stand: products, their versions and their ids are written in
//! many ways that mean the same.

use serde_json::Value;

use super::facts::{Facts, Told, instant, items};

/// Members whose text an author wrote, or chose.
const WRITTEN: [&str; 8] = ["title", "text", "details", "label", "cve", "names", "name", "url"];

/// A document.
pub(super) struct Document {
    pub told: Told,
    /// `/document/tracking/version`, where it is a number.
    pub version: Option<u64>,
    /// The dates of its revisions, as they are written.
    pub revisions: Vec<String>,
}

/// What a document says; else why it cannot be read.
pub(super) fn read(bytes: &[u8]) -> Result<Document, String> {
    let csaf: Value = serde_json::from_slice(bytes).map_err(|error| error.to_string())?;
    let document = &csaf["document"];
    let tracking = &document["tracking"];
    let modified =
        instant(&tracking["current_release_date"]).ok_or("it has no `current_release_date` in `tracking`")?;
    let mut facts = Facts::default();
    facts.value("title", &document["title"]);
    for (name, part) in [
        ("text", &document["notes"]),
        ("credit", &document["acknowledgments"]),
        ("affected", &csaf["vulnerabilities"]),
        ("affected", &csaf["product_tree"]),
    ] {
        collect(name, part, &mut facts);
    }
    let date = |revision: &Value| revision["date"].as_str().map(str::to_owned);
    Ok(Document {
        told: Told {
            published: instant(&tracking["initial_release_date"]),
            modified,
            withdrawn: false,
            facts: facts.0,
            versions: Default::default(),
        },
        version: tracking["version"].as_str().and_then(|version| version.split('.').next()?.parse().ok()),
        revisions: items(&tracking["revision_history"]).iter().filter_map(date).collect(),
    })
}

/// Texts at any depth; the reader of JSON lets none be deeper than 128.
fn collect(name: &'static str, value: &Value, facts: &mut Facts) {
    match value {
        Value::Array(items) => items.iter().for_each(|item| collect(name, item, facts)),
        Value::Object(members) => {
            for (member, value) in members {
                if WRITTEN.contains(&member.as_str()) && !value.is_object() {
                    facts.value(name, value);
                } else {
                    collect(name, value, facts);
                }
            }
        }
        _ => {}
    }
}
