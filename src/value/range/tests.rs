use proptest::prelude::*;

use super::{End, Range, Ranges};
use crate::value::scheme::Scheme;

fn range(introduced: &str, end: &str) -> Range {
    let end = match end.split_at_checked(1) {
        None => End::Open,
        Some(("<", fixed)) => End::Fixed(fixed.to_owned()),
        Some((_, last)) => End::LastAffected(last.to_owned()),
    };
    Range { introduced: introduced.to_owned(), end }
}

fn ranges(list: &[(&str, &str)], scheme: Scheme) -> Ranges {
    Ranges::new(list.iter().map(|(from, to)| range(from, to)).collect(), scheme).unwrap()
}

#[test]
fn speaks_like_a_page() {
    let check = |from, to, affected: &str, first_safe: Option<&str>| {
        let words = range(from, to).words();
        assert_eq!((words.affected.as_str(), words.first_safe.as_deref()), (affected, first_safe));
    };
    check("0", "<1.9.4", "before 1.9.4", Some("1.9.4"));
    check("2.0.0-beta.1", "<2.1.3", "2.0.0-beta.1 and later, before 2.1.3", Some("2.1.3"));
    check("2.2.0", "=2.2.0", "2.2.0 only", None);
    check("0", "=2.2.0", "2.2.0 and earlier", None);
    check("1.0", "=1.4", "1.0 to 1.4, inclusive", None);
    check("0", "", "all versions", None);
    check("3.0", "", "3.0 and later", None);
    assert_eq!(range("1.4.0", "<1.7.9").comparators(), ">= 1.4.0, < 1.7.9");
    assert_eq!(range("0", "=1.7.8").comparators(), "<= 1.7.8");
}

#[test]
fn answers_for_a_version() {
    let example = ranges(&[("2.2.0", "=2.2.0"), ("0", "<1.9.4"), ("2.0.0-beta.1", "<2.1.3")], Scheme::Semver);
    let check = |version, affected, fix: Option<&str>| {
        assert_eq!(example.contains(version), affected, "{version}");
        assert_eq!(example.first_fixed_after(version), fix, "{version}");
    };
    check("0.1.0", Some(true), Some("1.9.4"));
    check("1.9.3", Some(true), Some("1.9.4"));
    check("1.9.4", Some(false), None);
    check("2.0.0-alpha", Some(false), None);
    check("2.0.0-beta.1", Some(true), Some("2.1.3"));
    check("2.1.3-rc.1", Some(true), Some("2.1.3"));
    check("2.2", Some(true), None);
    check("2.2.1", Some(false), None);
    check("nonsense", None, None);
    assert_eq!(example.fixes().collect::<Vec<_>>(), ["1.9.4", "2.1.3"], "sorted");
    assert!(!example.all_fixed());
}

#[test]
fn unknown_is_never_safe() {
    let named = ranges(&[("hardy", "<jaunty"), ("karmic", "=lucid")], Scheme::Text);
    assert_eq!(named.contains("hardy"), Some(true));
    assert_eq!(named.contains("lucid"), Some(true));
    assert_eq!(named.contains("intrepid"), None);
    assert_eq!(named.contains("jaunty"), None, "safe in one range, unknown in the other");
    assert_eq!(ranges(&[("0", "<jaunty")], Scheme::Text).contains("jaunty"), Some(false));
    assert_eq!(ranges(&[("0", "")], Scheme::Semver).contains("not a version"), Some(true));
    assert_eq!(ranges(&[], Scheme::Semver).contains("1.0.0"), None);
}

#[test]
fn refuses_with_the_place() {
    let check = |list: &[(&str, &str)], expect: &[(usize, &str)]| {
        let faults =
            Ranges::new(list.iter().map(|(from, to)| range(from, to)).collect(), Scheme::Semver).unwrap_err();
        let faults: Vec<_> =
            faults.iter().map(|(place, invalid)| (*place, invalid.message.as_str())).collect();
        assert_eq!(faults, expect);
    };
    check(&[("2.0", "<1.0")], &[(0, "introduced `2.0` is after fixed `1.0`")]);
    check(&[("2.0", "<2.0.0")], &[(0, "introduced and fixed are the same version, `2.0.0`")]);
    check(&[("2.0", "=1.0")], &[(0, "introduced `2.0` is after last_affected `1.0`")]);
    check(&[("0", "=0")], &[(0, "`0` stands before every release and cannot be the last affected one")]);
    check(
        &[("1.5", "<3.0"), ("1.0", "<2.0"), ("x", "")],
        &[
            (0, "the ranges `1.0 and later, before 2.0` and `1.5 and later, before 3.0` overlap"),
            (2, "`x` is not a semver version: unexpected character 'x' while parsing major version number"),
        ],
    );
    check(&[("1.0", ""), ("2.0", "")], &[(1, "the ranges `1.0 and later` and `2.0 and later` overlap")]);
    check(&[("1.0", "<2.0"), ("2.0", "<3.0")], &[(1, "`2.0` is fixed by one range and affected by another")]);
    check(
        &[("1.0", "=2.0"), ("2.0", "<3.0")],
        &[(1, "the ranges `1.0 to 2.0, inclusive` and `2.0 and later, before 3.0` overlap")],
    );
}

proptest! {
    /// Against the definition, spelled out with the semver crate alone.
    #[test]
    fn contains_is_the_definition(
        bounds in prop::collection::btree_set((0u64..4, 0u64..4, 0u64..4), 2..8),
        inclusive in any::<bool>(),
        probe in (0u64..4, 0u64..4, 0u64..4),
    ) {
        let version = |(a, b, c): (u64, u64, u64)| semver::Version::new(a, b, c);
        let bounds: Vec<_> = bounds.into_iter().map(version).collect();
        let pairs: Vec<_> = bounds.chunks_exact(2).map(|pair| (pair[0].clone(), pair[1].clone())).collect();
        let list = pairs.iter().rev().map(|(from, to)| Range {
            introduced: from.to_string(),
            end: if inclusive { End::LastAffected(to.to_string()) } else { End::Fixed(to.to_string()) },
        });
        let ranges = Ranges::new(list.collect(), Scheme::Semver).unwrap();
        let probe = version(probe);
        let home = pairs.iter().find(|(from, to)| *from <= probe && (probe < *to || inclusive && probe == *to));
        prop_assert_eq!(ranges.contains(&probe.to_string()), Some(home.is_some()));
        let fix = home.filter(|_| !inclusive).map(|(_, to)| to.to_string());
        prop_assert_eq!(ranges.first_fixed_after(&probe.to_string()), fix.as_deref());
    }

    #[test]
    fn never_panics(list in prop::collection::vec(("[0-9.a-z-]{0,8}", "[<=]?[0-9.a-z-]{0,8}"), 0..5), scheme in 0usize..5) {
        let list = list.iter().map(|(from, to)| range(from, to)).collect();
        if let Ok(ranges) = Ranges::new(list, Scheme::ALL[scheme]) {
            let _ = ranges.contains("1.0");
        }
    }
}
