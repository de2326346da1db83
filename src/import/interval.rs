//! Ranges of other databases as ranges of ours: in go events or ranges and the scheme of the product, out come ranges
//! that our format takes, in order and joined where they overlap, or why that cannot be.
//!
//! No version is added or taken away: where the order of two versions is unknown, nothing is joined.

use std::cmp::Ordering;

use crate::value::comparators::{Comparator, Comparators, Op};
use crate::value::range::{End, Range, Ranges};
use crate::value::scheme::Scheme;
use crate::value::shown::shown;
use crate::value::version::{Version, semver_after};

/// What happens at a version of OSV's timeline.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Event {
    Introduced,
    Fixed,
    LastAffected,
}

/// A version without the `v` that tags have, where the scheme has no such letter.
pub(super) fn bare(version: &str, scheme: Scheme) -> &str {
    let version = version.trim();
    if scheme.check(version).is_ok() {
        return version;
    }
    version.strip_prefix(['v', 'V']).filter(|bare| scheme.check(bare).is_ok()).unwrap_or(version)
}

/// Events of one list as ranges, in the order of versions where the scheme has one (OSV schema, "Evaluation").
pub(super) fn of_events(events: &[(Event, &str)], scheme: Scheme) -> Result<Vec<Range>, String> {
    let mut parsed = Vec::with_capacity(events.len());
    for (event, text) in events {
        let text = bare(text, scheme);
        let version = Version::parse(text, scheme).map_err(|invalid| invalid.message)?;
        parsed.push((*event, text, version));
    }
    // Stable, so that versions without an order stay as they were written.
    if scheme != Scheme::Text {
        parsed.sort_by(|(.., a), (.., b)| a.compare(b).unwrap_or(Ordering::Equal));
    }
    let mut ranges = Vec::new();
    let mut begun: Option<&str> = None;
    for (event, text, _) in &parsed {
        let end = match event {
            Event::Introduced => {
                begun.get_or_insert(text);
                continue;
            }
            Event::Fixed => End::Fixed((*text).to_owned()),
            Event::LastAffected => End::LastAffected((*text).to_owned()),
        };
        let Some(introduced) = begun.take() else {
            return Err(format!("{} ends a range that nothing begins", shown(text)));
        };
        ranges.push(Range { introduced: introduced.to_owned(), end });
    }
    if let Some(introduced) = begun {
        ranges.push(Range { introduced: introduced.to_owned(), end: End::Open });
    }
    Ok(ranges)
}

/// Comparators that hold together as one range.
pub(super) fn of_comparators(list: &Comparators, scheme: Scheme) -> Result<Range, String> {
    let (mut low, mut end) = (None, None);
    for Comparator { op, version } in list.as_slice() {
        let version = bare(version, scheme);
        scheme.check(version).map_err(|invalid| invalid.message)?;
        let owned = || version.to_owned();
        let twice = match op {
            Op::Equal => {
                let bound = low.replace(owned()).is_some();
                end.replace(End::LastAffected(owned())).is_some() || bound
            }
            Op::AtLeast => low.replace(owned()).is_some(),
            Op::Greater if version == "0" => low.replace(owned()).is_some(),
            Op::Greater => {
                // Where versions are dense, nothing is the first after one.
                let next = if scheme == Scheme::Semver { semver_after(version) } else { None };
                let next = next.ok_or_else(|| {
                    format!("nothing is known to be the first version after {}", shown(version))
                })?;
                low.replace(next).is_some()
            }
            Op::Less => end.replace(End::Fixed(owned())).is_some(),
            Op::AtMost => end.replace(End::LastAffected(owned())).is_some(),
        };
        if twice {
            return Err(format!("{} is more than one range", shown(&list.to_string())));
        }
    }
    Ok(Range { introduced: low.unwrap_or_else(|| "0".to_owned()), end: end.unwrap_or(End::Open) })
}

/// Ranges in order, none empty, joined where they overlap or touch.
pub(super) fn settle(ranges: Vec<Range>, scheme: Scheme) -> Result<Vec<Range>, String> {
    let mut parsed: Vec<(Range, Version, Option<Version>)> = Vec::with_capacity(ranges.len());
    for range in ranges {
        let version = |text: &str| Version::parse(text, scheme).map_err(|invalid| invalid.message);
        let start = version(&range.introduced)?;
        let end = match &range.end {
            End::Open => None,
            End::Fixed(end) | End::LastAffected(end) => Some(version(end)?),
        };
        let order = end.as_ref().and_then(|end| start.compare(end));
        // From a version to itself, exclusive: nothing.
        if order == Some(Ordering::Equal) && matches!(range.end, End::Fixed(_)) {
            continue;
        }
        if !parsed.iter().any(|(held, ..)| *held == range) {
            parsed.push((range, start, end));
        }
    }
    parsed.sort_by(|(_, a, _), (_, b, _)| a.compare(b).unwrap_or(Ordering::Equal));
    let mut joined: Vec<(Range, Version, Option<Version>)> = Vec::new();
    for (range, start, end) in parsed {
        let Some((last, last_start, last_end)) = joined.last_mut() else {
            joined.push((range, start, end));
            continue;
        };
        let order = last_end.as_ref().map(|last_end| last_end.compare(&start));
        let meets = match order {
            // A range without an end holds all that is known to lie behind its beginning.
            None => last_start.compare(&start).is_some(),
            Some(order) => order.is_some_and(Ordering::is_ge),
        };
        if !meets {
            joined.push((range, start, end));
            continue;
        }
        let longer = match (last_end.as_ref(), end.as_ref()) {
            (None, _) => Some(false),
            (Some(_), None) => Some(true),
            (Some(_), Some(_)) if order == Some(Some(Ordering::Equal)) => Some(true),
            (Some(a), Some(b)) => a
                .compare(b)
                .map(|order| order.is_lt() || order.is_eq() && matches!(range.end, End::LastAffected(_))),
        };
        let Some(longer) = longer else {
            // Which of the two ends later is not known.
            joined.push((range, start, end));
            continue;
        };
        if longer {
            last.end = range.end;
            *last_end = end;
        }
    }
    let ranges: Vec<Range> = joined.into_iter().map(|(range, ..)| range).collect();
    let open = ranges.iter().filter(|range| range.end == End::Open);
    if open.count() > 1 {
        return Err("which of two ranges without an end begins first is not known".to_owned());
    }
    match Ranges::new(ranges.clone(), scheme) {
        Ok(_) => Ok(ranges),
        Err(faults) => Err(faults.into_iter().map(|(_, invalid)| invalid.message).next().unwrap_or_default()),
    }
}

