use proptest::prelude::*;
use semver::{Version, VersionReq};

use super::{Versions, simple};
use crate::value::range::{End, Range, Ranges};
use crate::value::scheme::Scheme;

fn requirements(texts: &[&str]) -> Vec<VersionReq> {
    texts.iter().map(|text| VersionReq::parse(text).expect(text)).collect()
}

/// `introduced..fixed`, `introduced..=last_affected` or `introduced..`.
fn hit(safe: &[&str]) -> Vec<String> {
    let print = |range: &Range| match &range.end {
        End::Fixed(version) => format!("{}..{version}", range.introduced),
        End::LastAffected(version) => format!("{}..={version}", range.introduced),
        End::Open => format!("{}..", range.introduced),
    };
    Versions::matching(&requirements(safe)).complement().ranges().iter().map(print).collect()
}

#[test]
fn what_is_not_safe_is_hit() {
    for (safe, expected) in [
        (&[][..], &["0.."][..]),
        (&["*"], &[]),
        (&[">= 0.0.0-0"], &[]),
        (&[">= 1.2.3"], &["0..1.2.3"]),
        (&["> 1.2.3"], &["0..=1.2.3"]),
        (&["> 1"], &["0..2.0.0"]),
        (&["> 1.2"], &["0..1.3.0"]),
        (&["<= 1.2.3"], &["1.2.4-0.."]),
        (&["<= 1.2.3-rc"], &["1.2.3-rc.0.."]),
        (&["<= 1.2"], &["1.3.0-0.."]),
        (&["< 1.2"], &["1.2.0.."]),
        (&["= 1.2.3"], &["0..1.2.3", "1.2.4-0.."]),
        (&["= 1.2"], &["0..1.2.0", "1.3.0-0.."]),
        (&["1.2.*"], &["0..1.2.0", "1.3.0-0.."]),
        (&["^1.2.3"], &["0..1.2.3", "2.0.0-0.."]),
        (&["0.2.3"], &["0..0.2.3", "0.3.0-0.."]),
        (&["^0.0.3"], &["0..0.0.3", "0.0.4-0.."]),
        (&["^0.0"], &["0..0.0.0", "0.1.0-0.."]),
        (&["~1.2.3"], &["0..1.2.3", "1.3.0-0.."]),
        (&["~1"], &["0..1.0.0", "2.0.0-0.."]),
        (&[">= 1.2.3, < 2.0.0", ">= 2.1.0", "< 0.4.0"], &["0.4.0..1.2.3", "2.0.0..2.1.0"]),
        // Overlapping and touching requirements are one; nothing lies between `1.0.0` and `1.0.1-0`.
        (&[">= 1.0.0, < 1.5.0", ">= 1.2.0, < 2.0.0", ">= 2.0.0"], &["0..1.0.0"]),
        (&["<= 1.0.0", ">= 1.0.1-0"], &[]),
        // Nothing satisfies these, so all are hit.
        (&["> 2.0.0, < 1.0.0"], &["0.."]),
        (&["> 1.0.0, < 1.0.1-0"], &["0.."]),
        (&[">= 3.0.0-beta.9"], &["0..3.0.0-beta.9"]),
        // Where numbers end there is no next series.
        (&["> 18446744073709551615"], &["0.."]),
        (&["^18446744073709551615"], &["0..18446744073709551615.0.0"]),
    ] {
        assert_eq!(hit(safe), expected, "{safe:?}");
    }
}

#[test]
fn many_patched_lines_leave_a_gap_between_each_two() {
    let patched: Vec<_> =
        (1..=22).map(|minor| format!("0.{minor}.1")).chain([">= 0.23.1".to_owned()]).collect();
    let patched: Vec<_> = patched.iter().map(String::as_str).collect();
    let hit = hit(&patched);
    assert_eq!(hit.len(), 23);
    assert_eq!((hit[0].as_str(), hit[22].as_str()), ("0..0.1.1", "0.23.0-0..0.23.1"));
}

#[test]
fn simple_requirements_print_again() {
    for (text, expected) in [
        ("<0.3.0", Some("< 0.3.0")),
        (">=1.0.0,<1.2.0-rc.1", Some(">= 1.0.0, < 1.2.0-rc.1")),
        ("=1.0.0", Some("= 1.0.0")),
        ("< 1", None),
        ("^1.0.0", None),
        ("*", None),
    ] {
        assert_eq!(simple(&VersionReq::parse(text).unwrap()).as_deref(), expected, "{text}");
    }
}

/// Whether the ranges hold the version, as every page of the site will read them. Without any range a page says that
/// nothing is known, so only there the empty set has to be told apart.
fn holds(ranges: &[Range], version: &Version) -> bool {
    let read = Ranges::new(ranges.to_vec(), Scheme::Semver).expect("ranges in order and apart");
    !ranges.is_empty() && read.contains(&version.to_string()).expect("a version of SemVer")
}

/// Small numbers, so that versions meet the bounds often.
fn comparator() -> impl Strategy<Value = String> {
    let op = prop::sample::select(vec!["<", "<=", ">", ">=", "=", "^", "~", ""]);
    let version = prop_oneof![
        (0u64..3).prop_map(|a| format!("{a}")),
        (0u64..3, 0u64..3).prop_map(|(a, b)| format!("{a}.{b}")),
        (0u64..3, 0u64..3, 0u64..3).prop_map(|(a, b, c)| format!("{a}.{b}.{c}")),
        (0u64..3, 0u64..3, 0u64..3, 0u64..3).prop_map(|(a, b, c, n)| format!("{a}.{b}.{c}-rc.{n}")),
    ];
    prop_oneof![
        20 => (op, version).prop_map(|(op, version)| format!("{op}{version}")),
        1 => Just("*".to_owned()),
        1 => (0u64..3).prop_map(|a| format!("{a}.*")),
    ]
}

fn requirement() -> impl Strategy<Value = VersionReq> {
    prop::collection::vec(comparator(), 1..3)
        .prop_filter_map("`*` stands alone", |parts| VersionReq::parse(&parts.join(", ")).ok())
}

proptest! {
    /// Plain versions alone: of pre-releases Cargo has an opt-in rule that no range can say (see the module).
    #[test]
    fn a_version_is_hit_unless_cargo_calls_it_safe(safe in prop::collection::vec(requirement(), 0..5)) {
        let hit = Versions::matching(&safe).complement();
        let ranges = hit.ranges();
        for (major, minor, patch) in (0..64).map(|n| (n / 16, n / 4 % 4, n % 4)) {
            let version = Version::new(major, minor, patch);
            let expected = !safe.iter().any(|requirement| requirement.matches(&version));
            prop_assert_eq!(holds(&ranges, &version), expected, "{} of {:?}", version, ranges);
        }
    }

    #[test]
    fn what_is_neither_is_nothing(safe in prop::collection::vec(requirement(), 0..5)) {
        let matching = Versions::matching(&safe);
        let twice = matching.complement().complement();
        for (major, minor, patch, pre) in (0..128).map(|n| (n / 32, n / 8 % 4, n / 2 % 4, n % 2)) {
            let mut version = Version::new(major, minor, patch);
            if pre == 1 {
                version.pre = semver::Prerelease::new("rc.1").unwrap();
            }
            prop_assert_eq!(holds(&matching.ranges(), &version), holds(&twice.ranges(), &version));
        }
    }
}
