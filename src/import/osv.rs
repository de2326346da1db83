//! Records of the OSV schema: in goes one record, out comes an advisory of ours. GitHub's advisory database and RustSec
//! write more in `database_specific`, and so do we; those members are known here.
//!
//! Nothing is fetched, and no range is made wider or narrower than the record says.

use super::draft::Draft;
use super::front_matter::Withdrawn;
use super::host::Host;
use super::json::Node;
use super::loss::Outcome;
use crate::model::advisory::{Exploited, Status};

mod affected;
mod git;
mod specific;

/// Whether a document is a record: an id, the date of its last change, and anything besides, for lists of records have
/// those two as well.
pub(super) fn is_one(document: &Node) -> bool {
    let said = ["schema_version", "summary", "details", "published", "withdrawn", "affected", "references"];
    document.text_at("id").is_some()
        && document.text_at("modified").is_some()
        && said.iter().any(|key| document.get(key).is_some())
}

/// Reads one record.
pub(super) fn read<'s>(source: &'s str, record: &'s Node, host: &Host) -> Draft<'s> {
    let mut draft = Draft::new(source, record.line);
    draft.id(record, record.get("id"), "id");
    if let Some(version) = record.get("schema_version") {
        version.lost("the version of the source's format");
    }
    draft.title(record.get("summary"));
    draft.dates(record.get("published"), record.get("modified"));
    for key in ["aliases", "related", "upstream"] {
        record.list(key).iter().for_each(|node| draft.other_id(node, key));
    }
    let details = record.get("details");
    if let Some((node, text)) = details.and_then(|node| Some((node, node.text()?))) {
        draft.part(node, None, text);
    }
    draft.title_from(details);
    withdrawn(&mut draft, record);
    for severity in record.list("severity") {
        self::severity(&mut draft, severity, None);
    }
    affected::read(&mut draft, record, host);
    for reference in record.list("references") {
        let Some(url) = reference.get("url") else { continue };
        let kind = reference.text_at("type").unwrap_or("WEB").to_ascii_lowercase();
        draft.reference(url, &kind);
        settle_type(reference, "reference.kind", &kind, &KINDS);
    }
    for credit in record.list("credits") {
        self::credit(&mut draft, credit);
    }
    if let Some(specific) = record.get("database_specific") {
        specific::of_record(&mut draft, specific);
    }
    draft
}

/// Types of references that our format has a word for.
const KINDS: [&str; 10] = [
    "advisory",
    "article",
    "detection",
    "discussion",
    "report",
    "fix",
    "introduced",
    "package",
    "evidence",
    "web",
];

fn settle_type(node: &Node, field: &str, kind: &str, known: &[&str]) {
    let Some(node) = node.get("type") else { return };
    if known.contains(&kind) {
        node.field(field);
    } else {
        node.lost("no kind of reference means this; it is a link like any other");
    }
}

fn withdrawn(draft: &mut Draft<'_>, record: &Node) {
    let Some(node) = record.get("withdrawn") else { return };
    let Some(mut date) = draft.date(Some(node), "withdrawn.date") else { return };
    if let Some(published) =
        draft.matter.published.filter(|published| super::draft::is_before(&date, published))
    {
        let why = "lies before the day of publication, which stands in its place";
        draft.note(node.line, "date of the withdrawal", Outcome::nowhere(why));
        date = published;
    }
    draft.matter.withdrawn = Some(Withdrawn { date, reason: None, superseded_by: None });
}

/// A vector, or the word that Ubuntu has in its place.
fn severity<'s>(draft: &mut Draft<'s>, severity: &'s Node, product: Option<&str>) {
    let Some(score) = severity.get("score") else { return };
    let kind = severity.get("type");
    let is_vector = kind.and_then(Node::text).is_some_and(|kind| kind.starts_with("CVSS_"));
    if !is_vector {
        draft.severity(Some(score));
        kind.inspect(|kind| kind.lost("whose scale it is has no field"));
    } else if draft.vector(score, None, product) {
        kind.inspect(|kind| kind.field("cvss.vector"));
    }
}

fn credit(draft: &mut Draft<'_>, credit: &Node) {
    let Some(name) = credit.get("name") else { return };
    let mut contact = Vec::new();
    for node in credit.list("contact") {
        match node.text().filter(|text| crate::value::line::check(text).is_ok()) {
            Some(text) => {
                contact.push(text.to_owned());
                node.field("credit.contact");
            }
            None => node.lost("not one line of text"),
        }
    }
    draft.credit(name, credit.text_at("type"), contact);
    if let Some(kind) = credit.get("type") {
        kind.field("credit.type");
    }
}

/// The state of a record whose words say so, as our own records do.
fn state(word: &str) -> Option<&'static str> {
    super::draft::word::<Status>(word).filter(|word| matches!(*word, "disputed" | "rejected"))
}

/// What is known of exploitation.
fn exploited(word: &str) -> Option<&'static str> {
    super::draft::word::<Exploited>(word)
}

#[cfg(test)]
mod tests;