/// Versions that are named one by one, as ranges of their own; those that `ranges` hold already are left out.
pub(super) fn singles<'v>(
    versions: impl IntoIterator<Item = &'v str>,
    ranges: &[Range],
    scheme: Scheme,
) -> Vec<Range> {
    let held = Ranges::new(ranges.to_vec(), scheme).ok();
    let is_held = |version: &str| held.as_ref().is_some_and(|held| held.contains(version) == Some(true));
    let single = |version: &'v str| {
        let version = bare(version, scheme);
        let end = End::LastAffected(version.to_owned());
        (!is_held(version)).then(|| Range { introduced: version.to_owned(), end })
    };
    versions.into_iter().filter_map(single).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(ranges: Result<Vec<Range>, String>) -> Vec<String> {
        ranges.map_or_else(|why| vec![why], |ranges| ranges.iter().map(Range::comparators).collect())
    }

    #[test]
    fn events_are_taken_in_the_order_of_versions() {
        use Event::{Fixed, Introduced, LastAffected};
        let of = |events: &[(Event, &str)], scheme| words(of_events(events, scheme));
        let events = [(Introduced, "2.0.0"), (Fixed, "1.4.2"), (Introduced, "0"), (LastAffected, "2.10.0")];
        assert_eq!(of(&events, Scheme::Semver), ["< 1.4.2", ">= 2.0.0, <= 2.10.0"]);
        assert_eq!(of(&[(Introduced, "v1.0.0")], Scheme::Semver), [">= 1.0.0"]);
        assert_eq!(of(&[(Fixed, "1.0.0")], Scheme::Semver), ["`1.0.0` ends a range that nothing begins"]);
        assert!(of(&[(Introduced, "one")], Scheme::Semver)[0].contains("`one` is not a semver version"));
    }

    #[test]
    fn what_overlaps_is_joined() {
        let range = |text: &str| {
            let (introduced, end) = text.split_once(' ').unwrap();
            let end = match end.split_at(1) {
                ("<", end) => End::Fixed(end.to_owned()),
                ("=", end) => End::LastAffected(end.to_owned()),
                _ => End::Open,
            };
            Range { introduced: introduced.to_owned(), end }
        };
        let of =
            |texts: &[&str]| words(settle(texts.iter().map(|text| range(text)).collect(), Scheme::Semver));
        assert_eq!(of(&["2.0.0 <3.0.0", "0 <1.0.0", "1.0.0 <1.5.0"]), ["< 1.5.0", ">= 2.0.0, < 3.0.0"]);
        assert_eq!(of(&["1.0.0 =2.0.0", "1.0.0 <2.0.0"]), [">= 1.0.0, <= 2.0.0"]);
        assert_eq!(of(&["1.0.0 *", "1.5.0 <2.0.0"]), [">= 1.0.0"]);
        assert_eq!(of(&["1.0.0 <1.0.0"]), [""; 0]);
        assert_eq!(of(&["2.0.0 <1.0.0"]), ["introduced `2.0.0` is after fixed `1.0.0`"]);
    }

    #[test]
    fn words_are_joined_where_they_are_the_same() {
        let range = |introduced: &str, end| Range { introduced: introduced.to_owned(), end };
        let fixed = |end: &str| End::Fixed(end.to_owned());
        let of = |ranges: &[Range]| words(settle(ranges.to_vec(), Scheme::Text));
        assert_eq!(of(&[range("a", fixed("b")), range("b", fixed("c"))]), [">= a, < c"]);
        assert_eq!(of(&[range("b", fixed("c")), range("0", End::Open)]), [">= 0"]);
        assert_eq!(of(&[range("b", fixed("c")), range("d", End::Open)]), [">= b, < c", ">= d"]);
        assert_eq!(
            of(&[range("0", fixed("b")), range("0", fixed("c"))]),
            ["the ranges `before b` and `before c` overlap"]
        );
        assert!(of(&[range("b", End::Open), range("c", End::Open)])[0].starts_with("which of two ranges"));
        assert_eq!(of(&[range("0", fixed("b")), range("b", End::LastAffected("b".to_owned()))]), ["<= b"]);
    }

    #[test]
    fn versions_that_a_range_holds_are_not_repeated() {
        let ranges = [Range { introduced: "0".to_owned(), end: End::Fixed("1.2.0".to_owned()) }];
        let singles = singles(["1.0.0", "1.2.0", "v2.0.0"], &ranges, Scheme::Semver);
        assert_eq!(words(Ok(singles)), [">= 1.2.0, <= 1.2.0", ">= 2.0.0, <= 2.0.0"]);
    }
}
