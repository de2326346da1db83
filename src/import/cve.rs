//! CVE records (CVE Record Format 5.x): in goes a record, or a draft of the CNA's container, out comes an advisory of ours.
//!
//! Only the CNA's container is read; what other parties add in theirs is theirs. A rejected record becomes an advisory
//! that says so.

use super::draft::{Draft, one_line};
use super::front_matter::{Event, Withdrawn};
use super::host::Host;
use super::json::Node;
use super::loss::Outcome;
use crate::value::cwe::Cwe;
use crate::value::id::{Alias, AliasKind};

mod affected;

/// Whether a document is a record or a draft of one.
pub(super) fn is_one(document: &Node) -> bool {
    document.text_at("dataType") == Some("CVE_RECORD") || container(document).is_some()
}

fn container(document: &Node) -> Option<&Node> {
    document.at(&["containers", "cna"]).or_else(|| document.get("cnaContainer"))
}

/// Reads one record.
pub(super) fn read<'s>(source: &'s str, document: &'s Node, host: &Host) -> Draft<'s> {
    let mut draft = Draft::new(source, document.line);
    let metadata = document.get("cveMetadata");
    let Some(cna) = container(document) else {
        draft.problem(
            document.line,
            "the record has no `containers.cna`",
            "import records of version 5 of the format",
        );
        return draft;
    };
    // A draft has no id of its own; what made it may have one.
    let id = metadata.map_or_else(|| cna.at(&["source", "advisory"]), |metadata| metadata.get("cveId"));
    draft.id(document, id, "cveMetadata.cveId");
    // Nor has it the CVE id, but for the name of its file, as ours have it.
    if metadata.is_none()
        && let Some(name) = source.rsplit(['/', '\\']).next().and_then(|name| name.strip_suffix(".json"))
        && let Ok(alias) = Alias::parse(name)
        && alias.kind() == AliasKind::Cve
        && draft.id != name
    {
        draft.matter.aliases.push(name.to_owned());
        draft.note(document.line, "name of the file", Outcome::Field("aliases".to_owned()));
    }
    for key in ["dataType", "dataVersion"] {
        if let Some(node) = document.get(key) {
            node.lost("the version of the source's format");
        }
    }
    for node in document.at(&["containers", "adp"]).into_iter().flat_map(Node::items) {
        node.lost("the words of another party than the one that gave the id");
    }
    if let Some(provider) = cna.get("providerMetadata") {
        provider.lost("the portal's own publisher stands in every document");
    }
    let state = metadata.and_then(|metadata| metadata.get("state"));
    let rejected = state.and_then(Node::text) == Some("REJECTED");
    match state {
        Some(state) if rejected || state.text() == Some("PUBLISHED") => state.field("status"),
        Some(state) => draft.problem(state.line, "the record is not published", "leave it out until it is"),
        None => {}
    }
    draft.title(cna.get("title"));
    let date = |key| metadata.and_then(|metadata| metadata.get(key));
    let published = date("datePublished").or_else(|| cna.get("datePublic")).or_else(|| date("dateReserved"));
    draft.dates(published, date("dateUpdated").or_else(|| cna.at(&["providerMetadata", "dateUpdated"])));
    if rejected {
        self::rejected(&mut draft, cna, date("dateRejected"));
        return draft;
    }
    let lead = described(&mut draft, cna.list("descriptions"), None);
    draft.title_from(lead);
    affected::read(&mut draft, cna, host);
    weaknesses(&mut draft, cna);
    vectors(&mut draft, cna);
    for reference in cna.list("references") {
        self::reference(&mut draft, reference);
    }
    for (key, heading) in [
        ("impacts", "Impacts"),
        ("solutions", "Solutions"),
        ("workarounds", "Workarounds"),
        ("configurations", "Configurations"),
        ("exploits", "Exploits"),
    ] {
        let list = cna.list(key);
        if key == "impacts" {
            for impact in list {
                described(&mut draft, impact.list("descriptions"), Some(heading));
            }
        } else if key != "exploits" || !exploited(&mut draft, list) {
            described(&mut draft, list, Some(heading));
        }
    }
    for event in cna.list("timeline") {
        self::event(&mut draft, event);
    }
    for credit in cna.list("credits") {
        let Some(name) = credit.get("value") else { continue };
        draft.credit(name, credit.text_at("type"), Vec::new());
        credit.members_field(&["type", "lang"], "credit.type");
    }
    for tag in cna.list("tags") {
        if tag.text() == Some("disputed") {
            draft.matter.status = Some("disputed".to_owned());
            tag.field("status");
        }
    }
    draft
}

