//! Advisories as JSON documents: in go files of one format and the site they come to, out come advisories under ids of
//! that site, a report of what became of every statement, and all that is wrong.
//!
//! Ids clash with nothing: an id that the site has, or that two documents claim, is a problem and never a second file.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use super::draft::Draft;
use super::front_matter::FrontMatter;
use super::host::Host;
use super::json::Node;
use super::loss::{Loss, Outcome, Report};
use super::{Imported, Problem, csaf, cve, ghsa, osv};
use crate::value::date::When;
use crate::value::id::AdvisoryId;
use crate::value::shown::shown;

/// Largest advisory that a site may hold, in bytes.
const LARGEST: usize = 256 << 10;

/// The formats of documents.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Records of the OSV schema 1.x.
    Osv,
    /// GitHub Security Advisories, as records of its database or as its REST interface answers.
    Ghsa,
    /// Documents of CSAF 2.0.
    Csaf,
    /// Records of the CVE Record Format 5.x.
    Cve,
}

impl Format {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Osv, Self::Ghsa, Self::Csaf, Self::Cve];

    /// Its name for messages.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Osv => "OSV",
            Self::Ghsa => "GitHub",
            Self::Csaf => "CSAF",
            Self::Cve => "CVE",
        }
    }

    fn is_one(self, document: &Node) -> bool {
        match self {
            Self::Osv => osv::is_one(document),
            Self::Ghsa => ghsa::is_one(document),
            Self::Csaf => csaf::is_one(document),
            Self::Cve => cve::is_one(document),
        }
    }

    fn read<'s>(self, source: &'s str, document: &'s Node, host: &Host) -> Vec<Draft<'s>> {
        match self {
            Self::Osv => vec![osv::read(source, document, host)],
            Self::Ghsa => vec![ghsa::read(source, document, host)],
            Self::Csaf => csaf::read(source, document, host),
            Self::Cve => vec![cve::read(source, document, host)],
        }
    }
}

/// What came of an import.
#[derive(Debug)]
pub struct Import {
    /// Advisories, ordered by id.
    pub imported: Vec<Imported>,
    /// What became of their statements.
    pub report: Report,
    /// What is wrong, by file and line. Where there is anything, nothing should be written.
    pub problems: Vec<Problem>,
    /// Files of another format, by name: lists, feeds and the like.
    pub skipped: Vec<String>,
}

/// An advisory that lacks nothing but its id.
struct Made {
    source: String,
    line: usize,
    id: String,
    is_coined: bool,
    matter: FrontMatter,
    text: String,
    losses: Vec<Loss>,
}

/// Imports documents of one format. A document may be a list of advisories, as interfaces of the web answer.
#[must_use]
pub fn import(format: Format, files: &[(String, Vec<u8>)], host: &Host) -> Import {
    let read: Vec<Answer> =
        files.par_iter().map(|(path, bytes)| document(format, path, bytes, host)).collect();
    let (mut made, mut problems, mut skipped) = (Vec::new(), Vec::new(), Vec::new());
    for ((path, _), answer) in files.iter().zip(read) {
        match answer {
            Answer::Read(mut advisories, mut found) => {
                made.append(&mut advisories);
                problems.append(&mut found);
            }
            Answer::Other => skipped.push(path.clone()),
        }
    }
    // The order in which ids are given out: when each became public, whatever order a folder was read in.
    made.sort_by_key(|made| {
        let published = made.matter.published.as_ref().and_then(|date| When::from_toml(date).ok());
        (published.map(|date| date.timestamp()), made.id.clone(), made.source.clone(), made.line)
    });
    refuse_clashes(&made, host, &mut problems);
    let imported = if problems.is_empty() { finish(made, host, &mut problems) } else { Vec::new() };
    problems.sort();
    skipped.sort();
    let report = Report::new(files.len() - skipped.len(), &imported);
    Import { imported, report, problems, skipped }
}

enum Answer {
    Read(Vec<Made>, Vec<Problem>),
    Other,
}

