//! Whether versions are hit, as a file's stretches say.
//!
//! In go entries of a file about one subject and its scheme, out comes a state for any version. This is the arithmetic of
//! the standards once more, apart from that of the pages, so that neither can hide a mistake of the other.

use std::cmp::Ordering;

use super::facts::{Entry, Stretch, To};
use crate::value::comparators::Comparators;
use crate::value::scheme::Scheme;
use crate::value::version::Version;

/// What a file says of a version.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum State {
    /// It is not hit.
    Safe,
    /// It cannot be told.
    Unknown,
    /// It is hit.
    Hit,
}

impl State {
    /// For a sentence about a version.
    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Safe => "not affected",
            Self::Unknown => "not known",
            Self::Hit => "affected",
        }
    }
}

/// The entries of a file about one subject, with their versions read.
pub(super) struct States<'e> {
    scheme: Scheme,
    entries: Vec<Read<'e>>,
    work: usize,
}

struct Read<'e> {
    stretches: Vec<(Option<Version>, End)>,
    spared: &'e [Comparators],
    open: bool,
}

enum End {
    Before(Option<Version>),
    Through(Option<Version>),
    Forever,
}

impl<'e> States<'e> {
    pub(super) fn of<'b: 'e>(entries: impl Iterator<Item = &'e Entry<'b>>, scheme: Scheme) -> Self {
        let version = |text: &str| Version::parse(text, scheme).ok();
        let stretch = |stretch: &Stretch<'_>| {
            let end = match &stretch.to {
                To::Before(to) => End::Before(version(to.as_str())),
                To::Through(to) => End::Through(version(to.as_str())),
                To::Forever => End::Forever,
            };
            (version(stretch.from.as_str()), end)
        };
        let entries: Vec<Read<'e>> = entries
            .map(|entry| Read {
                stretches: entry.stretches.iter().map(stretch).collect(),
                spared: &entry.spared,
                open: entry.open,
            })
            .collect();
        let work = entries.iter().map(|entry| 1 + entry.stretches.len() + entry.spared.len()).sum();
        Self { scheme, entries, work }
    }

    /// Whether the file says nothing of the subject.
    pub(super) fn is_silent(&self) -> bool {
        self.entries.is_empty()
    }

    /// How many comparisons a question costs, roughly.
    pub(super) fn work(&self) -> usize {
        self.work
    }

    /// The gravest that an entry says.
    pub(super) fn at(&self, text: &str, version: &Version) -> State {
        let of = |entry: &Read<'_>| {
            if entry.spared.iter().any(|list| list.matches(text, self.scheme) == Some(true)) {
                return State::Safe;
            }
            let mut within = Some(false);
            for (from, end) in &entry.stretches {
                match contains(from.as_ref(), end, version) {
                    Some(true) => {
                        within = Some(true);
                        break;
                    }
                    Some(false) => {}
                    None => within = None,
                }
            }
            match within {
                Some(false) => State::Safe,
                Some(true) if !entry.open => State::Hit,
                Some(true) | None => State::Unknown,
            }
        };
        self.entries.iter().map(of).max().unwrap_or(State::Safe)
    }
}

/// Equal ends come first: under a scheme without an order they are all that can be known.
fn contains(from: Option<&Version>, end: &End, version: &Version) -> Option<bool> {
    let begun = from?.compare(version);
    if begun == Some(Ordering::Equal) {
        // A stretch that ends before it begins holds nothing.
        return Some(!matches!(end, End::Before(Some(to)) if to.compare(version) == Some(Ordering::Equal)));
    }
    let (to, inclusive) = match end {
        End::Forever => return begun.map(Ordering::is_lt),
        End::Before(to) => (to.as_ref()?, false),
        End::Through(to) => (to.as_ref()?, true),
    };
    match (begun.map(Ordering::is_lt), version.compare(to)) {
        (Some(false), _) | (_, Some(Ordering::Greater)) => Some(false),
        (_, Some(Ordering::Equal)) => Some(inclusive),
        (Some(true), Some(Ordering::Less)) => Some(true),
        _ => None,
    }
}
