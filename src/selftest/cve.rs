//! A CVE record, or a draft of a CNA's container.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;

use super::facts::{Entry, Facts, Ids, Score, Scores, Stretch, Text, To};
use super::json;
use super::moment::Moment;
use super::subjects::Subjects;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct File<'b> {
    #[serde(borrow)]
    cna_container: Option<Container<'b>>,
    #[serde(borrow)]
    containers: Option<Containers<'b>>,
    #[serde(borrow)]
    cve_metadata: Option<Metadata<'b>>,
}

#[derive(Deserialize)]
struct Containers<'b> {
    #[serde(borrow)]
    cna: Container<'b>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Metadata<'b> {
    #[serde(borrow)]
    cve_id: Text<'b>,
    date_published: &'b str,
    date_updated: &'b str,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Container<'b> {
    rejected_reasons: Option<Vec<serde::de::IgnoredAny>>,
    date_public: Option<&'b str>,
    #[serde(borrow, default)]
    affected: Vec<Affected<'b>>,
    #[serde(borrow, default)]
    metrics: Vec<Metric<'b>>,
    #[serde(borrow, default)]
    credits: Vec<Credit<'b>>,
    #[serde(borrow)]
    source: Option<Source<'b>>,
}

#[derive(Deserialize)]
struct Source<'b> {
    #[serde(borrow)]
    advisory: Text<'b>,
}

#[derive(Deserialize)]
struct Credit<'b> {
    #[serde(borrow)]
    value: Text<'b>,
}

#[derive(Deserialize)]
struct Metric<'b> {
    #[serde(borrow, rename = "cvssV2_0")]
    v2: Option<Block<'b>>,
    #[serde(borrow, rename = "cvssV3_0")]
    v30: Option<Block<'b>>,
    #[serde(borrow, rename = "cvssV3_1")]
    v31: Option<Block<'b>>,
    #[serde(borrow, rename = "cvssV4_0")]
    v4: Option<Block<'b>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Block<'b> {
    #[serde(borrow)]
    vector_string: Text<'b>,
    base_score: f64,
    base_severity: Option<&'b str>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Affected<'b> {
    #[serde(borrow)]
    vendor: Text<'b>,
    #[serde(borrow)]
    product: Text<'b>,
    #[serde(borrow, rename = "packageURL")]
    package_url: Option<Text<'b>>,
    default_status: &'b str,
    #[serde(borrow, default)]
    versions: Vec<Version<'b>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Version<'b> {
    #[serde(borrow)]
    version: Text<'b>,
    status: &'b str,
    version_type: Option<&'b str>,
    #[serde(borrow)]
    less_than: Option<Text<'b>>,
    #[serde(borrow)]
    less_than_or_equal: Option<Text<'b>>,
}

/// The facts of a record. It has no word for the severity but that of its vectors, names one CVE id of perhaps several,
/// and knows no withdrawn advisory: an id is rejected, and then all else is gone, or it stands.
pub(super) fn read<'b>(bytes: &'b [u8], subjects: &Subjects<'_>) -> Result<Facts<'b>, String> {
    let file: File<'b> = json::read(bytes)?;
    let container = file.containers.map(|it| it.cna).or(file.cna_container).ok_or("it has no container")?;
    let mut facts = Facts::default();
    if let Some(metadata) = file.cve_metadata {
        facts.cves = Some(Ids { held: BTreeSet::from([metadata.cve_id]), all: false });
        facts.published = Some(Moment::read(metadata.date_published)?);
        facts.modified = Some(Moment::read(metadata.date_updated)?);
    }
    if container.rejected_reasons.is_some() {
        facts.withdrawn = Some(true);
        return Ok(facts);
    }
    let public = Moment::read(container.date_public.ok_or("it has no `datePublic`")?)?;
    if let Some(published) = &facts.published
        && !published.agrees(&public)
    {
        return Err("`datePublic` and `datePublished` differ".into());
    }
    facts.published = Some(public);
    facts.id = container.source.map(|source| source.advisory);
    facts.credits = Some(container.credits.into_iter().map(|credit| credit.value).collect());
    let blocks = container.metrics.into_iter().flat_map(|it| [it.v2, it.v30, it.v31, it.v4]).flatten();
    let held: BTreeMap<_, _> = blocks
        .map(|block| {
            let tenths = Some((block.base_score * 10.0).round() as u32);
            (block.vector_string, Score { tenths, word: block.base_severity.map(str::to_lowercase) })
        })
        .collect();
    facts.scores = Some(Scores { held, all: true });
    let mut entries = Vec::with_capacity(container.affected.len());
    for affected in container.affected {
        entries.extend(entry(affected, subjects)?);
    }
    facts.entries = Some(entries);
    Ok(facts)
}

/// What is said of versions; `None` of commits alone.
fn entry<'b>(affected: Affected<'b>, subjects: &Subjects<'_>) -> Result<Option<Entry<'b>>, String> {
    let purl = affected.package_url.as_ref().map(Text::as_str);
    let subject = subjects.find(purl, affected.product.as_str(), Some(affected.vendor.as_str()))?;
    if !affected.versions.is_empty() && affected.versions.iter().all(|it| it.version_type == Some("git")) {
        return Ok(None);
    }
    let mut entry = Entry { subject, ..Entry::default() };
    match affected.default_status {
        "unaffected" => {}
        "unknown" => {
            entry.open = true;
            entry.stretches.push(Stretch::all());
        }
        other => return Err(format!("`{other}` is a `defaultStatus` that is not ours")),
    }
    for version in affected.versions {
        let open = match version.status {
            "affected" => false,
            "unknown" => true,
            other => return Err(format!("`{other}` is a `status` that is not ours")),
        };
        if open != entry.open && !entry.stretches.is_empty() {
            return Err("versions of one product are affected and unknown".into());
        }
        entry.open = open;
        let to = match (version.less_than, version.less_than_or_equal) {
            (None, None) => To::Through(version.version.clone()),
            (Some(end), None) if end.as_str() == "*" => To::Forever,
            (Some(end), None) => {
                entry.fixes.insert(end.clone());
                To::Before(end)
            }
            (None, Some(end)) => To::Through(end),
            (Some(_), Some(_)) => return Err("a version has two ends".into()),
        };
        entry.stretches.push(Stretch { from: version.version, to });
    }
    Ok(Some(entry))
}
