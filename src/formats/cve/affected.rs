//! `affected[]` and `cpeApplicability[]`: products, and the versions in which they are hit.

use serde::Serialize;

use super::words::once;
use crate::model::advisory::affected::{AffectedStatus, Git};
use crate::site::Site;
use crate::site::advisory::{Affected as Entry, Target};
use crate::value::line::Line;
use crate::value::purl::Purl;
use crate::value::range::{End, Range};
use crate::value::scheme::Scheme;
use crate::value::url::WebUrl;
use crate::value::version::semver_in_full;

/// One product.
#[derive(Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Affected<'a> {
    vendor: &'a str,
    product: &'a str,
    #[serde(rename = "packageURL", skip_serializing_if = "Option::is_none")]
    package_url: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    cpes: Vec<&'a str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    platforms: Vec<&'a str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    program_routines: Vec<Routine<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    repo: Option<&'a str>,
    default_status: &'static str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    versions: Vec<Version>,
}

#[derive(Debug, PartialEq, Eq, Serialize)]
struct Routine<'a> {
    name: &'a str,
}

#[derive(Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
struct Version {
    version: String,
    status: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    version_type: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    less_than: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    less_than_or_equal: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    changes: Vec<Change>,
}

#[derive(Debug, PartialEq, Eq, Serialize)]
struct Change {
    at: String,
    status: &'static str,
}

/// The versions of an entry, and where it names commits, a second product with these.
pub(super) fn of<'a>(site: &'a Site, entry: &'a Entry) -> Vec<Affected<'a>> {
    let policy = &site.policy;
    let (vendor, product, cpe) = match &entry.target {
        Target::Product(at) => {
            let publisher = policy.project.publisher.as_ref().map(|publisher| &publisher.name);
            let product = &policy.products[*at];
            (publisher.unwrap_or(&policy.project.name).as_str(), product.name.as_str(), product.cpe.as_ref())
        }
        // Who makes a package is not written anywhere; its registry is the next best name.
        Target::Package { name, ecosystem } => (ecosystem.as_str(), name.as_str(), None),
    };
    let hit = entry.hit();
    let status = entry.text.status.value;
    let versions = match status {
        AffectedStatus::Affected => once(hit.iter().map(|range| version(range, entry.scheme, "affected"))),
        AffectedStatus::UnderInvestigation => {
            once(hit.iter().map(|range| version(range, entry.scheme, "unknown")))
        }
        AffectedStatus::NotAffected => Vec::new(),
    };
    let platforms = entry.text.platforms.iter().flat_map(|it| it.os.iter().chain(&it.arch)).map(Line::as_str);
    let default_status = match status {
        AffectedStatus::NotAffected => "unaffected",
        // What is said of some versions is said of no others.
        AffectedStatus::Affected | AffectedStatus::UnderInvestigation if !entry.ranges.is_empty() => {
            "unaffected"
        }
        AffectedStatus::Affected | AffectedStatus::UnderInvestigation => "unknown",
    };
    let whole = |default_status, repo, versions| Affected {
        vendor,
        product,
        package_url: entry.purl(policy).map(Purl::without_version),
        cpes: cpe.iter().map(|cpe| cpe.as_str()).collect(),
        platforms: once(platforms.clone()),
        program_routines: once(entry.text.symbols.iter().map(|symbol| Routine { name: symbol.as_str() })),
        repo,
        default_status,
        versions,
    };
    let mut all = Vec::new();
    let commits = entry.text.git.as_deref().and_then(commits);
    if commits.is_none() || !versions.is_empty() {
        all.push(whole(default_status, None, versions));
    }
    if let Some(commits) = commits {
        let repository = entry.text.git.as_ref().and_then(|git| git.repository.as_ref());
        let repository = repository.or(policy.project.repository.as_ref());
        all.push(whole("unaffected", repository.map(WebUrl::as_str), vec![commits]));
    }
    all
}

fn version(range: &Range, scheme: Scheme, status: &'static str) -> Version {
    let text = |text: &str| match scheme {
        Scheme::Semver if text != "0" => semver_in_full(text).unwrap_or_else(|| text.to_owned()),
        _ => text.to_owned(),
    };
    let kind = match scheme {
        Scheme::Semver => "semver",
        Scheme::Pep440 => "python",
        Scheme::Calver | Scheme::Numeric | Scheme::Text => "custom",
    };
    let (less_than, less_than_or_equal) = match &range.end {
        End::Fixed(end) => (Some(text(end)), None),
        End::LastAffected(end) if *end == range.introduced => (None, None),
        End::LastAffected(end) => (None, Some(text(end))),
        End::Open => (Some("*".to_owned()), None),
    };
    Version {
        version: text(&range.introduced),
        status,
        version_type: Some(kind),
        less_than,
        less_than_or_equal,
        changes: Vec::new(),
    }
}

/// Commits in the format's way: from the one that brought it, until one of those that mend it is in.
fn commits(git: &Git) -> Option<Version> {
    if git.introduced.is_none() && git.fixed.is_empty() {
        return None;
    }
    let one = if let [fixed] = git.fixed.as_slice() { Some(fixed.as_str().to_owned()) } else { None };
    let change = |fixed: &Line| Change { at: fixed.as_str().to_owned(), status: "unaffected" };
    Some(Version {
        version: git.introduced.as_ref().map_or("0", Line::as_str).to_owned(),
        status: "affected",
        version_type: Some("git"),
        changes: if one.is_some() { Vec::new() } else { once(git.fixed.iter().map(change)) },
        less_than: Some(one.unwrap_or_else(|| "*".to_owned())),
        less_than_or_equal: None,
    })
}

/// Which names of the Common Platform Enumeration are hit.
#[derive(Debug, Serialize)]
pub(super) struct Applicability {
    nodes: Vec<Node>,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Node {
    operator: &'static str,
    negate: bool,
    cpe_match: Vec<Match>,
}

#[derive(Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
struct Match {
    vulnerable: bool,
    criteria: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    version_start_including: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    version_end_excluding: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    version_end_including: Option<String>,
}

/// Products with a CPE name whose ranges have an order.
pub(super) fn applicability(site: &Site, entries: &[Entry]) -> Vec<Applicability> {
    let mut all = Vec::new();
    for entry in entries.iter().filter(|entry| entry.text.status.value == AffectedStatus::Affected) {
        let Target::Product(at) = entry.target else { continue };
        let Some(cpe) = &site.policy.products[at].cpe else { continue };
        if entry.scheme != Scheme::Text {
            all.extend(entry.hit().iter().map(|range| matched(cpe.as_str(), range)));
        }
    }
    let cpe_match = once(all);
    if cpe_match.is_empty() {
        return Vec::new();
    }
    vec![Applicability { nodes: vec![Node { operator: "OR", negate: false, cpe_match }] }]
}

fn matched(cpe: &str, range: &Range) -> Match {
    let (excluding, including) = match &range.end {
        End::Fixed(end) => (Some(end.clone()), None),
        End::LastAffected(end) => (None, Some(end.clone())),
        End::Open => (None, None),
    };
    Match {
        vulnerable: true,
        criteria: cpe.to_owned(),
        version_start_including: (range.introduced != "0").then(|| range.introduced.clone()),
        version_end_excluding: excluding,
        version_end_including: including,
    }
}