/// Texts with their language: those in English, or all where none is. Gives back the first.
fn described<'s>(draft: &mut Draft<'_>, list: &'s [Node], heading: Option<&str>) -> Option<&'s Node> {
    let is_english =
        |node: &Node| node.text_at("lang").is_none_or(|lang| lang.to_ascii_lowercase().starts_with("en"));
    let any = list.iter().any(is_english);
    let mut first = None;
    for node in list {
        let Some((text, words)) = node.get("value").and_then(|value| Some((value, value.text()?))) else {
            continue;
        };
        if any && !is_english(node) {
            node.lost("the same in another language");
            continue;
        }
        draft.part(text, heading, words);
        node.members_field(&["lang"], "the language of the text");
        if let Some(media) = node.get("supportingMedia") {
            media.lost("the same in another form");
        }
        first.get_or_insert(text);
    }
    first
}

fn rejected(draft: &mut Draft<'_>, cna: &Node, date: Option<&Node>) {
    let lead = described(draft, cna.list("rejectedReasons"), None);
    draft.title_from(lead);
    draft.matter.status = Some("rejected".to_owned());
    if let Some(date) = draft.date(date, "withdrawn.date") {
        let published = draft.matter.published.filter(|published| super::draft::is_before(&date, published));
        draft.matter.withdrawn =
            Some(Withdrawn { date: published.unwrap_or(date), reason: None, superseded_by: None });
    }
    for node in cna.list("replacedBy") {
        draft.other_id(node, "related");
    }
}

fn weaknesses(draft: &mut Draft<'_>, cna: &Node) {
    for description in cna.list("problemTypes").iter().flat_map(|kind| kind.list("descriptions")) {
        let known = draft.matter.cwe.len();
        if let Some(id) = description.get("cweId") {
            draft.weakness(id);
        } else if let Some((node, word)) =
            description.get("description").and_then(|node| Some((node, node.text()?)))
            && let Ok(cwe) = Cwe::parse(word.split([' ', ':']).next().unwrap_or_default())
        {
            let cwe = cwe.to_string();
            if !draft.matter.cwe.contains(&cwe) {
                draft.matter.cwe.push(cwe);
            }
            node.field("cwe");
        }
        if draft.matter.cwe.len() > known || description.get("cweId").is_some() {
            description.members_field(&["description", "lang", "type"], "cwe");
        }
    }
}

fn vectors<'s>(draft: &mut Draft<'s>, cna: &'s Node) {
    for metric in cna.list("metrics") {
        // Some give a word of a scale of their own, and no vector.
        let other = metric.get("other");
        if let Some(word) = other.and_then(|other| other.get("content")?.get("text")) {
            draft.severity(Some(word));
        }
        for key in ["cvssV4_0", "cvssV3_1", "cvssV3_0", "cvssV2_0"] {
            let Some(cvss) = metric.get(key) else { continue };
            let Some(vector) = cvss.get("vectorString") else { continue };
            // The other members repeat the vector, metric by metric.
            if draft.vector(vector, None, None) {
                cvss.field("cvss.vector");
                metric.members_field(&["format"], "cvss.vector");
            }
        }
    }
}

fn reference(draft: &mut Draft<'_>, reference: &Node) {
    let Some(url) = reference.get("url") else { return };
    let of = |tag: &str| match tag {
        "patch" => Some("fix"),
        "vendor-advisory" | "third-party-advisory" | "government-resource" => Some("advisory"),
        "technical-description" => Some("article"),
        "issue-tracking" => Some("report"),
        "product" => Some("package"),
        "exploit" => Some("evidence"),
        "mailing-list" => Some("discussion"),
        _ => None,
    };
    let tags = reference.list("tags");
    let kind = tags.iter().filter_map(Node::text).find_map(of);
    draft.reference(url, kind.unwrap_or("web"));
    for tag in tags.iter().filter(|tag| tag.text().and_then(of).is_some_and(|of| Some(of) == kind)) {
        tag.field("reference.kind");
    }
}

/// Whether the list says what our own records say of exploitation.
fn exploited(draft: &mut Draft<'_>, list: &[Node]) -> bool {
    let [one] = list else { return false };
    let word = match one.text_at("value") {
        Some("No exploitation is known.") => "none-known",
        Some("A proof of concept is public.") => "poc",
        Some("It is exploited in the wild.") => "in-the-wild",
        _ => return false,
    };
    draft.matter.exploited = Some(word.to_owned());
    one.field("exploited");
    true
}

fn event(draft: &mut Draft<'_>, event: &Node) {
    let Some((value, text)) = event.get("value").and_then(|value| Some((value, value.text()?))) else {
        return;
    };
    let Some(date) = draft.date(event.get("time"), "timeline.date") else { return };
    draft.matter.timeline.push(Event { date, event: one_line(text).0 });
    value.field("timeline.event");
    event.members_field(&["lang"], "the language of the text");
}

#[cfg(test)]
mod tests;
