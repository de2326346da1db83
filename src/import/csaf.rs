//! CSAF 2.0 documents: in goes one document, out come advisories of ours, one for each vulnerability in it.
//!
//! A document that is not `TLP:WHITE` (or `CLEAR`) is refused, for a portal is public. What a document says of all its
//! vulnerabilities, each advisory says.

use super::draft::{Draft, one_line};
use super::front_matter::Revision;
use super::host::Host;
use super::json::Node;
use super::reference;
use crate::value::line;
use crate::value::scheme::Scheme;

mod products;
mod status;
mod vers;
mod vulnerability;

use products::Products;

/// Whether a document is one of CSAF.
pub(super) fn is_one(document: &Node) -> bool {
    document.at(&["document", "csaf_version"]).is_some()
}

/// Reads one document.
pub(super) fn read<'s>(source: &'s str, root: &'s Node, host: &Host) -> Vec<Draft<'s>> {
    let products = Products::of(root);
    let vulnerabilities = root.list("vulnerabilities");
    if vulnerabilities.is_empty() {
        let mut draft = document(source, root);
        // Nothing is said to be vulnerable: a notice (CSAF 2.0 §4.3).
        draft.matter.informational = Some("notice".to_owned());
        return vec![draft];
    }
    let many = vulnerabilities.len();
    let mut drafts = Vec::new();
    for (at, vulnerability) in vulnerabilities.iter().enumerate() {
        let mut draft = document(source, root);
        if many > 1 {
            // The document's id is no other name of any one of its vulnerabilities.
            draft.split(at + 1);
        }
        vulnerability::read(&mut draft, vulnerability, &products, host, many > 1);
        drafts.push(draft);
    }
    drafts
}

/// What the document says of itself and of all in it.
fn document<'s>(source: &'s str, root: &'s Node) -> Draft<'s> {
    let mut draft = Draft::new(source, root.line);
    let Some(document) = root.get("document") else { return draft };
    draft.id(document, document.at(&["tracking", "id"]), "document.tracking.id");
    draft.title(document.get("title"));
    if let Some(version) = document.get("csaf_version").filter(|version| version.text() != Some("2.0")) {
        let message = "the document is not of version 2.0 of CSAF";
        draft.problem(version.line, message, "ask its publisher for version 2.0, or leave it out");
    }
    for key in ["csaf_version", "$schema"] {
        if let Some(node) = document.get(key).or_else(|| root.get(key)) {
            node.lost("the version of the source's format");
        }
    }
    if let Some(category) = document.get("category") {
        category.lost("a document of the portal says itself of what kind it is");
    }
    if let Some(publisher) = document.get("publisher") {
        publisher.lost("the portal's own publisher stands in every document");
    }
    label(&mut draft, document);
    tracking(&mut draft, document);
    draft.severity(document.at(&["aggregate_severity", "text"]));
    notes(&mut draft, document);
    references(&mut draft, document);
    acknowledgments(&mut draft, document);
    draft.title_from(None);
    draft
}

/// Documents that not everybody may read do not become pages.
fn label(draft: &mut Draft<'_>, document: &Node) {
    let Some((node, label)) =
        document.at(&["distribution", "tlp", "label"]).and_then(|node| Some((node, node.text()?)))
    else {
        return;
    };
    if matches!(label, "WHITE" | "CLEAR") {
        return node.lost("every document of a portal is public");
    }
    let message = format!("the document is TLP:{}, and a portal is public", one_line(label).0);
    draft.problem(node.line, message, "leave it out, or import it once it is TLP:WHITE");
}

fn tracking(draft: &mut Draft<'_>, document: &Node) {
    let Some(tracking) = document.get("tracking") else { return };
    draft.dates(tracking.get("initial_release_date"), tracking.get("current_release_date"));
    match tracking.get("status").map(|node| (node, node.text())) {
        Some((node, Some("final"))) => node.field("status"),
        Some((node, Some("draft"))) => {
            draft.problem(node.line, "the document is a draft", "leave it out until it is published");
        }
        Some((node, _)) => node.lost("an advisory that is public is final, and can still change"),
        None => {}
    }
    for alias in tracking.list("aliases") {
        draft.other_id(alias, "related");
    }
    if let Some(generator) = tracking.get("generator") {
        generator.lost("tells of the program that wrote the source");
    }
    if let Some(version) = tracking.get("version") {
        version.field("revision.version");
    }
    history(draft, tracking);
}

