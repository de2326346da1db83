//! Which versions a row speaks of: `2.x`, `2.1`, `< 2.0`, `latest`.
//!
//! A bound that names fewer numbers than a release has, names a line of releases: `<= 1.9` includes 1.9.5 and
//! `> 1` begins with 2. That is how people print support tables, and unlike how ranges of advisories work.

use std::cmp::Ordering;
use std::fmt;

use crate::value::comparators::Op;
use crate::value::scheme::Scheme;
use crate::value::shown::shown;
use crate::value::{Invalid, line};

/// How a cell is understood.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Kind {
    /// `2.x`, `2.1.*`, `2.1`: every release that begins with these numbers.
    Line(String),
    /// `2.1.3`, `2.0.0-beta.1`: one release.
    Exact(String),
    /// `2.0.0-alpha.x`: the pre-releases of one release that share a tag.
    PreRelease(String),
    /// `< 2.0`, `1.2.x and earlier`.
    Compare(Op, String),
    /// Anything else; it means what its readers know it to mean.
    Words,
}

/// A printed cell and what it means.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Versions {
    as_printed: String,
    kind: Kind,
}

impl Versions {
    /// Understands what it can; only an empty cell and hidden characters are refused.
    pub fn parse(text: &str) -> Result<Self, Invalid> {
        line::check(text)?;
        let as_printed = text.trim().to_owned();
        if as_printed.is_empty() {
            return Err(Invalid::new(
                format!("{} names no versions", shown(text)),
                "write a line of releases such as `2.1.x`, a bound such as `< 2.0`, or words such as `latest`",
            ));
        }
        let kind = understand(as_printed.trim_matches('`'));
        Ok(Self { as_printed, kind })
    }

    /// The cell as printed.
    pub fn as_printed(&self) -> &str {
        &self.as_printed
    }

    /// How it is understood.
    pub fn kind(&self) -> &Kind {
        &self.kind
    }

    /// Whether no program can tell what it covers.
    pub fn is_words(&self) -> bool {
        self.kind == Kind::Words
    }

    /// Whether `version` is meant; `None` where that cannot be known.
    pub fn matches(&self, version: &str, scheme: Scheme) -> Option<bool> {
        if version.eq_ignore_ascii_case(&self.as_printed) {
            return Some(true);
        }
        match &self.kind {
            Kind::Words => None,
            Kind::Exact(release) => scheme.compare(version, release).map(Ordering::is_eq),
            Kind::PreRelease(tag) => {
                let rest = version.strip_prefix(['v', 'V']).unwrap_or(version).strip_prefix(tag.as_str());
                let known = scheme != Scheme::Text && scheme.check(version).is_ok();
                known.then(|| rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('.')))
            }
            Kind::Line(bound) => against_line(version, bound, scheme).map(Ordering::is_eq),
            Kind::Compare(op, bound) => {
                let order = if is_line(bound) {
                    against_line(version, bound, scheme)
                } else {
                    scheme.compare(version, bound)
                };
                order.map(|order| op.holds(order))
            }
        }
    }

    /// The more specific of two rows that match is the one that counts: one release before a line of releases, a
    /// narrow line before a wide one, any line before a bound.
    pub fn specificity(&self) -> usize {
        match &self.kind {
            Kind::Exact(_) => usize::MAX,
            Kind::PreRelease(_) => usize::MAX - 1,
            Kind::Line(bound) => 1 + bound.split('.').count(),
            Kind::Compare(..) => 1,
            Kind::Words => 0,
        }
    }
}

/// The cell as printed.
impl fmt::Display for Versions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.as_printed)
    }
}

/// Which of `rows` speaks of `version`: the most specific that surely matches, the first of equals. A plain or wildcard
/// row is thus an exception to any bound around it, in whatever order they stand.
pub fn row_for(rows: &[Versions], version: &str, scheme: Scheme) -> Option<usize> {
    let matching = rows.iter().enumerate().filter(|(_, row)| row.matches(version, scheme) == Some(true));
    matching.min_by_key(|(place, row)| (std::cmp::Reverse(row.specificity()), *place)).map(|(place, _)| place)
}