fn document(format: Format, path: &str, bytes: &[u8], host: &Host) -> Answer {
    let root = match Node::read(bytes) {
        Ok(root) => root,
        Err(fault) => {
            let problem = Problem {
                source: path.to_owned(),
                line: fault.line,
                message: fault.message,
                help: fault.help,
            };
            return Answer::Read(Vec::new(), vec![problem]);
        }
    };
    let documents = if root.is_object() { std::slice::from_ref(&root) } else { root.items() };
    if documents.is_empty() || !documents.iter().all(|document| format.is_one(document)) {
        return Answer::Other;
    }
    let (mut made, mut problems) = (Vec::new(), Vec::new());
    for document in documents {
        let mut drafts = format.read(path, document, host);
        let many = drafts.len();
        for (at, draft) in drafts.iter_mut().enumerate() {
            draft.settle_severity();
            draft.settle_entries(host);
            problems.append(&mut draft.problems);
            // The values of a document with several advisories are told once.
            let values = if at + 1 == many { document.losses(path) } else { Vec::new() };
            let mut losses = std::mem::take(&mut draft.losses);
            losses.extend(values);
            losses.sort_by_key(|loss| loss.line);
            made.push(Made {
                source: path.to_owned(),
                line: draft.line,
                id: std::mem::take(&mut draft.id),
                is_coined: draft.is_coined,
                text: draft.text(),
                matter: std::mem::take(&mut draft.matter),
                losses,
            });
        }
    }
    Answer::Read(made, problems)
}

fn refuse_clashes(made: &[Made], host: &Host, problems: &mut Vec<Problem>) {
    let mut owners: BTreeMap<String, &Made> = BTreeMap::new();
    for advisory in made.iter().filter(|made| !made.id.is_empty()) {
        let refuse = |message: String, help: &str| Problem {
            source: advisory.source.clone(),
            line: advisory.line,
            message,
            help: help.to_owned(),
        };
        let id = shown(&advisory.id);
        if let Some(owner) = host.owner(&advisory.id) {
            let message = format!("{id} is here already, as {}", shown(owner));
            problems.push(refuse(message, "leave the document out; an import changes nothing that is here"));
        } else if advisory.is_coined
            && let Some((document, _)) = advisory.id.rsplit_once('-')
            && host.has_part(document, &advisory.matter.aliases)
        {
            let message = format!("{} is here already, with the same vulnerability", shown(document));
            problems.push(refuse(message, "leave the document out; an import changes nothing that is here"));
        } else if let Some(first) = owners.insert(advisory.id.to_ascii_lowercase(), advisory) {
            let message = format!("{id} is the id of {} already, line {}", shown(&first.source), first.line);
            problems.push(refuse(message, "leave one of the two out"));
        }
    }
}

/// Gives each advisory its id and writes it down.
fn finish(made: Vec<Made>, host: &Host, problems: &mut Vec<Problem>) -> Vec<Imported> {
    let keeps = |made: &Made| host.keep_ids || host.owns(&made.id);
    // Ids of the set that stay, for an alias may name an advisory that comes later.
    let kept: BTreeSet<String> =
        made.iter().filter(|made| keeps(made)).map(|made| made.id.to_ascii_lowercase()).collect();
    let mut numbers = host.numbers();
    if let Some(prefix) = &host.prefix {
        for (year, number) in made
            .iter()
            .filter(|made| keeps(made))
            .filter_map(|made| prefix.number_of(&AdvisoryId::parse(&made.id).ok()?))
        {
            let held = numbers.entry(year).or_insert(number);
            *held = (*held).max(number);
        }
    }
    let mut imported = Vec::new();
    for mut advisory in made {
        let keep = keeps(&advisory);
        let given = if keep { kept_id(&advisory) } else { new_id(&advisory, host, &mut numbers) };
        let id = match given {
            Ok(id) => id,
            Err((message, help)) => {
                problems.push(Problem { source: advisory.source, line: advisory.line, message, help });
                continue;
            }
        };
        if !keep {
            keep_as_alias(&mut advisory);
        }
        settle_ids(&mut advisory, host, &kept);
        advisory.matter.id = id.as_str().to_owned();
        let text = format!("{}\n{}", advisory.matter.write(), advisory.text);
        if text.len() > LARGEST {
            let message = format!("the advisory would have {} bytes, more than {LARGEST}", text.len());
            let help = "shorten its text or its lists of versions in the source".to_owned();
            problems.push(Problem { source: advisory.source, line: advisory.line, message, help });
            continue;
        }
        let year = id.year().or_else(|| year(&advisory.matter)).unwrap_or_default();
        imported.push(Imported {
            path: format!("advisories/{year:04}/{id}.md"),
            text,
            id: advisory.matter.id,
            losses: advisory.losses,
        });
    }
    imported.sort_by(|a, b| a.id.cmp(&b.id));
    imported
}

