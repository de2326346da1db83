//! A record of the OSV schema.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;

use super::facts::{Entry, Facts, Ids, Score, Scores, Stretch, Text, To, cves};
use super::json;
use super::moment::Moment;
use super::subjects::Subjects;

#[derive(Deserialize)]
struct Record<'b> {
    #[serde(borrow)]
    id: Text<'b>,
    modified: &'b str,
    published: &'b str,
    withdrawn: Option<&'b str>,
    #[serde(borrow, default)]
    aliases: BTreeSet<Text<'b>>,
    #[serde(borrow, default)]
    severity: Vec<Severity<'b>>,
    #[serde(borrow, default)]
    affected: Vec<Affected<'b>>,
    #[serde(borrow, default)]
    credits: Vec<Credit<'b>>,
    #[serde(borrow)]
    database_specific: Own<'b>,
}

#[derive(Deserialize)]
struct Severity<'b> {
    #[serde(borrow)]
    score: Text<'b>,
}

#[derive(Deserialize)]
struct Credit<'b> {
    #[serde(borrow)]
    name: Text<'b>,
}

#[derive(Deserialize)]
struct Own<'b> {
    severity: Option<&'b str>,
}

#[derive(Deserialize)]
struct Affected<'b> {
    #[serde(borrow)]
    package: Option<Package<'b>>,
    #[serde(borrow, default)]
    severity: Vec<Severity<'b>>,
    #[serde(borrow, default)]
    ranges: Vec<Range<'b>>,
    #[serde(borrow, default)]
    versions: Vec<Text<'b>>,
    #[serde(borrow)]
    database_specific: Foreign<'b>,
}

#[derive(Deserialize)]
struct Foreign<'b> {
    #[serde(borrow)]
    package: Option<Package<'b>>,
}

#[derive(Deserialize)]
struct Package<'b> {
    #[serde(borrow)]
    ecosystem: Option<Text<'b>>,
    #[serde(borrow)]
    name: Text<'b>,
    #[serde(borrow)]
    purl: Option<Text<'b>>,
}

#[derive(Deserialize)]
struct Range<'b> {
    r#type: &'b str,
    #[serde(borrow)]
    events: Vec<Event<'b>>,
}

#[derive(Deserialize)]
struct Event<'b> {
    #[serde(borrow)]
    introduced: Option<Text<'b>>,
    #[serde(borrow)]
    fixed: Option<Text<'b>>,
    #[serde(borrow)]
    last_affected: Option<Text<'b>>,
}

/// The facts of a record. OSV has no word for what is not hit and for what is not known: a product of which nothing is
/// known to be hit is absent.
pub(super) fn read<'b>(bytes: &'b [u8], subjects: &Subjects<'_>) -> Result<Facts<'b>, String> {
    let record: Record<'b> = json::read(bytes)?;
    // A database whose prefix the schema does not know has `x_` before its ids.
    let id = match record.id.0 {
        std::borrow::Cow::Borrowed(id) => Text::from(id.strip_prefix("x_").unwrap_or(id)),
        std::borrow::Cow::Owned(id) => Text(id.strip_prefix("x_").unwrap_or(&id).to_owned().into()),
    };
    // A vector that is for one product alone stands with that product, and only if the product is here.
    let all = record.affected.iter().all(|affected| affected.severity.is_empty())
        && (!record.severity.is_empty() || record.affected.is_empty());
    let vectors = record.severity.iter().chain(record.affected.iter().flat_map(|it| &it.severity));
    let held: BTreeMap<_, _> = vectors.map(|it| (it.score.clone(), Score::default())).collect();
    let mut entries = Vec::with_capacity(record.affected.len());
    for affected in record.affected {
        entries.extend(entry(affected, subjects)?);
    }
    Ok(Facts {
        id: Some(id),
        cves: Some(Ids { held: cves(&record.aliases), all: true }),
        aliases: Some(Ids { held: record.aliases, all: true }),
        published: Some(Moment::read(record.published)?),
        modified: Some(Moment::read(record.modified)?),
        withdrawn: Some(record.withdrawn.is_some()),
        severity: Some(record.database_specific.severity.unwrap_or_default().to_lowercase()),
        scores: Some(Scores { held, all }),
        credits: Some(record.credits.into_iter().map(|credit| credit.name).collect()),
        entries: Some(entries),
        ..Facts::default()
    })
}

/// What is said of versions; `None` of commits alone.
fn entry<'b>(affected: Affected<'b>, subjects: &Subjects<'_>) -> Result<Option<Entry<'b>>, String> {
    let package = affected.package.or(affected.database_specific.package);
    let package = package.ok_or("an `affected` names no package")?;
    let subject = subjects.find(
        package.purl.as_ref().map(Text::as_str),
        package.name.as_str(),
        package.ecosystem.as_ref().map(Text::as_str),
    )?;
    let mut entry = Entry { subject, ..Entry::default() };
    for range in affected.ranges.into_iter().filter(|range| range.r#type != "GIT") {
        let mut from: Option<Text<'b>> = None;
        for event in range.events {
            let (to, fix) = match (event.introduced, event.fixed, event.last_affected) {
                (Some(introduced), None, None) if from.is_none() => {
                    from = Some(introduced);
                    continue;
                }
                (None, Some(fixed), None) => (To::Before(fixed.clone()), Some(fixed)),
                (None, None, Some(last)) => (To::Through(last), None),
                _ => return Err("two events of a range contradict each other".into()),
            };
            let from = from.take().ok_or("a range ends that has not begun")?;
            entry.fixes.extend(fix);
            entry.stretches.push(Stretch { from, to });
        }
        entry.stretches.extend(from.map(|from| Stretch { from, to: To::Forever }));
    }
    entry.stretches.extend(affected.versions.into_iter().map(Stretch::one));
    Ok((!entry.stretches.is_empty()).then_some(entry))
}
