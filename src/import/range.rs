//! Cargo's version requirements as intervals: in go the requirements under which a package is *not* affected, out
//! come the ranges in which it is. Exact over the whole order of SemVer, so pre-releases have their place too.
//!
//! One difference from Cargo is meant. Cargo lets a pre-release satisfy a requirement only where the requirement
//! itself names a pre-release of the same number; so `1.5.0-rc.1` would satisfy neither `< 2.0.0` nor `>= 1.0.0`, and
//! no set of ranges could say that. Here, as in OSV and RustSec's own tools, order alone counts: `1.5.0-rc.1` lies
//! between `1.0.0` and `2.0.0`. What Cargo makes up itself excludes pre-releases: `^1.2` ends before `2.0.0-0`, the
//! least version of the next series, so `2.0.0-rc.1` is not taken for patched.

use std::cmp::Ordering;

use semver::{BuildMetadata, Comparator, Op, Prerelease, Version, VersionReq};

use crate::value::range::{End, Range};

/// A place between two versions: just before `version`, or just after it.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Cut {
    version: Version,
    after: bool,
}

impl Cut {
    fn before(version: Version) -> Self {
        Self { version, after: false }
    }

    fn after(version: Version) -> Self {
        Self { version, after: true }
    }

    /// The first version behind the cut. After `1.2.3` this is `1.2.4-0`, after `1.2.3-rc` it is `1.2.3-rc.0`: in the
    /// order of SemVer §11 nothing lies between. `None` where the numbers end.
    fn first(&self) -> Option<Version> {
        let Version { major, minor, patch, pre, .. } = &self.version;
        if !self.after {
            Some(self.version.clone())
        } else if pre.is_empty() {
            next_series(*major, *minor, patch.checked_add(1))
        } else {
            let pre = Prerelease::new(&format!("{pre}.0")).ok()?;
            Some(Version { pre, ..self.version.clone() })
        }
    }
}

impl PartialOrd for Cut {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Cut {
    fn cmp(&self, other: &Self) -> Ordering {
        self.version.cmp(&other.version).then(self.after.cmp(&other.after))
    }
}

/// The versions behind `low` and, where there is a `high`, before it.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Interval {
    low: Cut,
    high: Option<Cut>,
}

impl Interval {
    /// Whether no version lies inside; compared by first versions, for the cuts after `1.0.0` and before `1.0.1-0`
    /// differ and yet hold nothing between them.
    fn is_empty(&self) -> bool {
        match (self.low.first(), self.high.as_ref().map(Cut::first)) {
            (None, _) => true,
            (Some(low), Some(Some(high))) => low >= high,
            (Some(_), _) => false,
        }
    }
}

/// A set of versions: intervals in order that neither touch nor overlap. Two sets with the same versions are equal
/// unless a bound is spelled in two ways.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Versions(Vec<Interval>);

impl Versions {
    /// The versions that satisfy at least one of the requirements.
    #[must_use]
    pub fn matching<'r>(requirements: impl IntoIterator<Item = &'r VersionReq>) -> Self {
        let mut intervals: Vec<_> = requirements.into_iter().map(interval).collect();
        intervals.retain(|interval| !interval.is_empty());
        intervals.sort_by(|a, b| a.low.cmp(&b.low));
        let mut merged: Vec<Interval> = Vec::new();
        for next in intervals {
            match merged.last_mut() {
                Some(last) if last.high.as_ref().is_none_or(|high| next.low <= *high) => {
                    last.high = match (last.high.take(), next.high) {
                        (Some(a), Some(b)) => Some(a.max(b)),
                        _ => None,
                    };
                }
                _ => merged.push(next),
            }
        }
        Self(merged)
    }

    /// All other versions.
    #[must_use]
    pub fn complement(&self) -> Self {
        let mut low = Some(Cut::before(least()));
        let mut gaps = Vec::new();
        for interval in &self.0 {
            if let Some(low) = low.take() {
                gaps.push(Interval { low, high: Some(interval.low.clone()) });
            }
            low.clone_from(&interval.high);
        }
        if let Some(low) = low {
            gaps.push(Interval { low, high: None });
        }
        gaps.retain(|gap| !gap.is_empty());
        Self(gaps)
    }

    /// The set as the front matter's `versions`. An interval that begins at the very first version is introduced in
    /// `0`; one that begins after a version is introduced in the next that could exist; one that ends with a version
    /// has it as `last_affected`.
    #[must_use]
    pub fn ranges(&self) -> Vec<Range> {
        let range = |interval: &Interval| {
            let first = interval.low.first()?;
            let introduced = if first == least() { "0".to_owned() } else { first.to_string() };
            let end = match &interval.high {
                Some(Cut { version, after: true }) => End::LastAffected(version.to_string()),
                Some(Cut { version, after: false }) => End::Fixed(version.to_string()),
                None => End::Open,
            };
            Some(Range { introduced, end })
        };
        self.0.iter().filter_map(range).collect()
    }
}