fn kept_id(made: &Made) -> Result<AdvisoryId, (String, String)> {
    AdvisoryId::parse(&made.id).map_err(|invalid| {
        (
            invalid.message,
            "leave --keep-ids out: the advisory gets an id of this site, and that one as an alias".to_owned(),
        )
    })
}

/// The next number of the year in which it became public.
fn new_id(
    made: &Made,
    host: &Host,
    numbers: &mut BTreeMap<i16, u32>,
) -> Result<AdvisoryId, (String, String)> {
    let Some(prefix) = &host.prefix else {
        let help = "add [advisories] with a `prefix` such as \"EXAMPLE\" to policy.toml, or give --keep-ids";
        return Err(("the policy does not say how ids begin".to_owned(), help.to_owned()));
    };
    let none_left = || ("there is no id left for its year".to_owned(), "choose another prefix".to_owned());
    let year = year(&made.matter).ok_or_else(none_left)?;
    let number = numbers.get(&year).copied().unwrap_or(0).checked_add(1).ok_or_else(none_left)?;
    let id = prefix.id(year, number).ok_or_else(none_left)?;
    numbers.insert(year, number);
    Ok(id)
}

fn year(matter: &FrontMatter) -> Option<i16> {
    matter.published.as_ref().and_then(|date| date.date).and_then(|date| i16::try_from(date.year).ok())
}

fn keep_as_alias(advisory: &mut Made) {
    if advisory.id.is_empty() || advisory.is_coined {
        return;
    }
    match crate::value::id::Alias::parse(&advisory.id) {
        Ok(alias) => advisory.matter.aliases.insert(0, alias.as_str().to_owned()),
        Err(_) => {
            let outcome =
                Outcome::nowhere("not in the form of an id of any database, so it cannot be an alias");
            let statement = "id as an alias".to_owned();
            advisory.losses.push(Loss {
                source: advisory.source.clone(),
                line: advisory.line,
                statement,
                outcome,
            });
        }
    }
}

/// An alias that is an advisory of its own here is `related`: no two of ours may be the same. One that bears this
/// site's prefix and is nowhere to be found would be refused, so it goes.
fn settle_ids(advisory: &mut Made, host: &Host, kept: &BTreeSet<String>) {
    let is_ours = |id: &String| kept.contains(&id.to_ascii_lowercase()) || host.has_id(id);
    let matter = &mut advisory.matter;
    let (ours, others): (Vec<_>, Vec<_>) = matter.aliases.drain(..).partition(is_ours);
    matter.aliases = others;
    matter.related.extend(ours);
    let (source, line) = (advisory.source.clone(), advisory.line);
    for list in [&mut matter.aliases, &mut matter.related, &mut matter.upstream] {
        list.retain(|id| {
            let stays = !host.owns(id) || is_ours(id);
            if !stays {
                let outcome = Outcome::nowhere("has this site's prefix, and this site has no such advisory");
                advisory.losses.push(Loss {
                    source: source.clone(),
                    line,
                    statement: "other id".to_owned(),
                    outcome,
                });
            }
            stays
        });
    }
}

#[cfg(test)]
pub(super) mod sample;
#[cfg(test)]
mod tests;
