//! The files of one advisory beside each other.
//!
//! In go what each file says, out come sentences that name two files and what each of them says. A file that does not
//! tell a fact contradicts nobody; the first difference of each kind is told of each file.

use super::facts::{Entry, Facts, Ids, Scores, To};
use super::states::{State, States};
use super::subjects::{Subject, Subjects};
use crate::value::scheme::Scheme;
use crate::value::version::Version;

/// How many comparisons of versions are made for one product of one advisory. A thousand ranges beside a thousand
/// releases are less; what no author has ever written ends in bounded time, and some of its versions are not asked for.
const COMPARISONS: usize = 4_000_000;

/// How many bounds of ranges are compared, for the same reason.
const BOUNDS: usize = 2000;

/// With how many files each other one is compared: an advisory may have a record for each of many CVE ids.
const FIRST: usize = 4;

/// A file and its facts.
pub(super) type File<'f> = (&'f str, Facts<'f>);

/// All differences.
pub(super) fn compare(id: &str, subjects: &Subjects<'_>, files: &[File<'_>]) -> Vec<String> {
    let mut out = Vec::new();
    for (path, facts) in files {
        if let Some(other) = facts.id.as_ref().filter(|other| other.as_str() != id) {
            out.push(format!("`{path}` is about `{}`, not about `{id}`", cut(other.as_str())));
        }
    }
    differ(
        files,
        "when it was published",
        |it| it.published.as_ref(),
        |a, b| a.agrees(b),
        |it| it.words().into(),
        &mut out,
    );
    differ(
        files,
        "when it last changed",
        |it| it.modified.as_ref(),
        |a, b| a.agrees(b),
        |it| it.words().into(),
        &mut out,
    );
    differ(
        files,
        "whether it is withdrawn",
        |it| it.withdrawn.as_ref(),
        |a, b| a == b,
        ToString::to_string,
        &mut out,
    );
    differ(files, "its severity", |it| it.severity.as_ref(), |a, b| a == b, Clone::clone, &mut out);
    let ids = |a: &Ids<'_>, b: &Ids<'_>| same_ids(id, a, b);
    let listed = |ids: &Ids<'_>| list(ids.held.iter().map(super::facts::Text::as_str));
    differ(files, "its CVE ids", |it| it.cves.as_ref(), ids, listed, &mut out);
    differ(files, "its aliases", |it| it.aliases.as_ref(), ids, listed, &mut out);
    let vectors = |scores: &Scores<'_>| {
        list(scores.held.iter().map(|(vector, score)| {
            let tenths = score.tenths.map(|tenths| format!(" = {}.{}", tenths / 10, tenths % 10));
            let word = score.word.as_ref().map(|word| format!(" {word}"));
            format!("{}{}{}", vector.as_str(), tenths.unwrap_or_default(), word.unwrap_or_default())
        }))
    };
    differ(files, "its vectors", |it| it.scores.as_ref(), same_scores, vectors, &mut out);
    let names = |names: &std::collections::BTreeSet<_>| list(names.iter().map(super::facts::Text::as_str));
    differ(files, "whom it thanks", |it| it.credits.as_ref(), |a, b| a == b, names, &mut out);
    for (at, subject) in subjects.iter() {
        if let Some(scheme) = subject.scheme {
            versions(at, subject, scheme, files, &mut out);
        }
    }
    out
}

/// Compares one fact of each file with those of the first that tell it: one has a vector's score, another only the vector.
fn differ<'f, T: 'f>(
    files: &'f [File<'f>],
    what: &str,
    get: impl Fn(&'f Facts<'f>) -> Option<&'f T>,
    same: impl Fn(&T, &T) -> bool,
    show: impl Fn(&T) -> String,
    out: &mut Vec<String>,
) {
    let told = || files.iter().filter_map(|(path, facts)| Some((*path, get(facts)?)));
    for (at, (path, other)) in told().enumerate() {
        let mut before = told().take(at.min(FIRST));
        if let Some((first, held)) = before.find(|(_, held)| !same(held, other)) {
            let (held, other) = (cut(&show(held)), cut(&show(other)));
            out.push(format!("`{first}` and `{path}` differ about {what}: `{held}` and `{other}`"));
        }
    }
}

