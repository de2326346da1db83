//! One record. Members without a value are absent; their order is the schema's.

use std::borrow::Cow;

use serde::Serialize;

use super::affected::{self, Affected};
use super::id;
use crate::formats::instant::{changed, rfc3339, whole};
use crate::formats::json;
use crate::markdown;
use crate::model::advisory::history::{Credit as CreditText, links};
use crate::model::advisory::{Cvss, Reference as ReferenceText, Status};
use crate::routes;
use crate::site::Site;
use crate::site::advisory::{Advisory, Target};
use crate::source::fields::Words;
use crate::value::alias::{Alias, AliasKind};
use crate::value::cvss::CvssVersion;
use crate::value::severity::Severity as Word;

/// The version of the schema that records follow.
const SCHEMA: &str = "1.8.0";

/// A record.
#[derive(Serialize)]
pub(super) struct Record<'a> {
    schema_version: &'static str,
    id: Cow<'a, str>,
    modified: String,
    published: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    withdrawn: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    aliases: Vec<&'a str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    related: Vec<&'a str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    upstream: Vec<&'a str>,
    summary: String,
    #[serde(serialize_with = "json::text")]
    details: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    severity: Vec<Severity<'a>>,
    affected: Vec<Affected<'a>>,
    references: Vec<Reference<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    credits: Vec<Credit<'a>>,
    database_specific: DatabaseSpecific<'a>,
}

/// A vector.
#[derive(Clone, PartialEq, Eq, Serialize)]
pub(super) struct Severity<'a> {
    #[serde(rename = "type")]
    kind: &'static str,
    score: &'a str,
}

#[derive(Serialize)]
struct Reference<'a> {
    #[serde(rename = "type")]
    kind: String,
    url: Cow<'a, str>,
}

#[derive(Serialize)]
struct Credit<'a> {
    name: &'a str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    contact: Vec<String>,
    #[serde(rename = "type")]
    kind: String,
}

/// What OSV has no member for. The first two are in the shape of GitHub's advisory database.
#[derive(Serialize)]
struct DatabaseSpecific<'a> {
    cwe_ids: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    severity: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    status: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    exploited: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    impact: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    withdrawn_reason: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    superseded_by: Option<Cow<'a, str>>,
}

/// The record of an advisory.
pub(super) fn of<'a>(site: &'a Site, advisory: &'a Advisory) -> Record<'a> {
    let front = &advisory.front;
    let (general, by_entry) = severities(site, advisory);
    let written = advisory.affected.iter().enumerate().filter(|(_, entry)| affected::is_written(site, entry));
    let own = id(site, advisory);
    let withdrawn = front.withdrawn.as_ref();
    let taken_back = withdrawn.map(|withdrawn| whole(withdrawn.date.value));
    // What was found to be no vulnerability is withdrawn in OSV's words, since its last change.
    let rejected = || (front.status.value == Status::Rejected).then(|| changed(advisory));
    let superseded = withdrawn.and_then(|it| it.superseded_by.as_ref());
    Record {
        schema_version: SCHEMA,
        modified: rfc3339(changed(advisory)),
        published: rfc3339(whole(advisory.published)),
        withdrawn: taken_back.or_else(rejected).map(rfc3339),
        aliases: aliases(advisory, &own),
        related: ids(front.related.iter().map(|alias| &alias.value)),
        upstream: ids(front.upstream.iter().map(|alias| &alias.value)),
        summary: advisory.title.to_string(),
        details: details(site, advisory),
        severity: general,
        affected: written
            .map(|(at, entry)| {
                let severity = by_entry.get(at).cloned().unwrap_or_default();
                affected::of(site, advisory, entry, severity)
            })
            .collect(),
        references: references(site, advisory),
        credits: front.credits.iter().map(credit).collect(),
        database_specific: DatabaseSpecific {
            cwe_ids: front.cwe.iter().map(ToString::to_string).collect(),
            severity: advisory.severity.map(|word| Word::as_str(word).to_uppercase()),
            status: (front.status.value != Status::Final).then(|| front.status.value.word()),
            exploited: front.exploited.map(Words::word),
            impact: front.impact.as_ref().map(|impact| impact.trim()),
            withdrawn_reason: withdrawn.and_then(|it| it.reason.as_deref()).map(str::trim),
            superseded_by: superseded.map(|other| {
                site.find(other.as_str()).map_or(Cow::Borrowed(other.as_str()), |it| id(site, it))
            }),
        },
        id: own,
    }
}