/// The requirement as printed in `unaffected`, with a space after each operator; `None` where it uses more than
/// `<`, `<=`, `>`, `>=`, `=` and whole versions.
#[must_use]
pub fn simple(requirement: &VersionReq) -> Option<String> {
    let mut parts = Vec::new();
    for comparator in &requirement.comparators {
        let op = match comparator.op {
            Op::Exact => "=",
            Op::Greater => ">",
            Op::GreaterEq => ">=",
            Op::Less => "<",
            Op::LessEq => "<=",
            _ => return None,
        };
        comparator.patch?;
        parts.push(format!("{op} {}", version(comparator)));
    }
    (!parts.is_empty()).then(|| parts.join(", "))
}

/// All comparators of a requirement must hold, so it is always one interval.
fn interval(requirement: &VersionReq) -> Interval {
    let mut all = Interval { low: Cut::before(least()), high: None };
    for comparator in &requirement.comparators {
        let (low, high) = bounds(comparator);
        if let Some(low) = low {
            all.low = all.low.max(low);
        }
        all.high = match (all.high.take(), high) {
            (Some(a), Some(b)) => Some(a.min(b)),
            (a, b) => a.or(b),
        };
    }
    all
}

fn bounds(comparator: &Comparator) -> (Option<Cut>, Option<Cut>) {
    let lowest = version(comparator);
    let whole = comparator.patch.is_some();
    let series = || past_series(comparator).map(Cut::before);
    match comparator.op {
        Op::Greater if whole => (Some(Cut::after(lowest)), None),
        // `> 1.2` is `>= 1.3.0`; where there is no further series, nothing is greater.
        Op::Greater => match past_series(comparator) {
            Some(next) => (Some(Cut::before(Version { pre: Prerelease::EMPTY, ..next })), None),
            None => (None, Some(Cut::before(least()))),
        },
        Op::GreaterEq => (Some(Cut::before(lowest)), None),
        Op::Less => (None, Some(Cut::before(lowest))),
        Op::LessEq if whole => (None, Some(Cut::after(lowest))),
        Op::LessEq => (None, series()),
        Op::Exact if whole => (Some(Cut::before(lowest.clone())), Some(Cut::after(lowest))),
        Op::Tilde if whole => {
            let next =
                next_series(comparator.major, comparator.minor.and_then(|n| n.checked_add(1)), Some(0));
            (Some(Cut::before(lowest)), next.map(Cut::before))
        }
        Op::Caret => {
            let Comparator { major, minor, patch, .. } = *comparator;
            // The leftmost number that is not zero may not change; where all written ones are, the last of them.
            let next = match (major, minor, patch) {
                (0, None, _) | (1.., _, _) => next_series(major.checked_add(1), Some(0), Some(0)),
                (0, Some(0), Some(patch)) => next_series(0, 0, patch.checked_add(1)),
                (0, Some(minor), _) => next_series(0, minor.checked_add(1), Some(0)),
            };
            (Some(Cut::before(lowest)), next.map(Cut::before))
        }
        // `= 1.2`, `~1.2`, `1.2.*` all mean the series that is written.
        _ => (Some(Cut::before(lowest)), series()),
    }
}

/// The least version past the series that a partial comparator names: past `1.2` comes `1.3.0-0`.
fn past_series(comparator: &Comparator) -> Option<Version> {
    match comparator.minor {
        Some(minor) => next_series(comparator.major, minor.checked_add(1), Some(0)),
        None => next_series(comparator.major.checked_add(1), Some(0), Some(0)),
    }
}

/// The least version with these numbers, its pre-release `0`; where one ran over, the next higher one moves on.
fn next_series(
    major: impl Into<Option<u64>>,
    minor: impl Into<Option<u64>>,
    patch: impl Into<Option<u64>>,
) -> Option<Version> {
    let major = major.into()?;
    let (major, minor, patch) = match (minor.into(), patch.into()) {
        (Some(minor), Some(patch)) => (major, minor, patch),
        (Some(minor), None) => match minor.checked_add(1) {
            Some(minor) => (major, minor, 0),
            None => (major.checked_add(1)?, 0, 0),
        },
        (None, _) => (major.checked_add(1)?, 0, 0),
    };
    Some(Version { pre: zero(), ..Version::new(major, minor, patch) })
}

/// `0.0.0-0`, the first in the order of SemVer.
fn least() -> Version {
    Version { pre: zero(), ..Version::new(0, 0, 0) }
}

fn zero() -> Prerelease {
    // `0` is a pre-release identifier by SemVer §9.
    Prerelease::new("0").unwrap_or(Prerelease::EMPTY)
}

fn version(comparator: &Comparator) -> Version {
    Version {
        major: comparator.major,
        minor: comparator.minor.unwrap_or(0),
        patch: comparator.patch.unwrap_or(0),
        pre: comparator.pre.clone(),
        build: BuildMetadata::EMPTY,
    }
}

#[cfg(test)]
mod tests;
