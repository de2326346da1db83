//! The container of a CNA. Members without a value are absent; their order is the schema's.

use serde::Serialize;

use super::affected::{self, Affected, Applicability};
use super::metric::{self, Metric};
use super::words::{Text, cut, once};
use crate::formats::instant::{rfc3339, whole};
use crate::markdown;
use crate::model::advisory::affected::{AffectedStatus, RemediationKind};
use crate::model::advisory::{Exploited, ReferenceKind, Status};
use crate::routes;
use crate::site::Site;
use crate::site::advisory::{Advisory, Affected as Entry, Target};
use crate::source::fields::Words as _;

/// The longest title and the most references that the schema takes.
const TITLE: usize = 256;
const REFERENCES: usize = 512;

/// A container: published, or rejected and then nothing but why.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Container<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    provider_metadata: Option<Provider<'a>>,
    #[serde(flatten)]
    content: Content<'a>,
}

#[derive(Serialize)]
#[serde(untagged)]
enum Content<'a> {
    Published(Box<Published<'a>>),
    Rejected(Rejected<'a>),
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Provider<'a> {
    org_id: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    short_name: Option<&'a str>,
    date_updated: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Rejected<'a> {
    rejected_reasons: Vec<Text<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    replaced_by: Vec<String>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Published<'a> {
    date_public: String,
    title: String,
    descriptions: Vec<Text<'a>>,
    affected: Vec<Affected<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    cpe_applicability: Vec<Applicability>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    problem_types: Vec<ProblemType>,
    references: Vec<Reference>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    metrics: Vec<Metric<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    workarounds: Vec<Text<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    solutions: Vec<Text<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    exploits: Vec<Text<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    timeline: Vec<Event<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    credits: Vec<Credit<'a>>,
    source: Source<'a>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    tags: Vec<&'static str>,
}

#[derive(Serialize)]
struct ProblemType {
    descriptions: [Weakness; 1],
}

#[derive(PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
struct Weakness {
    lang: &'static str,
    description: String,
    cwe_id: String,
    #[serde(rename = "type")]
    kind: &'static str,
}

#[derive(PartialEq, Eq, Serialize)]
struct Reference {
    url: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    tags: Vec<&'static str>,
}

#[derive(PartialEq, Eq, Serialize)]
struct Event<'a> {
    time: String,
    lang: &'a str,
    value: &'a str,
}

#[derive(PartialEq, Eq, Serialize)]
struct Credit<'a> {
    lang: &'static str,
    value: &'a str,
    #[serde(rename = "type")]
    kind: String,
}

#[derive(Serialize)]
struct Source<'a> {
    advisory: &'a str,
    discovery: &'static str,
}

impl<'a> Container<'a> {
    /// The container as it stands in a record.
    pub(super) fn provided_by(
        mut self,
        org_id: &'a str,
        short_name: Option<&'a str>,
        date_updated: String,
    ) -> Self {
        self.provider_metadata = Some(Provider { org_id, short_name, date_updated });
        self
    }
}

/// Whether an advisory was found to be no vulnerability, so that its CVE id is rejected.
pub(super) fn is_rejected(advisory: &Advisory) -> bool {
    advisory.front.status.value == Status::Rejected
}

/// The container of an advisory.
pub(super) fn of<'a>(site: &'a Site, advisory: &'a Advisory) -> Container<'a> {
    let content = if is_rejected(advisory) {
        Content::Rejected(rejected(site, advisory))
    } else {
        Content::Published(Box::new(published(site, advisory)))
    };
    Container { provider_metadata: None, content }
}

fn rejected<'a>(site: &'a Site, advisory: &'a Advisory) -> Rejected<'a> {
    let withdrawn = advisory.front.withdrawn.as_ref();
    let reason = withdrawn.and_then(|withdrawn| withdrawn.reason.as_deref());
    let reason = reason.unwrap_or("This was found to be no vulnerability.");
    let instead = withdrawn.and_then(|withdrawn| site.find(withdrawn.superseded_by.as_ref()?.as_str()));
    let ids = instead.map(super::of).unwrap_or_default();
    Rejected {
        rejected_reasons: with_english(
            site,
            advisory,
            Text::of(language(site), &markdown::plain_block(reason)),
        ),
        replaced_by: once(ids.into_iter().map(|id| id.as_str().to_owned())),
    }
}

