//! `affected[]` of an OSV record: one product or package, the ranges in which it is hit, and its known releases that are.

use std::borrow::Cow;

use serde::Serialize;

use super::events::{self, Range};
use super::record::Severity;
use crate::model::advisory::affected::{AffectedStatus, Git};
use crate::site::Site;
use crate::site::advisory::{Advisory, Affected as Entry, Target};
use crate::site::support::{Verdict, verdict};
use crate::source::fields::Words;
use crate::value::cpe::Cpe;
use crate::value::ecosystem;
use crate::value::line::Line;
use crate::value::purl::Purl;
use crate::value::range::Ranges;

/// One thing that is hit.
#[derive(Serialize)]
pub(super) struct Affected<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    package: Option<Package<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    severity: Vec<Severity<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    ranges: Vec<Range>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    versions: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    ecosystem_specific: Option<EcosystemSpecific<'a>>,
    database_specific: DatabaseSpecific<'a>,
}

#[derive(Serialize)]
struct Package<'a> {
    ecosystem: &'a str,
    name: Cow<'a, str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    purl: Option<String>,
}

/// RustSec's shape, which other databases took over.
#[derive(Serialize)]
struct EcosystemSpecific<'a> {
    affects: Affects<'a>,
}

#[derive(Serialize)]
struct Affects<'a> {
    arch: Vec<&'a str>,
    functions: Vec<&'a str>,
    os: Vec<&'a str>,
}

/// What OSV has no member for. The first two are in RustSec's shape.
#[derive(Serialize)]
struct DatabaseSpecific<'a> {
    categories: Vec<&'a str>,
    informational: Option<&'static str>,
    /// Where it is from, if that is in no ecosystem of OSV.
    #[serde(skip_serializing_if = "Option::is_none")]
    package: Option<Named<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    cpe: Option<&'a str>,
    /// Commits that are not written in full.
    #[serde(skip_serializing_if = "Option::is_none")]
    git: Option<Commits<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    remediation: Option<Remediation<'a>>,
}

#[derive(Serialize)]
struct Named<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    ecosystem: Option<&'a str>,
    name: &'a str,
}

#[derive(Serialize)]
struct Commits<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    introduced: Option<&'a str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    fixed: Vec<&'a str>,
}

#[derive(Serialize)]
struct Remediation<'a> {
    kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    text: Option<&'a str>,
}

/// Whether an entry can stand in a record: it is hit, and in which versions or commits can be written down.
pub(super) fn is_written(site: &Site, entry: &Entry) -> bool {
    entry.text.status.value == AffectedStatus::Affected
        && (!entry.hit().is_empty() || commits(site, entry).is_some())
}

fn commits(site: &Site, entry: &Entry) -> Option<Range> {
    events::of_commits(entry.text.git.as_ref()?, site.policy.project.repository.as_ref())
}

/// The entry.
pub(super) fn of<'a>(
    site: &'a Site,
    advisory: &'a Advisory,
    entry: &'a Entry,
    severity: Vec<Severity<'a>>,
) -> Affected<'a> {
    let hit = entry.hit();
    let mut ranges = events::of(&hit);
    let commits = commits(site, entry);
    let short = if commits.is_none() { entry.text.git.as_deref().map(short) } else { None };
    ranges.extend(commits);
    let package = package(site, entry);
    let named = if package.is_none() { Some(named(site, entry)) } else { None };
    let text = &entry.text;
    Affected {
        package,
        severity,
        ranges,
        versions: versions(site, entry, &hit),
        ecosystem_specific: specific(entry),
        database_specific: DatabaseSpecific {
            categories: lines(&advisory.front.categories),
            informational: advisory.front.informational.map(Words::word),
            package: named,
            cpe: match entry.target {
                Target::Product(at) => site.policy.products[at].cpe.as_ref().map(Cpe::as_str),
                Target::Package { .. } => None,
            },
            git: short,
            remediation: text.remediation.as_ref().map(|it| Remediation {
                kind: it.kind.word(),
                text: it.text.as_ref().map(|text| text.trim()),
            }),
        },
    }
}

fn package<'a>(site: &'a Site, entry: &'a Entry) -> Option<Package<'a>> {
    let purl = entry.purl(&site.policy);
    let (ecosystem, name) = match &entry.target {
        Target::Product(_) => ecosystem::of_purl(purl?).map(|(known, name)| (known, Cow::Owned(name)))?,
        Target::Package { name, ecosystem } if ecosystem::is_known(ecosystem) => {
            (ecosystem.as_str(), Cow::Borrowed(name.as_str()))
        }
        Target::Package { .. } => return None,
    };
    Some(Package { ecosystem, name, purl: purl.map(Purl::without_version) })
}

fn named<'a>(site: &'a Site, entry: &'a Entry) -> Named<'a> {
    match &entry.target {
        Target::Product(at) => Named { ecosystem: None, name: site.policy.products[*at].name.as_str() },
        Target::Package { name, ecosystem } => Named { ecosystem: Some(ecosystem), name },
    }
}

/// Known releases that are hit, in the order of the policy: those that the pages of releases name. Then versions that
/// stand alone.
fn versions(site: &Site, entry: &Entry, hit: &Ranges) -> Vec<String> {
    let mut versions = Vec::new();
    if let Target::Product(at) = entry.target {
        let releases = site.policy.products[at].releases.iter().map(|release| release.as_str());
        let is_hit = |version: &&str| matches!(verdict(entry, version), Some(Verdict::Hit(_)));
        versions.extend(releases.filter(is_hit).map(str::to_owned));
    }
    for version in events::single(hit) {
        if !versions.iter().any(|held| held == version) {
            versions.push(version.to_owned());
        }
    }
    versions
}

fn specific(entry: &Entry) -> Option<EcosystemSpecific<'_>> {
    let platforms = entry.text.platforms.as_ref();
    let os = platforms.map_or_else(Vec::new, |platforms| lines(&platforms.os));
    let arch = platforms.map_or_else(Vec::new, |platforms| lines(&platforms.arch));
    let functions = lines(&entry.text.symbols);
    let any = !os.is_empty() || !arch.is_empty() || !functions.is_empty();
    any.then_some(EcosystemSpecific { affects: Affects { arch, functions, os } })
}

fn short(git: &Git) -> Commits<'_> {
    Commits { introduced: git.introduced.as_ref().map(Line::as_str), fixed: lines(&git.fixed) }
}

fn lines(lines: &[Line]) -> Vec<&str> {
    lines.iter().map(Line::as_str).collect()
}
