//! An OSV record, read for what it says.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::facts::{Facts, Told, instant, items, pick};
use crate::routes;
use crate::value::id::AdvisoryId;

/// What a record says of the advisory of an id; else why it cannot be read.
pub(super) fn read(bytes: &[u8], id: &AdvisoryId) -> Result<Told, String> {
    let record: Value = serde_json::from_slice(bytes).map_err(|error| error.to_string())?;
    let modified = instant(&record["modified"]).ok_or("it has no `modified`")?;
    let mut facts = Facts::default();
    let base = references(&record["references"], id, &mut facts);
    let details = record["details"].as_str().unwrap_or_default();
    // The same site may be built for another address, to be looked at.
    facts.text("text", &base.map_or_else(|| details.to_owned(), |base| details.replace(base, "/")));
    facts.value("title", &record["summary"]);
    for list in ["aliases", "related", "upstream"] {
        facts.value(list, &record[list]);
    }
    facts.each("cvss", &record["severity"], &["type", "score"]);
    facts.each("credit", &record["credits"], &["name", "type", "contact"]);
    let specific = &record["database_specific"];
    facts.value("cwe", &specific["cwe_ids"]);
    for name in ["severity", "status", "exploited", "impact"] {
        facts.value(name, &specific[name]);
    }
    facts.value("withdrawn", &specific["withdrawn_reason"]);
    // A prefix that was registered is no other advisory.
    let superseded = specific["superseded_by"].as_str().unwrap_or_default();
    facts.text("withdrawn", superseded.strip_prefix("x_").unwrap_or(superseded));
    let withdrawn = instant(&record["withdrawn"]);
    // One that was rejected is dated by `modified`, and moves with it.
    if let Some(at) = withdrawn.filter(|at| *at != modified) {
        facts.text("withdrawn", &at.to_string());
    }
    if withdrawn.is_some() {
        facts.text("withdrawn", "yes");
    }
    let mut versions: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for entry in items(&record["affected"]) {
        let name = affected(entry, &mut facts);
        let listed = items(&entry["versions"]).iter().filter_map(Value::as_str).map(str::to_owned);
        versions.entry(name).or_default().extend(listed);
    }
    let published = instant(&record["published"]);
    Ok(Told { published, modified, withdrawn: withdrawn.is_some(), facts: facts.0, versions })
}

/// Adds one thing that is hit; gives its name.
fn affected(entry: &Value, facts: &mut Facts) -> String {
    let specific = &entry["database_specific"];
    let package = if entry["package"].is_null() { &specific["package"] } else { &entry["package"] };
    let name = pick(package, &["ecosystem", "name"]);
    let mut text =
        format!("{name}{}", pick(&entry["ecosystem_specific"]["affects"], &["os", "arch", "functions"]));
    for range in items(&entry["ranges"]) {
        text.push_str(&pick(range, &["type", "repo", "events"]));
    }
    text.push_str(&pick(&specific["git"], &["introduced", "fixed"]));
    text.push_str(&pick(&specific["remediation"], &["kind", "text"]));
    facts.text("affected", &text);
    facts.each("cvss", &entry["severity"], &["type", "score"]);
    for name in ["categories", "informational"] {
        facts.value(name, &specific[name]);
    }
    name
}

/// Adds links, but for that to the advisory's own page; gives the base URL that this one tells.
fn references<'v>(list: &'v Value, id: &AdvisoryId, facts: &mut Facts) -> Option<&'v str> {
    let page = routes::advisory(id);
    let mut base = None;
    for reference in items(list) {
        let own = reference["url"].as_str().and_then(|url| url.strip_suffix(page.as_str()));
        match own {
            Some(own) if own.contains("://") => base = Some(own),
            _ => facts.text("reference", &pick(reference, &["type", "url"])),
        }
    }
    base
}