/// An advisory that keeps another database's id may have that one as an alias, or only as its id.
fn same_ids(own: &str, a: &Ids<'_>, b: &Ids<'_>) -> bool {
    let within = |a: &Ids<'_>, b: &Ids<'_>| a.held.iter().all(|id| id.as_str() == own || b.held.contains(id));
    (!a.all || within(b, a)) && (!b.all || within(a, b))
}

fn same_scores(a: &Scores<'_>, b: &Scores<'_>) -> bool {
    let within = |a: &Scores<'_>, b: &Scores<'_>| a.held.keys().all(|vector| b.held.contains_key(vector));
    let beside = a.held.iter().filter_map(|(vector, a)| Some((a, b.held.get(vector)?)));
    let mut equal = beside.map(|(a, b)| {
        let tenths = a.tenths.zip(b.tenths).is_none_or(|(a, b)| a == b);
        tenths && a.word.as_ref().zip(b.word.as_ref()).is_none_or(|(a, b)| a == b)
    });
    (!a.all || within(b, a)) && (!b.all || within(a, b)) && equal.all(|equal| equal)
}

/// A file's word on one subject.
struct Voice<'f> {
    path: &'f str,
    facts: &'f Facts<'f>,
    entries: Vec<&'f Entry<'f>>,
    states: States<'f>,
}

fn versions(at: usize, subject: &Subject<'_>, scheme: Scheme, files: &[File<'_>], out: &mut Vec<String>) {
    let heard = files.iter().filter(|(_, facts)| !facts.mute.contains(&at));
    let voices: Vec<Voice<'_>> = heard
        .filter_map(|(path, facts)| {
            let entries: Vec<_> = facts.entries.as_ref()?.iter().filter(|it| it.subject == at).collect();
            let states = States::of(entries.iter().copied(), scheme);
            Some(Voice { path, facts, entries, states })
        })
        .collect();
    // The last is the page, which says the most: what is spared, too.
    let Some(first) = voices.iter().rev().find(|voice| !voice.states.is_silent()) else { return };
    let others = || voices.iter().filter(|voice| voice.path != first.path);
    let probes = probes(subject, scheme, &voices);
    let mut wrong: Vec<(&str, &str, State, State)> = Vec::new();
    for (text, version) in &probes {
        let held = first.states.at(text, version);
        for voice in others() {
            if wrong.iter().any(|(path, ..)| *path == voice.path) {
                continue;
            }
            let state = voice.states.at(text, version);
            if !agree(held, state, &voice.states, subject, scheme) {
                wrong.push((voice.path, text, held, state));
            }
        }
    }
    for (path, version, held, state) in wrong {
        let (name, version) = (cut(subject.name()), cut(version));
        let (held, state) = (held.word(), state.word());
        out.push(format!(
            "`{}` and `{path}` differ about {name} `{version}`: {held} and {state}",
            first.path
        ));
    }
    // A list of hit releases stands on a page beside its table.
    for voice in &voices {
        let Some(listed) = voice.facts.listed.get(&at) else { continue };
        let known = probes.iter().filter(|(text, _)| subject.releases.contains(text));
        let mut differing = known.map(|(text, version)| {
            let listed = listed.iter().any(|it| it.as_str() == *text);
            (text, listed, first.states.at(text, version) == State::Hit)
        });
        if let Some((text, listed, _)) = differing.find(|(_, listed, hit)| listed != hit) {
            let (name, version) = (cut(subject.name()), cut(text));
            let (table, list) = if listed { ("not affected", "affected") } else { ("affected", "not") };
            let of = format!("the list of releases in `{}`", voice.path);
            out.push(format!(
                "`{}` and {of} differ about {name} `{version}`: {table} and {list}",
                first.path
            ));
        }
    }
    // Where versions are said to be safe, ranges of formats without a word for that end before them and begin after.
    // Without an order, a word such as "later" is a version that CSAF 2.0 §6.1.31 does not take for one.
    if subject.spared || scheme == Scheme::Text {
        return;
    }
    let held = bounds(first, scheme);
    for voice in others().filter(|voice| !voice.states.is_silent()) {
        if let Some(bound) = unlike_bounds((first, &held), (voice, &bounds(voice, scheme))) {
            let name = cut(subject.name());
            out.push(format!(
                "`{}` and `{}` differ about {name}: only one says `{bound}`",
                first.path, voice.path
            ));
        }
    }
}

