//! Affected ranges: from where a flaw is in, to where it is out.
//!
//! In go the ranges of one `[[affected]]` entry and the product's scheme, out come sorted [`Ranges`] that answer
//! for any version: affected, not affected, or unknown. Unknown is `None` and never becomes "not affected".

use std::cmp::Ordering;
use std::fmt;

use super::Invalid;
use super::scheme::Scheme;
use super::shown::shown;
use super::version::Version;

mod without;

/// Where a range ends.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum End {
    /// Just before this version, the first that is safe.
    Fixed(String),
    /// With this version, still affected; what comes after is not said to be safe.
    LastAffected(String),
    /// Nowhere yet.
    Open,
}

/// One stretch of affected versions. `introduced = "0"` is OSV's "from the beginning".
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Range {
    /// The first affected version.
    pub introduced: String,
    /// Where it ends.
    pub end: End,
}

/// A range in the words of a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Words {
    /// Such as "1.4.0 and later, before 1.7.9".
    pub affected: String,
    /// The first safe release, where one is known.
    pub first_safe: Option<String>,
}

impl Range {
    /// The closed wording of an advisory page, never "fixed <".
    pub fn words(&self) -> Words {
        let from = self.introduced.as_str();
        let beginning = from == "0";
        let affected = match &self.end {
            End::Fixed(fixed) if beginning => format!("before {fixed}"),
            End::Fixed(fixed) => format!("{from} and later, before {fixed}"),
            End::LastAffected(last) if last == from => format!("{last} only"),
            End::LastAffected(last) if beginning => format!("{last} and earlier"),
            End::LastAffected(last) => format!("{from} to {last}, inclusive"),
            End::Open if beginning => "all versions".to_owned(),
            End::Open => format!("{from} and later"),
        };
        Words { affected, first_safe: self.fixed().map(str::to_owned) }
    }

    /// The first safe release, where one is known.
    pub fn fixed(&self) -> Option<&str> {
        if let End::Fixed(fixed) = &self.end { Some(fixed) } else { None }
    }

    /// The same as a comparator list for machines: `>= 1.4.0, < 1.7.9`.
    pub fn comparators(&self) -> String {
        let from = format!(">= {}", self.introduced);
        let to = match &self.end {
            End::Fixed(fixed) => format!("< {fixed}"),
            End::LastAffected(last) => format!("<= {last}"),
            End::Open => return from,
        };
        if self.introduced == "0" { to } else { format!("{from}, {to}") }
    }
}

/// The words for what is affected.
impl fmt::Display for Range {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.words().affected)
    }
}

/// Ranges under one scheme: each in order, none empty, none overlapping, sorted where the scheme can sort.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ranges {
    scheme: Scheme,
    ranges: Vec<Range>,
    /// The same ranges, parsed; the two run in step.
    parsed: Vec<Parsed>,
}

/// A range whose versions are parsed.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Parsed {
    introduced: Version,
    end: ParsedEnd,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum ParsedEnd {
    Fixed(Version),
    LastAffected(Version),
    Open,
}

impl Ranges {
    /// Sorts the ranges, or says of every bad one (by its place in the list given) what is wrong with it.
    pub fn new(ranges: Vec<Range>, scheme: Scheme) -> Result<Self, Vec<(usize, Invalid)>> {
        let mut faults = Vec::new();
        let mut sorted = Vec::with_capacity(ranges.len());
        for (place, range) in ranges.into_iter().enumerate() {
            match parse(&range, scheme) {
                Ok(parsed) => sorted.push((place, range, parsed)),
                Err(invalid) => faults.push((place, invalid)),
            }
        }
        sorted.sort_by(|(.., a), (.., b)| a.introduced.compare(&b.introduced).unwrap_or(Ordering::Equal));
        for pair in sorted.windows(2) {
            if let [(_, before, a), (place, after, b)] = pair
                && let Some(invalid) = overlap(before, a, after, b)
            {
                faults.push((*place, invalid));
            }
        }
        if !faults.is_empty() {
            faults.sort_by_key(|(place, _)| *place);
            return Err(faults);
        }
        // Lists that grow by themselves begin with room for four, and most advisories have one range.
        let (mut ranges, mut parsed) = (Vec::with_capacity(sorted.len()), Vec::with_capacity(sorted.len()));
        for (_, range, versions) in sorted {
            ranges.push(range);
            parsed.push(versions);
        }
        Ok(Self { scheme, ranges, parsed })
    }

    /// The scheme under which they were checked.
    pub fn scheme(&self) -> Scheme {
        self.scheme
    }

