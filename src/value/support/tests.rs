use proptest::prelude::*;

use super::{Kind, Status, Until, Versions, row_for};
use crate::value::comparators::Op;
use crate::value::scheme::Scheme;

fn versions(text: &str) -> Versions {
    Versions::parse(text).unwrap()
}

#[test]
fn understands_cells() {
    let line = |text: &str| Kind::Line(text.to_owned());
    let compare = |op, text: &str| Kind::Compare(op, text.to_owned());
    let check = |text, kind| assert_eq!(versions(text).kind(), &kind, "{text:?}");
    check("2.x", line("2"));
    check("2.1", line("2.1"));
    check("2.1.x", line("2.1"));
    check("`3.6.x`", line("3.6"));
    check("v6.x", line("6"));
    check("20.*", line("20"));
    check("2.x.x", line("2"));
    check("9", line("9"));
    check("2.1.3", Kind::Exact("2.1.3".to_owned()));
    check("2.0.0-beta.1", Kind::Exact("2.0.0-beta.1".to_owned()));
    check("< 2.0", compare(Op::Less, "2.0"));
    check("<7.2.x", compare(Op::Less, "7.2"));
    check("=< 25", compare(Op::AtMost, "25"));
    check("≤ 1.9", compare(Op::AtMost, "1.9"));
    check(">= 1.4", compare(Op::AtLeast, "1.4"));
    check("> 1", compare(Op::Greater, "1"));
    check("1.2.x and earlier", compare(Op::AtMost, "1.2"));
    check("2.0+", compare(Op::AtLeast, "2.0"));
    check("0.1.0-alpha.x", Kind::PreRelease("0.1.0-alpha".to_owned()));
    for words in [
        "latest",
        "main",
        "Current Stable",
        "11.x LTS",
        "7 (>7.15)",
        "PHPUnit 13",
        "80.30x",
        "旧バージョン",
        "< next",
    ] {
        check(words, Kind::Words);
    }
    assert!(Versions::parse(" ").is_err() && Versions::parse("2.\u{200b}x").is_err());
}

#[test]
fn matches_versions() {
    let check = |cell, version, expect| {
        assert_eq!(versions(cell).matches(version, Scheme::Semver), expect, "{cell} and {version}");
    };
    check("2.1.x", "2.1.7", Some(true));
    check("2.1.x", "2.10.0", Some(false));
    check("2.x", "2.1.0-rc.1", Some(true));
    check("2.1", "2.1.3", Some(true));
    check("2.1.3", "2.1.4", Some(false));
    check("< 2.0", "1.9.9", Some(true));
    check("< 2.0", "2.0.0-beta.1", Some(false));
    check("<= 1.9", "1.9.5", Some(true));
    check("> 1", "1.4.0", Some(false));
    check("> 1", "2.0.0", Some(true));
    check(">= 1.4", "1.4.0", Some(true));
    check("< 2.1.3", "2.1.3-rc.1", Some(true));
    check("0.1.0-alpha.x", "0.1.0-alpha.3", Some(true));
    check("0.1.0-alpha.x", "0.1.0-alphabet", Some(false));
    check("0.1.0-alpha.x", "0.1.0", Some(false));
    check("2.x", "main", None);
    check("latest", "2.0.0", None);
    check("latest", "Latest", Some(true));
    let pep = |cell, version| versions(cell).matches(version, Scheme::Pep440);
    assert_eq!(pep("2.1", "2.1rc1"), Some(true));
    assert_eq!(pep("1.x", "2!1.0"), None);
    assert_eq!(versions("hardy").matches("jaunty", Scheme::Text), None);
}

#[test]
fn plain_rows_are_exceptions_to_bounds() {
    let rows: Vec<_> = ["< 7.2.x", "6.2.x", "7.x", "7.4", "latest", "6.2.9"].map(versions).into();
    let row = |version| row_for(&rows, version, Scheme::Semver);
    assert_eq!(row("6.2.1"), Some(1));
    assert_eq!(row("6.2.9"), Some(5));
    assert_eq!(row("5.0.0"), Some(0));
    assert_eq!(row("7.3.0"), Some(2));
    assert_eq!(row("7.4.1"), Some(3));
    assert_eq!(row("8.0.0"), None);
    assert_eq!(row("latest"), Some(4));
}

#[test]
fn ends_of_support() {
    let check = |text, words: &str, last: &str| {
        let until = Until::parse(text).unwrap();
        let day = until.last_day().map(|day| day.to_string()).unwrap_or_default();
        assert_eq!((until.to_string().as_str(), day.as_str()), (words, last), "{text:?}");
        assert_eq!(Until::parse(&until.as_written()), Ok(until));
    };
    check("2028-03-31", "31 Mar 2028", "2028-03-31");
    check("2026-06", "June 2026", "2026-06-30");
    check("2028-02", "February 2028", "2028-02-29");
    check("2026-H1", "first half of 2026", "2026-06-30");
    check("2026H2", "second half of 2026", "2026-12-31");
    check("2026", "2026", "2026-12-31");
    check("tbd", "to be decided", "");
    check("the release of 2.3", "the release of 2.3", "");
    check("36 months after the release of 2.0", "36 months after the release of 2.0", "");
    check("2026H2(plan)", "2026H2(plan)", "");
    for text in ["", "23/06/2026", "31.06.2021", "2026-02-30", "2026-13", "0001-01-01", "2026/06", "20260623"]
    {
        assert!(Until::parse(text).is_err(), "{text:?}");
    }
}

#[test]
fn statuses_read_themselves() {
    for status in Status::ALL {
        assert_eq!(Status::parse(status.as_str()), Ok(status));
    }
    assert!(Status::parse("yes").is_err());
    assert!(Status::BestEffort.gets_fixes() && !Status::Development.gets_fixes());
}

proptest! {
    #[test]
    fn never_panics(cell in "[<>=≤≥`v]{0,2}[0-9.x*é ]{0,10}[a-z+ ]{0,8}", version in "[0-9a-z.!-]{0,10}", scheme in 0usize..5) {
        if let Ok(versions) = Versions::parse(&cell) {
            let _ = versions.matches(&version, Scheme::ALL[scheme]);
        }
        let _ = Until::parse(&cell);
        let _ = Until::parse(&version);
    }
}