/// Whether two files can both be right about a version.
fn agree(held: State, state: State, states: &States<'_>, subject: &Subject<'_>, scheme: Scheme) -> bool {
    // OSV has no word for a product that is not hit, or may be: it leaves it out.
    if states.is_silent() {
        return held != State::Hit;
    }
    // A range that begins after a version cannot be written where nobody knows which one comes next.
    let unspeakable = subject.spared && scheme != Scheme::Semver && held == State::Safe;
    held == state || unspeakable
}

/// Known releases, and every version that a file names, as far as the scheme can read them.
fn probes<'f>(subject: &Subject<'f>, scheme: Scheme, voices: &'f [Voice<'f>]) -> Vec<(&'f str, Version)> {
    let entries = || voices.iter().flat_map(|voice| &voice.entries);
    let bounds = entries().flat_map(|it| it.stretches.iter().flat_map(super::facts::Stretch::bounds));
    let named = bounds.chain(entries().flat_map(|it| &it.fixes)).map(super::facts::Text::as_str);
    let mut texts: Vec<&str> =
        subject.releases.iter().copied().chain(named).filter(|it| *it != "0").collect();
    texts.sort_unstable();
    texts.dedup();
    let work: usize = voices.iter().map(|voice| voice.states.work()).sum();
    let step = (texts.len() * work).div_ceil(COMPARISONS).max(1);
    let read = |text: &'f str| Some((text, Version::parse(text, scheme).ok()?));
    texts.into_iter().step_by(step).filter_map(read).collect()
}

/// What a version is in a range.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Bound {
    Introduced,
    LastAffected,
    Fixed,
}

/// A bound, as it is written and as it is compared.
type Bounded<'v> = (Bound, &'v str, Version);

/// The beginning or the end of a range that only one of two files has.
fn unlike_bounds(
    (a, in_a): (&Voice<'_>, &[Bounded<'_>]),
    (b, in_b): (&Voice<'_>, &[Bounded<'_>]),
) -> Option<String> {
    let missing = |from: &[Bounded<'_>], other: &[Bounded<'_>], voice: &Voice<'_>| {
        let missing = from.iter().find(|(kind, text, version)| {
            let held = other.iter().any(|(other, _, it)| {
                kind == other && it.compare(version).is_some_and(std::cmp::Ordering::is_eq)
            });
            // A release that mends it on one platform may be hit on another; CSAF 2.0 has one state for it, the graver.
            !(held || *kind == Bound::Fixed && voice.states.at(text, version) == State::Hit)
        });
        missing.map(|(kind, text, _)| match kind {
            Bound::Introduced => format!(">= {}", cut(text)),
            Bound::LastAffected => format!("<= {}", cut(text)),
            Bound::Fixed => format!("fixed in {}", cut(text)),
        })
    };
    missing(in_a, in_b, b).or_else(|| missing(in_b, in_a, a))
}

/// Where ranges that are hit begin and end, and the fixes. A version alone is no range: OSV lists each hit release.
fn bounds<'v>(voice: &'v Voice<'_>, scheme: Scheme) -> Vec<Bounded<'v>> {
    let mut all: Vec<(Bound, &str)> = Vec::new();
    for entry in voice.entries.iter().filter(|entry| !entry.open) {
        all.extend(entry.fixes.iter().map(|fix| (Bound::Fixed, fix.as_str())));
        for stretch in &entry.stretches {
            match &stretch.to {
                To::Through(to) if *to == stretch.from => {}
                To::Through(to) => {
                    all.extend([
                        (Bound::Introduced, stretch.from.as_str()),
                        (Bound::LastAffected, to.as_str()),
                    ]);
                }
                To::Before(_) | To::Forever => all.push((Bound::Introduced, stretch.from.as_str())),
            }
        }
    }
    let read = |(kind, text): (Bound, &'v str)| Some((kind, text, Version::parse(text, scheme).ok()?));
    all.into_iter().take(BOUNDS).filter_map(read).collect()
}

fn list<T: AsRef<str>>(items: impl Iterator<Item = T>) -> String {
    items.map(|item| item.as_ref().to_owned()).collect::<Vec<_>>().join(", ")
}

fn cut(text: &str) -> String {
    crate::diag::escape::short(text, 100)
}