    /// The ranges, lowest first.
    pub fn iter(&self) -> std::slice::Iter<'_, Range> {
        self.ranges.iter()
    }

    /// Whether no range was given at all.
    pub fn is_empty(&self) -> bool {
        self.ranges.is_empty()
    }

    /// The first safe releases, lowest first.
    pub fn fixes(&self) -> impl Iterator<Item = &str> {
        self.ranges.iter().filter_map(Range::fixed)
    }

    /// Whether every range ends with a fix. Without any range nothing is fixed.
    pub fn all_fixed(&self) -> bool {
        !self.is_empty() && self.ranges.iter().all(|range| range.fixed().is_some())
    }

    /// Whether `version` is affected; `None` where that cannot be known. No ranges at all: nothing is known.
    pub fn contains(&self, version: &str) -> Option<bool> {
        match Version::parse(version, self.scheme) {
            Ok(version) => self.contains_version(&version),
            // Not a version of this scheme; only "all versions" reaches it.
            Err(_) => self.parsed.iter().any(Parsed::is_everything).then_some(true),
        }
    }

    /// [`Self::contains`] for a version parsed before, under the same scheme.
    pub fn contains_version(&self, version: &Version) -> Option<bool> {
        let mut answer = if self.is_empty() { None } else { Some(false) };
        for range in &self.parsed {
            match range.contains(version) {
                Some(true) => return Some(true),
                Some(false) => {}
                None => answer = None,
            }
        }
        answer
    }

    /// The first safe release on the line of an affected `version`; `None` if it is not surely affected, or no
    /// fix of its line is known.
    pub fn first_fixed_after(&self, version: &str) -> Option<&str> {
        let version = Version::parse(version, self.scheme).ok()?;
        let place = self.parsed.iter().position(|range| range.contains(&version) == Some(true))?;
        self.ranges.get(place)?.fixed()
    }
}

impl<'a> IntoIterator for &'a Ranges {
    type Item = &'a Range;
    type IntoIter = std::slice::Iter<'a, Range>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl Parsed {
    fn is_everything(&self) -> bool {
        self.introduced.is_zero() && self.end == ParsedEnd::Open
    }

    fn contains(&self, version: &Version) -> Option<bool> {
        // The ends first: under `text` they are all that can be known.
        let after = self.introduced.compare(version);
        if after == Some(Ordering::Equal) {
            return Some(true);
        }
        let begun = after.map(Ordering::is_lt);
        let over = match &self.end {
            ParsedEnd::Open => Some(false),
            ParsedEnd::Fixed(fixed) => fixed.compare(version).map(Ordering::is_le),
            ParsedEnd::LastAffected(last) => match last.compare(version) {
                Some(Ordering::Equal) => return Some(true),
                order => order.map(Ordering::is_lt),
            },
        };
        match (begun, over) {
            (Some(false), _) | (_, Some(true)) => Some(false),
            (Some(true), Some(false)) => Some(true),
            _ => None,
        }
    }
}

/// Parses both ends and checks that something lies between them.
fn parse(range: &Range, scheme: Scheme) -> Result<Parsed, Invalid> {
    let introduced = Version::parse(&range.introduced, scheme)?;
    let end = match &range.end {
        End::Open => ParsedEnd::Open,
        End::Fixed(text) => {
            let fixed = Version::parse(text, scheme)?;
            ordered(range, text, "fixed", introduced.compare(&fixed), Ordering::is_lt)?;
            ParsedEnd::Fixed(fixed)
        }
        End::LastAffected(text) => {
            let last = Version::parse(text, scheme)?;
            if last.is_zero() {
                return Err(Invalid::new(
                    "`0` stands before every release and cannot be the last affected one",
                    "name the last affected release, or leave `last_affected` out",
                ));
            }
            ordered(range, text, "last_affected", introduced.compare(&last), Ordering::is_le)?;
            ParsedEnd::LastAffected(last)
        }
    };
    Ok(Parsed { introduced, end })
}

/// Refuses a range that runs backwards or holds nothing; an order that is unknown is let pass.
fn ordered(
    range: &Range,
    end: &str,
    key: &str,
    order: Option<Ordering>,
    right: fn(Ordering) -> bool,
) -> Result<(), Invalid> {
    match order {
        None => Ok(()),
        Some(order) if right(order) => Ok(()),
        Some(Ordering::Equal) => Err(Invalid::new(
            format!("introduced and {key} are the same version, {}", shown(end)),
            "name the first safe release in `fixed`; a range from a version to itself affects nothing",
        )),
        Some(_) => Err(Invalid::new(
            format!("introduced {} is after {key} {}", shown(&range.introduced), shown(end)),
            "swap the two, or mend the one that is wrong",
        )),
    }
}

/// What is wrong with `after` (which begins no earlier) beside `before`.
fn overlap(before: &Range, a: &Parsed, after: &Range, b: &Parsed) -> Option<Invalid> {
    let end = match &a.end {
        // Open reaches everything after its start; under `text`, what is after it is unknown.
        ParsedEnd::Open => return a.introduced.compare(&b.introduced).map(|_| overlapping(before, after)),
        ParsedEnd::Fixed(end) | ParsedEnd::LastAffected(end) => end,
    };
    let same_start = a.introduced.compare(&b.introduced) == Some(Ordering::Equal);
    match end.compare(&b.introduced) {
        _ if same_start => Some(overlapping(before, after)),
        Some(Ordering::Equal) if matches!(a.end, ParsedEnd::Fixed(_)) => Some(Invalid::new(
            format!("{} is fixed by one range and affected by another", shown(&after.introduced)),
            "join the two ranges into one",
        )),
        Some(Ordering::Equal | Ordering::Greater) => Some(overlapping(before, after)),
        Some(Ordering::Less) | None => None,
    }
}

fn overlapping(before: &Range, after: &Range) -> Invalid {
    Invalid::new(
        format!("the ranges {} and {} overlap", shown(&before.to_string()), shown(&after.to_string())),
        "join them, or end the first before the second begins",
    )
}

#[cfg(test)]
mod tests;
