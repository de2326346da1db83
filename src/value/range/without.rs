//! What is left of ranges when versions that are said not to be hit are taken out.
//!
//! In go ranges and comparator lists, out come ranges that a machine format can write down. Where no order tells, or
//! the next version is not known, the ranges stay: too much is said to be hit, never too little.

use std::cmp::Ordering;

use super::{End, Range, Ranges};
use crate::value::comparators::{Comparators, Op};
use crate::value::scheme::Scheme;
use crate::value::version::semver_after;

/// One end of an interval of safe versions.
#[derive(Debug, Clone, Copy)]
struct Bound<'a> {
    version: &'a str,
    inclusive: bool,
}

/// An interval of safe versions; an end that is absent is open.
#[derive(Debug, Clone, Copy, Default)]
struct Safe<'a> {
    low: Option<Bound<'a>>,
    high: Option<Bound<'a>>,
}

impl Ranges {
    /// These ranges without the versions that any of the lists names.
    #[must_use]
    pub fn without(&self, safe: &[Comparators]) -> Self {
        let mut left = self.ranges.clone();
        for list in safe {
            let Some(safe) = interval(list, self.scheme) else { continue };
            let taken: Option<Vec<Vec<Range>>> =
                left.iter().map(|range| subtract(range, &safe, self.scheme)).collect();
            if let Some(taken) = taken {
                left = taken.concat();
            }
        }
        Self::new(left, self.scheme).unwrap_or_else(|_| self.clone())
    }
}

/// The versions for which all comparators hold; `None` where the scheme cannot order them.
fn interval(list: &Comparators, scheme: Scheme) -> Option<Safe<'_>> {
    let mut safe = Safe::default();
    for comparator in list.as_slice() {
        let version = comparator.version.as_str();
        let inclusive = matches!(comparator.op, Op::AtLeast | Op::AtMost | Op::Equal);
        let bound = Bound { version, inclusive };
        if matches!(comparator.op, Op::AtLeast | Op::Greater | Op::Equal) {
            safe.low = Some(tighter(safe.low, bound, Ordering::Greater, scheme)?);
        }
        if matches!(comparator.op, Op::AtMost | Op::Less | Op::Equal) {
            safe.high = Some(tighter(safe.high, bound, Ordering::Less, scheme)?);
        }
    }
    Some(safe)
}

fn tighter<'a>(held: Option<Bound<'a>>, new: Bound<'a>, wins: Ordering, scheme: Scheme) -> Option<Bound<'a>> {
    let Some(held) = held else { return scheme.compare(new.version, new.version).map(|_| new) };
    Some(match scheme.compare(new.version, held.version)? {
        Ordering::Equal => Bound { inclusive: held.inclusive && new.inclusive, ..held },
        order if order == wins => new,
        _ => held,
    })
}