fn understand(text: &str) -> Kind {
    if let Some((op, bound)) = Op::strip(text) {
        return match plain(bound) {
            Some(Kind::Line(bound) | Kind::Exact(bound)) if op == Op::Equal => {
                plain(&bound).unwrap_or(Kind::Words)
            }
            Some(Kind::Line(bound) | Kind::Exact(bound)) => Kind::Compare(op, bound),
            _ => Kind::Words,
        };
    }
    let lower = text.to_ascii_lowercase();
    let directions = [
        (Op::AtMost, [" and earlier", " and older", " and below", " or older", " or earlier"].as_slice()),
        (Op::AtLeast, [" and later", " and newer", " and above", " or newer", " or later", "+"].as_slice()),
    ];
    for (op, endings) in directions {
        for ending in endings {
            if let Some(bound) = lower.strip_suffix(ending)
                && let Some(Kind::Line(bound) | Kind::Exact(bound)) = plain(bound)
            {
                return Kind::Compare(op, bound);
            }
        }
    }
    plain(text).unwrap_or(Kind::Words)
}

/// `2.x`, `2.1` and `2.1.3`, also with a `v` in front.
fn plain(text: &str) -> Option<Kind> {
    let text = text.strip_prefix(['v', 'V']).unwrap_or(text);
    let without = [".x", ".X", ".*"].iter().find_map(|wildcard| text.strip_suffix(wildcard));
    if let Some(mut bound) = without {
        // `2.x.x` says no more than `2.x`.
        while let Some(shorter) = bound.strip_suffix(".x") {
            bound = shorter;
        }
        if bound.split_once('-').is_some_and(|(release, tag)| is_numbers(release) && is_tag(tag)) {
            return Some(Kind::PreRelease(bound.to_owned()));
        }
        return is_numbers(bound).then(|| Kind::Line(bound.to_owned()));
    }
    if is_numbers(text) && is_line(text) {
        return Some(Kind::Line(text.to_owned()));
    }
    let release = text.starts_with(|c: char| c.is_ascii_digit())
        && text.contains('.')
        // `80.30x` is a wildcard of somebody's own.
        && !text.ends_with(['x', 'X'])
        && text.bytes().all(|b| b.is_ascii_alphanumeric() || b".-+_".contains(&b));
    release.then(|| Kind::Exact(text.to_owned()))
}

/// `alpha`, `rc.1`: what follows the hyphen of a pre-release.
fn is_tag(text: &str) -> bool {
    text.len() <= 64
        && text.split('.').all(|part| !part.is_empty() && part.bytes().all(|b| b.is_ascii_alphanumeric()))
}

fn is_numbers(text: &str) -> bool {
    text.len() <= 64
        && text.split('.').all(|part| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit()))
}

/// Whether a bound names a line of releases rather than one: fewer than three numbers, and nothing else.
fn is_line(bound: &str) -> bool {
    is_numbers(bound) && bound.split('.').count() < 3
}

/// How `version` lies to a line: equal if it belongs to it. `None` for what is no version of the scheme.
fn against_line(version: &str, bound: &str, scheme: Scheme) -> Option<Ordering> {
    scheme.check(version).ok()?;
    let end = version.find(|c: char| !(c.is_ascii_digit() || c == '.')).unwrap_or(version.len());
    let numbers = version[..end].trim_end_matches('.');
    if !is_numbers(numbers) || version[end..].starts_with('!') {
        return None; // a name, or an epoch of PEP 440
    }
    let mut have = numbers.split('.');
    for wanted in bound.split('.') {
        let order = by_number(have.next().unwrap_or("0"), wanted);
        if order.is_ne() {
            return Some(order);
        }
    }
    Some(Ordering::Equal)
}

/// Digits as numbers of any size.
fn by_number(a: &str, b: &str) -> Ordering {
    let (a, b) = (a.trim_start_matches('0'), b.trim_start_matches('0'));
    a.len().cmp(&b.len()).then_with(|| a.cmp(b))
}