fn published<'a>(site: &'a Site, advisory: &'a Advisory) -> Published<'a> {
    let front = &advisory.front;
    let lang = language(site);
    let weakness = |cwe: &crate::value::cwe::Cwe| Weakness {
        lang: "en",
        description: cwe.name().map_or_else(|| cwe.to_string(), |name| format!("{cwe} {name}")),
        cwe_id: cwe.to_string(),
        kind: "CWE",
    };
    let event = |event: &'a crate::model::advisory::history::Event| Event {
        time: rfc3339(whole(event.date.value)),
        lang,
        value: event.event.as_str(),
    };
    let credit = |credit: &'a crate::model::advisory::history::Credit| Credit {
        lang: "en",
        value: if credit.anonymous { "Anonymous" } else { credit.name.as_str() },
        kind: credit.kind.word().replace('-', " "),
    };
    let (solutions, workarounds) = remediations(site, advisory);
    let exploits = front.exploited.map(|exploited| match exploited {
        Exploited::NoneKnown => "No exploitation is known.",
        Exploited::Poc => "A proof of concept is public.",
        Exploited::InTheWild => "It is exploited in the wild.",
    });
    Published {
        date_public: rfc3339(whole(advisory.published)),
        title: cut(&advisory.title, TITLE),
        descriptions: with_english(site, advisory, Text::of(lang, &description(advisory))),
        affected: once(advisory.affected.iter().flat_map(|entry| affected::of(site, entry))),
        cpe_applicability: affected::applicability(site, &advisory.affected),
        problem_types: once(front.cwe.iter().map(weakness))
            .into_iter()
            .map(|weakness| ProblemType { descriptions: [weakness] })
            .collect(),
        references: references(site, advisory),
        metrics: metric::of(site, advisory),
        workarounds,
        solutions,
        exploits: exploits.into_iter().map(Text::english).collect(),
        timeline: once(front.timeline.iter().map(event)),
        credits: once(front.credits.iter().map(credit)),
        source: Source { advisory: advisory.id.as_str(), discovery: "UNKNOWN" },
        tags: if front.status.value == Status::Disputed { vec!["disputed"] } else { Vec::new() },
    }
}

fn language(site: &Site) -> &str {
    site.policy.document.language.as_str()
}

/// The format asks for English; where the portal speaks another language, a pointer stands beside its words.
fn with_english<'a>(site: &'a Site, advisory: &Advisory, text: Text<'a>) -> Vec<Text<'a>> {
    let english = text.lang == "en" || text.lang.starts_with("en-");
    let mut all = vec![text];
    if !english {
        let page = site.url(&routes::advisory(&advisory.id));
        all.push(Text::english(format!("Described in another language; see {page}")));
    }
    all
}

/// The impact, else the body, else the title; and first that it does not stand any more.
fn description(advisory: &Advisory) -> String {
    let front = &advisory.front;
    let title = &advisory.title;
    let text = match &front.impact {
        Some(impact) => format!("{}. {}", title.trim_end_matches('.'), markdown::plain(impact)),
        None => match markdown::plain_block(&advisory.body).trim() {
            "" => title.to_string(),
            body => body.to_owned(),
        },
    };
    match &front.withdrawn {
        Some(withdrawn) => {
            let reason = markdown::plain_block(withdrawn.reason.as_deref().unwrap_or_default());
            format!("Withdrawn: {}\n\n{text}", reason.trim())
        }
        None => text,
    }
}

/// Our own page first; each address once.
fn references(site: &Site, advisory: &Advisory) -> Vec<Reference> {
    let own = site.url(&routes::advisory(&advisory.id));
    let mut all = vec![Reference { url: own, tags: vec!["vendor-advisory"] }];
    for reference in &advisory.front.references {
        let tag = match reference.kind {
            ReferenceKind::Advisory => Some("third-party-advisory"),
            ReferenceKind::Article => Some("technical-description"),
            ReferenceKind::Report => Some("issue-tracking"),
            ReferenceKind::Fix => Some("patch"),
            ReferenceKind::Package => Some("product"),
            ReferenceKind::Evidence => Some("exploit"),
            ReferenceKind::Detection
            | ReferenceKind::Discussion
            | ReferenceKind::Introduced
            | ReferenceKind::Web => None,
        };
        if all.iter().all(|held| held.url != reference.url.as_str()) {
            all.push(Reference { url: reference.url.as_str().to_owned(), tags: tag.into_iter().collect() });
        }
    }
    all.truncate(REFERENCES);
    all
}

/// What mends it, and what helps without.
fn remediations<'a>(site: &'a Site, advisory: &'a Advisory) -> (Vec<Text<'a>>, Vec<Text<'a>>) {
    let (mut solutions, mut workarounds) = (Vec::new(), Vec::new());
    let hit = |entry: &&Entry| entry.text.status.value == AffectedStatus::Affected;
    for entry in advisory.affected.iter().filter(hit) {
        let name = match &entry.target {
            Target::Product(at) => site.policy.products[*at].name.as_str(),
            Target::Package { name, .. } => name.as_str(),
        };
        let fixes = once(entry.ranges.fixes());
        if !fixes.is_empty() {
            solutions.push(Text::english(format!("Upgrade {name} to {}.", fixes.join(" or "))));
        }
        let Some(remediation) = &entry.text.remediation else { continue };
        let text =
            remediation.text.as_ref().map(|text| Text::of(language(site), &markdown::plain_block(text)));
        match (remediation.kind, text) {
            (RemediationKind::Workaround | RemediationKind::Mitigation, text) => workarounds.extend(text),
            (RemediationKind::Fix, text) => solutions.extend(text),
            (RemediationKind::NoFix, Some(text)) => solutions.push(text),
            (RemediationKind::NoFix, None) => {
                solutions.push(Text::english(format!("No fix of {name} is planned.")));
            }
        }
    }
    (once(solutions), once(workarounds))
}
