//! The files of one advisory beside each other.
//!
//! In go what each file says, out come sentences that name two files and what each of them says. A file that does not
//! tell a fact contradicts nobody; the first difference of each kind is told of each file.

use super::facts::{Entry, Facts, Ids, Scores};
use super::states::{State, States};
use super::subjects::{Subject, Subjects};
use crate::value::scheme::Scheme;
use crate::value::version::Version;

/// How many comparisons of versions are made for one product of one advisory. A thousand ranges beside a thousand
/// releases are less; what no author has ever written ends in bounded time, and some of its versions are not asked for.
const COMPARISONS: usize = 4_000_000;

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
    differ(files, "was published", |it| it.published.as_ref(), |a, b| a.agrees(b), |it| it.words().into(), &mut out);
    differ(files, "changed", |it| it.modified.as_ref(), |a, b| a.agrees(b), |it| it.words().into(), &mut out);
    differ(files, "is withdrawn", |it| it.withdrawn.as_ref(), |a, b| a == b, ToString::to_string, &mut out);
    differ(files, "has the severity", |it| it.severity.as_ref(), |a, b| a == b, Clone::clone, &mut out);
    let ids = |a: &Ids<'_>, b: &Ids<'_>| same_ids(id, a, b);
    let listed = |ids: &Ids<'_>| list(ids.held.iter().map(|id| id.as_str()));
    differ(files, "has the CVE ids", |it| it.cves.as_ref(), ids, listed, &mut out);
    differ(files, "has the aliases", |it| it.aliases.as_ref(), ids, listed, &mut out);
    let vectors = |scores: &Scores<'_>| {
        list(scores.held.iter().map(|(vector, score)| {
            let tenths = score.tenths.map(|tenths| format!(" = {}.{}", tenths / 10, tenths % 10));
            let word = score.word.as_ref().map(|word| format!(" {word}"));
            format!("{}{}{}", vector.as_str(), tenths.unwrap_or_default(), word.unwrap_or_default())
        }))
    };
    differ(files, "has the vectors", |it| it.scores.as_ref(), same_scores, vectors, &mut out);
    let names = |names: &std::collections::BTreeSet<_>| list(names.iter().map(super::facts::Text::as_str));
    differ(files, "thanks", |it| it.credits.as_ref(), |a, b| a == b, names, &mut out);
    for (at, subject) in subjects.iter() {
        if let Some(scheme) = subject.scheme {
            versions(at, subject, scheme, files, &mut out);
        }
    }
    out
}

/// Compares one fact of each file with that of the first that tells it.
fn differ<'f, T: 'f>(
    files: &'f [File<'f>],
    what: &str,
    get: impl Fn(&'f Facts<'f>) -> Option<&'f T>,
    same: impl Fn(&T, &T) -> bool,
    show: impl Fn(&T) -> String,
    out: &mut Vec<String>,
) {
    let mut told = files.iter().filter_map(|(path, facts)| Some((*path, get(facts)?)));
    let Some((first, held)) = told.next() else { return };
    for (path, other) in told.filter(|(_, other)| !same(held, other)) {
        let (held, other) = (cut(&show(held)), cut(&show(other)));
        out.push(format!("it {what} `{held}` says `{first}`, and `{path}` says `{other}`"));
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
        out.push(format!(
            "{} `{}` is {} says `{}`, and `{path}` says {}",
            cut(subject.name()),
            cut(version),
            held.word(),
            first.path,
            state.word()
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
            let (a, b) = if listed { ("is", "not") } else { ("is not", "that it is") };
            out.push(format!(
                "{} `{}` {a} among the hit releases of `{}`, and `{}` says {b}",
                cut(subject.name()),
                cut(text),
                voice.path,
                first.path
            ));
        }
    }
    for voice in others().filter(|voice| !voice.states.is_silent()) {
        if let Some(fix) = unlike_fixes(first, voice, subject, scheme) {
            let name = cut(subject.name());
            out.push(format!("only one of `{}` and `{}` says that `{fix}` mends {name}", first.path, voice.path));
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
    let bounds = entries().flat_map(|it| it.stretches.iter().flat_map(|stretch| stretch.bounds()));
    let named = bounds.chain(entries().flat_map(|it| &it.fixes)).map(super::facts::Text::as_str);
    let mut texts: Vec<&str> = subject.releases.iter().copied().chain(named).filter(|it| *it != "0").collect();
    texts.sort_unstable();
    texts.dedup();
    let work: usize = voices.iter().map(|voice| voice.states.work()).sum();
    let step = (texts.len() * work).div_ceil(COMPARISONS).max(1);
    let read = |text: &'f str| Some((text, Version::parse(text, scheme).ok()?));
    texts.into_iter().step_by(step).filter_map(read).collect()
}

/// A release that only one of two files says to be a fix.
fn unlike_fixes(a: &Voice<'_>, b: &Voice<'_>, subject: &Subject<'_>, scheme: Scheme) -> Option<String> {
    // Where versions are said to be safe, a range of OSV and of CVE ends before them, whether a fix is there or not.
    // Without an order, a word such as "later" is a version that CSAF 2.0 §6.1.31 does not take for one.
    if subject.spared || scheme == Scheme::Text {
        return None;
    }
    let read = |voice: &Voice<'_>| -> Vec<(String, Version)> {
        let fixes = voice.entries.iter().flat_map(|entry| &entry.fixes);
        let version = |fix: &str| Some((fix.to_owned(), Version::parse(fix, scheme).ok()?));
        fixes.take(COMPARISONS / 1000).filter_map(|fix| version(fix.as_str())).collect()
    };
    let (in_a, in_b) = (read(a), read(b));
    // A release that mends it on one platform may be hit on another; CSAF 2.0 has one state for it, the graver.
    let missing = |from: &[(String, Version)], other: &[(String, Version)], voice: &Voice<'_>| {
        let held = |fix: &Version| other.iter().any(|(_, it)| it.compare(fix).is_some_and(std::cmp::Ordering::is_eq));
        let missing = from.iter().find(|(text, fix)| !held(fix) && voice.states.at(text, fix) != State::Hit);
        missing.map(|(text, _)| cut(text))
    };
    missing(&in_a, &in_b, b).or_else(|| missing(&in_b, &in_a, a))
}

fn list<T: AsRef<str>>(items: impl Iterator<Item = T>) -> String {
    items.map(|item| item.as_ref().to_owned()).collect::<Vec<_>>().join(", ")
}

fn cut(text: &str) -> String {
    crate::diag::escape::short(text, 100)
}