/// What is left of one range; `None` where that cannot be told or written.
fn subtract(range: &Range, safe: &Safe<'_>, scheme: Scheme) -> Option<Vec<Range>> {
    let compare = |a: &str, b: &str| scheme.compare(a, b);
    let mut pieces = Vec::new();
    let mut apart = false;
    if let Some(low) = &safe.low {
        let below = match &range.end {
            End::Open => false,
            End::Fixed(fixed) => compare(fixed, low.version)?.is_le(),
            End::LastAffected(last) => match compare(last, low.version)? {
                Ordering::Equal => !low.inclusive,
                order => order.is_lt(),
            },
        };
        apart |= below;
        let begins_before = match compare(&range.introduced, low.version)? {
            Ordering::Equal => !low.inclusive,
            order => order.is_lt(),
        };
        if begins_before && !below {
            let version = low.version.to_owned();
            let end = if low.inclusive { End::Fixed(version) } else { End::LastAffected(version) };
            pieces.push(Range { introduced: range.introduced.clone(), end });
        }
    }
    if let Some(high) = &safe.high {
        let above = match compare(&range.introduced, high.version)? {
            Ordering::Equal => !high.inclusive,
            order => order.is_gt(),
        };
        apart |= above;
        let reaches_further = match &range.end {
            End::Open => true,
            End::Fixed(fixed) => compare(fixed, high.version)?.is_gt(),
            End::LastAffected(last) => match compare(last, high.version)? {
                Ordering::Equal => !high.inclusive,
                order => order.is_gt(),
            },
        };
        if reaches_further && !above {
            let introduced = match (high.inclusive, scheme) {
                (false, _) => high.version.to_owned(),
                (true, Scheme::Semver) => semver_after(high.version)?,
                (true, _) => return None,
            };
            // After `1.2.3` comes `1.2.4-0`: a fix in that very version leaves nothing.
            let empty = match &range.end {
                End::Fixed(fixed) => compare(&introduced, fixed)?.is_ge(),
                End::LastAffected(last) => compare(&introduced, last)?.is_gt(),
                End::Open => false,
            };
            if !empty {
                pieces.push(Range { introduced, end: range.end.clone() });
            }
        }
    }
    Some(if apart { vec![range.clone()] } else { pieces })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn ranges(list: &[(&str, &str)], scheme: Scheme) -> Ranges {
        let range = |(introduced, end): &(&str, &str)| Range {
            introduced: (*introduced).to_owned(),
            end: match end.strip_prefix("<=") {
                Some(last) => End::LastAffected(last.to_owned()),
                None if end.is_empty() => End::Open,
                None => End::Fixed((*end).to_owned()),
            },
        };
        Ranges::new(list.iter().map(range).collect(), scheme).unwrap()
    }

    fn left(list: &[(&str, &str)], safe: &[&str], scheme: Scheme) -> String {
        let safe: Vec<Comparators> = safe.iter().map(|text| Comparators::parse(text).unwrap()).collect();
        let left = ranges(list, scheme).without(&safe);
        left.iter().map(Range::comparators).collect::<Vec<_>>().join(" | ")
    }

    #[test]
    fn takes_out_what_is_safe() {
        let semver = Scheme::Semver;
        assert_eq!(left(&[("0", "1.9.4")], &["< 0.3.0"], semver), ">= 0.3.0, < 1.9.4");
        assert_eq!(left(&[("0", "")], &[">= 1.2.0, < 1.3.0"], semver), "< 1.2.0 | >= 1.3.0");
        assert_eq!(left(&[("0", "2.0.0")], &["= 1.2.3"], semver), "< 1.2.3 | >= 1.2.4-0, < 2.0.0");
        assert_eq!(left(&[("1.0.0", "<=2.0.0")], &["> 1.5.0"], semver), ">= 1.0.0, <= 1.5.0");
        assert_eq!(left(&[("1.0.0", "2.0.0")], &[">= 2.0.0", "< 1.0.0"], semver), ">= 1.0.0, < 2.0.0");
        assert_eq!(left(&[("1.0.0", "2.0.0")], &["*"], semver), "");
    }

    #[test]
    fn keeps_what_cannot_be_told() {
        assert_eq!(left(&[("1.0", "2.0")], &["<= 1.5"], Scheme::Numeric), ">= 1.0, < 2.0");
        assert_eq!(left(&[("1.0", "2.0")], &["< 1.5"], Scheme::Numeric), ">= 1.5, < 2.0");
        assert_eq!(left(&[("a", "b")], &["< c"], Scheme::Text), ">= a, < b");
    }

    proptest! {
        #[test]
        fn a_version_is_hit_where_it_was_and_is_not_safe(
            a in 0u8..6, b in 0u8..6, last in any::<bool>(), open in any::<bool>(),
            low in 0u8..6, high in 0u8..6, ops in (0u8..3, 0u8..3), probe in 0u8..14,
        ) {
            let version = |number: u8| format!("1.0.{number}");
            prop_assume!(open || a < b);
            let end = if open { End::Open } else if last { End::LastAffected(version(b)) } else { End::Fixed(version(b)) };
            let held = Ranges::new(vec![Range { introduced: version(a), end }], Scheme::Semver).unwrap();
            let text = match ops {
                (0, 0) => "*".to_owned(),
                (l, h) => {
                    let low = ["", ">= ", "> "].get(usize::from(l)).filter(|op| !op.is_empty()).map(|op| format!("{op}{}", version(low)));
                    let high = ["", "<= ", "< "].get(usize::from(h)).filter(|op| !op.is_empty()).map(|op| format!("{op}{}", version(high)));
                    low.into_iter().chain(high).collect::<Vec<_>>().join(", ")
                }
            };
            let safe = Comparators::parse(&text).unwrap();
            let left = held.without(std::slice::from_ref(&safe));
            // Releases and the pre-releases between them.
            let probe = if probe % 2 == 0 { version(probe / 2) } else { format!("{}-rc", version(probe / 2)) };
            let wanted = held.contains(&probe) == Some(true) && safe.matches(&probe, Scheme::Semver) != Some(true);
            prop_assert_eq!(left.contains(&probe) == Some(true), wanted, "{} without {} at {}", held.iter().next().unwrap(), text, probe);
        }
    }
}
