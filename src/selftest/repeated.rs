//! What feeds, lists and OpenVEX documents repeat, beside what the advisories' own files say.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use rayon::prelude::*;

use super::claims::{Claims, Mention, Of, Statement, Status};
use super::disagree;
use super::facts::Entry;
use super::moment::Moment;
use super::states::{State, States};
use super::summary::{Product, Summary};
use crate::diag::Diagnostic;
use crate::routes;
use crate::site::Site;
use crate::site::advisory::Advisory;
use crate::value::scheme::Scheme;
use crate::value::version::Version;

/// Of whom a file speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Told {
    /// Some advisories.
    Some,
    /// All with a record of OSV.
    Records,
    /// All, by their CSAF documents.
    Documents,
    /// All that are about a product of the policy.
    Product(usize),
}

/// A file of many advisories: its path, of whom it speaks, what it says.
pub(super) type Spoken = (String, Told, Claims);

/// All differences.
pub(super) fn compare(
    site: &Site,
    names: &Names,
    summaries: &[Summary],
    files: &[Spoken],
) -> Vec<Diagnostic> {
    let found = files.par_iter().map(|(path, told, claims)| {
        let mut out: Vec<(usize, String)> = Vec::new();
        mentions(path, *told, &claims.mentions, summaries, names, &mut out);
        if let Told::Product(product) = told {
            let releases = &site.policy.products[*product].releases;
            let releases: Vec<&str> = releases.iter().map(|release| release.as_str()).collect();
            statements(path, (*product, &releases), &claims.statements, summaries, names, &mut out);
        }
        out
    });
    let mut found: Vec<(usize, String)> = found.collect::<Vec<_>>().concat();
    found.sort();
    let place = |at: usize| site.advisories[at].front.id.span;
    found.into_iter().map(|(at, message)| disagree(place(at), message)).collect()
}

/// Advisories by what files call them. They are asked for, never listed, so their order shows nowhere.
pub(super) struct Names {
    pages: HashMap<String, usize>,
    ids: HashMap<String, usize>,
    documents: HashMap<String, usize>,
}

impl Names {
    pub(super) fn of(site: &Site) -> Self {
        let by = |name: &dyn Fn(&Advisory) -> String| {
            site.advisories.iter().enumerate().map(|(at, advisory)| (name(advisory), at)).collect()
        };
        let (pages, (ids, documents)) = rayon::join(
            || by(&|it| site.url(&routes::advisory(&it.id))),
            || {
                rayon::join(
                    || by(&|it| it.id.as_str().to_owned()),
                    || by(&|it| routes::csaf_path(&it.id, it.published.day().year())),
                )
            },
        );
        Self { pages, ids, documents }
    }

    fn find(&self, of: &Of) -> Option<usize> {
        match of {
            Of::Page(page) => self.pages.get(page),
            Of::Id(id) => self.ids.get(id),
            Of::Document(path) => self.documents.get(path),
        }
        .copied()
    }
}

fn mentions(
    path: &str,
    told: Told,
    mentions: &[Mention],
    summaries: &[Summary],
    names: &Names,
    out: &mut Vec<(usize, String)>,
) {
    let mut seen = vec![false; summaries.len()];
    for mention in mentions {
        let Some(at) = names.find(&mention.of) else {
            out.push((0, format!("`{path}` names `{:?}`, which is no advisory", mention.of)));
            continue;
        };
        if std::mem::replace(&mut seen[at], true) {
            out.push((at, format!("`{path}` names the advisory twice")));
        }
        let summary = &summaries[at];
        let modified = if told == Told::Documents { &summary.document } else { &summary.modified };
        let dates = [
            ("was published", &mention.published, &summary.published),
            ("changed", &mention.modified, modified),
        ];
        for (what, said, held) in dates {
            if let (Some(said), Some(held)) = (said, held)
                && !said.agrees(held)
            {
                out.push((
                    at,
                    format!(
                        "`{path}` says it {what} `{}`, its own files say `{}`",
                        said.words(),
                        held.words()
                    ),
                ));
            }
        }
        if mention.withdrawn.zip(summary.withdrawn).is_some_and(|(said, held)| said != held) {
            out.push((at, format!("`{path}` and its own files differ about whether it is withdrawn")));
        }
    }
    let wanted = |summary: &Summary| match told {
        Told::Records => summary.record,
        Told::Documents => summary.document.is_some(),
        Told::Some | Told::Product(_) => false,
    };
    let missing = summaries.iter().enumerate().filter(|(at, summary)| wanted(summary) && !seen[*at]);
    out.extend(missing.map(|(at, _)| (at, format!("`{path}` does not name the advisory"))));
}