/// The history, where its versions and dates rise as ours must.
fn history(draft: &mut Draft<'_>, tracking: &Node) {
    let mut revisions = Vec::new();
    for entry in tracking.list("revision_history") {
        let version = entry.text_at("number").map(str::trim).filter(|version| line::check(version).is_ok());
        let date = entry.text_at("date").and_then(super::draft::date);
        let Some((version, date)) = version.zip(date) else { continue };
        let summary = one_line(entry.text_at("summary").unwrap_or("Changed.")).0;
        revisions.push(Revision { version: version.to_owned(), date, summary });
    }
    let order = |a: &Revision, b: &Revision| Scheme::Numeric.compare(&a.version, &b.version);
    revisions.sort_by(|a, b| order(a, b).unwrap_or(std::cmp::Ordering::Equal));
    let rises = |pair: &[Revision]| {
        order(&pair[0], &pair[1]) == Some(std::cmp::Ordering::Less)
            && !super::draft::is_before(&pair[1].date, &pair[0].date)
    };
    let Some(node) = tracking.get("revision_history") else { return };
    let sound = revisions.len() == node.items().len()
        && revisions.windows(2).all(rises)
        && revisions.iter().all(|revision| Scheme::Numeric.check(&revision.version).is_ok());
    if !sound {
        return node.lost("its versions or dates do not rise from one revision to the next");
    }
    for entry in node.items() {
        for (key, field) in [("number", "version"), ("date", "date"), ("summary", "summary")] {
            if let Some(node) = entry.get(key) {
                node.field(&format!("revision.{field}"));
            }
        }
    }
    draft.matter.revisions = revisions;
}

/// Notes, of a document or of a vulnerability: what describes comes first and without a heading.
fn notes(draft: &mut Draft<'_>, of: &Node) {
    let leads = |note: &&Node| matches!(note.text_at("category"), Some("description" | "summary"));
    let (first, others): (Vec<&Node>, Vec<&Node>) = of.list("notes").iter().partition(leads);
    for (note, leads) in
        first.into_iter().map(|note| (note, true)).chain(others.into_iter().map(|note| (note, false)))
    {
        let Some((text, words)) = note.get("text").and_then(|text| Some((text, text.text()?))) else {
            continue;
        };
        let category = note.text_at("category").unwrap_or("note").replace('_', " ");
        let title = note.text_at("title").unwrap_or(&category);
        let heading = super::draft::heading(title);
        draft.part(text, (!leads).then_some(heading.as_str()), words);
        for key in ["title", "category"] {
            if let Some(node) = note.get(key) {
                if leads {
                    node.lost("the text that describes has no heading of its own");
                } else {
                    node.section(&heading);
                }
            }
        }
    }
}

fn references(draft: &mut Draft<'_>, of: &Node) {
    for node in of.list("references") {
        let Some((url, text)) = node.get("url").and_then(|url| Some((url, url.text()?))) else { continue };
        let own = node.text_at("category") == Some("self");
        draft.reference(url, if own { "advisory" } else { reference::kind(text).unwrap_or("web") });
        if let Some(category) = node.get("category") {
            category.field("reference.kind");
        }
    }
}

/// Names, each with the addresses that stand beside it; an organisation only where it stands for itself.
fn acknowledgments(draft: &mut Draft<'_>, of: &Node) {
    for node in of.list("acknowledgments") {
        let mut contact = Vec::new();
        for url in node.list("urls") {
            if let Some(text) = url.text().filter(|text| line::check(text).is_ok()) {
                contact.push(text.to_owned());
                url.field("credit.contact");
            }
        }
        let names = node.list("names");
        for name in names {
            draft.credit(name, None, contact.clone());
        }
        if let Some(organization) = node.get("organization") {
            if names.is_empty() {
                draft.credit(organization, None, contact);
            } else {
                organization.lost("a credit names a person or an organisation, not both");
            }
        }
    }
}

#[cfg(test)]
mod tests;