/// Other ids. An advisory that keeps another database's id has that as one, since its record's id is another.
fn aliases<'a>(advisory: &'a Advisory, own: &str) -> Vec<&'a str> {
    let kept = advisory.id.as_str();
    let foreign = crate::site::advisory::is_imported(kept) && own != kept;
    let mut all: Vec<&str> = if foreign { vec![kept] } else { Vec::new() };
    all.extend(ids(advisory.front.aliases.iter().map(|alias| &alias.value)));
    distinct(all)
}

/// Ids that are given; one that is still pending is none.
fn ids<'a>(aliases: impl Iterator<Item = &'a Alias>) -> Vec<&'a str> {
    distinct(aliases.filter(|alias| alias.kind() != AliasKind::Pending).map(Alias::as_str).collect())
}

fn distinct(all: Vec<&str>) -> Vec<&str> {
    let mut once = Vec::with_capacity(all.len());
    for id in all {
        if !once.contains(&id) {
            once.push(id);
        }
    }
    once
}

/// The body, with links that lead somewhere. What no longer stands says so first.
fn details(site: &Site, advisory: &Advisory) -> String {
    let front = &advisory.front;
    let body = markdown::absolute(advisory.body.trim(), &|target| site.links.resolve_absolute(target));
    let text = match (&front.impact, body.is_empty()) {
        (Some(impact), true) => impact.trim(),
        _ => &body,
    };
    let reason = front.withdrawn.as_ref().map(|it| it.reason.as_deref().unwrap_or_default().trim());
    match (reason, front.status.value) {
        (Some(reason), _) => format!("**Withdrawn.** {reason}\n\n{text}"),
        (None, Status::Rejected) => format!("**Rejected: this is no vulnerability.**\n\n{text}"),
        (None, Status::Disputed) => {
            format!("**Disputed: whether this is a vulnerability is not agreed.**\n\n{text}")
        }
        (None, Status::Draft | Status::Final) => text.to_owned(),
    }
}

/// Vectors for all, or else for each entry: OSV forbids both in one record. With a vector for one product alone, the
/// others' vectors go to every entry that they speak of.
fn severities<'a>(site: &Site, advisory: &'a Advisory) -> (Vec<Severity<'a>>, Vec<Vec<Severity<'a>>>) {
    let all = &advisory.front.cvss;
    if all.iter().all(|cvss| cvss.product.is_none()) {
        return (vectors(all.iter()), Vec::new());
    }
    let of = |entry: &crate::site::advisory::Affected| {
        let product = match entry.target {
            Target::Product(at) => Some(site.policy.products[at].id.as_str()),
            Target::Package { .. } => None,
        };
        vectors(
            all.iter().filter(|cvss| cvss.product.as_ref().is_none_or(|only| Some(only.as_str()) == product)),
        )
    };
    (Vec::new(), advisory.affected.iter().map(of).collect())
}

fn vectors<'a>(cvss: impl Iterator<Item = &'a Cvss>) -> Vec<Severity<'a>> {
    let mut once = Vec::new();
    for cvss in cvss {
        let kind = match cvss.vector.version() {
            CvssVersion::V2 => "CVSS_V2",
            CvssVersion::V30 | CvssVersion::V31 => "CVSS_V3",
            CvssVersion::V40 => "CVSS_V4",
        };
        let severity = Severity { kind, score: cvss.vector.as_str() };
        // Two sources that agree are one vector here.
        if !once.contains(&severity) {
            once.push(severity);
        }
    }
    once
}

/// Our own page first.
fn references<'a>(site: &Site, advisory: &'a Advisory) -> Vec<Reference<'a>> {
    let page = site.url(&routes::advisory(&advisory.id));
    let mut all = vec![Reference { kind: "ADVISORY".into(), url: Cow::Owned(page) }];
    let written = |reference: &'a ReferenceText| Reference {
        kind: reference.kind.word().to_uppercase(),
        url: Cow::Borrowed(reference.url.as_str()),
    };
    all.extend(advisory.front.references.iter().map(written));
    all
}

fn credit(credit: &CreditText) -> Credit<'_> {
    let kind = credit.kind.word().to_uppercase().replace('-', "_");
    if credit.anonymous {
        return Credit { name: "Anonymous", contact: Vec::new(), kind };
    }
    let contact = links(credit).iter().map(|url| url.as_str().to_owned()).collect();
    Credit { name: credit.name.as_str(), contact, kind }
}