fn statements(
    path: &str,
    (product, releases): (usize, &[&str]),
    statements: &[Statement],
    summaries: &[Summary],
    names: &Names,
    out: &mut Vec<(usize, String)>,
) {
    let mut by_advisory: BTreeMap<usize, Vec<&Statement>> = BTreeMap::new();
    for statement in statements {
        if let Some(at) = names.pages.get(&statement.page) {
            by_advisory.entry(*at).or_default().push(statement);
        }
    }
    for (at, summary) in summaries.iter().enumerate() {
        let Some(said) = summary.products.iter().find(|it| it.product == product) else { continue };
        let statements = by_advisory.get(&at).map(Vec::as_slice).unwrap_or_default();
        if let Some(message) = differs(statements, releases, summary, said) {
            out.push((at, format!("`{path}` {message}")));
        }
    }
}

/// The first thing that statements about a product say otherwise.
fn differs(
    statements: &[&Statement],
    releases: &[&str],
    summary: &Summary,
    said: &Product,
) -> Option<String> {
    let date =
        |said: &Moment<'_>, held: &Option<Moment<'_>>| held.as_ref().is_none_or(|held| said.agrees(held));
    if let Some(wrong) = statements.iter().find(|it| !date(&it.published, &summary.published)) {
        return Some(format!(
            "says it was published `{}`, its own files say otherwise",
            wrong.published.words()
        ));
    }
    if let Some(wrong) = statements.iter().find(|it| !date(&it.modified, &summary.modified)) {
        return Some(format!("says it changed `{}`, its own files say otherwise", wrong.modified.words()));
    }
    if summary.withdrawn == Some(true) {
        // OpenVEX cannot take a statement back: the last word is that nothing is hit.
        let sound =
            matches!(statements, [one] if one.status == Status::NotAffected && one.versions.is_empty());
        return (!sound).then(|| "does not say that the advisory was withdrawn".to_owned());
    }
    let hit = |entry: &Entry<'_>| !entry.stretches.is_empty();
    if statements.is_empty() {
        return said.entries.iter().any(hit).then(|| "says nothing of the advisory".to_owned());
    }
    let states = States::of(said.entries.iter(), said.scheme);
    for statement in statements {
        let word = statement.status.word();
        let whole = match statement.status {
            Status::NotAffected => !said.entries.iter().any(hit),
            Status::UnderInvestigation => !said.entries.iter().any(|entry| hit(entry) && !entry.open),
            Status::Affected => said.entries.iter().any(|entry| hit(entry) && !entry.open),
            Status::Fixed => false,
        };
        if statement.versions.is_empty() && !whole && !said.entries.is_empty() {
            return Some(format!("says `{word}` of every version, its own files say otherwise"));
        }
        for (text, spelled) in &statement.versions {
            let text = if *spelled { meant(text, said) } else { text };
            let Ok(version) = Version::parse(text, said.scheme) else { continue };
            let held = expected(&states, said, text, &version);
            if held != statement.status && !said.entries.is_empty() {
                let shown = crate::diag::escape::short(text, 60);
                return Some(format!("says `{word}` of `{shown}`, its own files say `{}`", held.word()));
            }
        }
    }
    missing(statements, releases)
}

/// A known release of which no statement speaks, though some speak of releases.
fn missing(statements: &[&Statement], releases: &[&str]) -> Option<String> {
    let named = || statements.iter().flat_map(|statement| &statement.versions);
    let versions: BTreeSet<&str> = named().map(|(version, _)| version.as_str()).collect();
    let spelled = named().any(|(_, spelled)| *spelled);
    let names = |release: &&&str| match spelled {
        true => versions.contains(release.chars().map(tame).collect::<String>().as_str()),
        false => versions.contains(**release),
    };
    let missing = if versions.is_empty() { None } else { releases.iter().find(|release| !names(release)) };
    missing.map(|release| format!("says nothing of `{}`", crate::diag::escape::short(release, 60)))
}

/// Addresses have fewer characters than versions.
fn tame(c: char) -> char {
    if c.is_ascii_alphanumeric() || "-._~+:".contains(c) { c } else { '_' }
}

/// The version that an address can only hint at: one that the advisory names, else the text as it is.
fn meant<'t>(text: &'t str, said: &'t Product) -> &'t str {
    let named =
        said.entries.iter().flat_map(|it| it.stretches.iter().flat_map(super::facts::Stretch::bounds));
    let mut named = named.map(super::facts::Text::as_str);
    named.find(|name| name.chars().map(tame).eq(text.chars())).unwrap_or(text)
}

/// What the advisory's own files say of a version, in OpenVEX's words.
fn expected(states: &States<'_>, said: &Product, text: &str, version: &Version) -> Status {
    let mended = |fix: &str, scheme: Scheme| scheme.compare(fix, text).is_some_and(std::cmp::Ordering::is_le);
    match states.at(text, version) {
        State::Hit => Status::Affected,
        State::Unknown => Status::UnderInvestigation,
        State::Safe => {
            let mut fixes = said.entries.iter().flat_map(|entry| &entry.fixes);
            let fixed = fixes.any(|fix| mended(fix.as_str(), said.scheme));
            if fixed { Status::Fixed } else { Status::NotAffected }
        }
    }
}
