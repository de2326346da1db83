use std::cmp::Ordering;

use super::Scheme;

/// Each version is before the next.
fn rising(scheme: Scheme, versions: &[&str]) {
    for (a, one) in versions.iter().enumerate() {
        for (b, other) in versions.iter().enumerate() {
            assert_eq!(scheme.compare(one, other), Some(a.cmp(&b)), "{scheme}: {one} and {other}");
        }
    }
}

fn same(scheme: Scheme, a: &str, b: &str) {
    assert_eq!(scheme.compare(a, b), Some(Ordering::Equal), "{scheme}: {a} and {b}");
}

fn refused(scheme: Scheme, version: &str, message: &str) {
    let invalid = scheme.check(version).unwrap_err();
    assert_eq!(invalid.message, message, "{scheme}");
}

#[test]
fn semver() {
    let scheme = Scheme::Semver;
    rising(
        scheme,
        &[
            "0",
            "0.0.0-0",
            "0.0.0",
            "1.0.0-alpha",
            "1.0.0-alpha.1",
            "1.0.0-beta.2",
            "1.0.0-beta.11",
            "1.0.0-rc.1",
            "1",
            "1.9",
            "1.10",
        ],
    );
    same(scheme, "1.9", "1.9.0");
    same(scheme, "2-beta", "2.0.0-beta");
    same(scheme, "6.1.1+0", "6.1.1+1");
    refused(
        scheme,
        "1.2.3.4",
        "`1.2.3.4` is not a semver version: unexpected character '.' after patch version number",
    );
    refused(scheme, "", "`` is not a version: it is empty or has spaces around it");
    assert!(scheme.check("latest").is_err());
    assert_eq!(scheme.check("v1.2.3").unwrap_err().help, "write `1.2.3` without the leading `v`");
    assert!(scheme.check("1.2.99999999999999999999999").is_err());
    assert!(scheme.check(&"1".repeat(5000)).is_err());
}

#[test]
fn pep440() {
    let scheme = Scheme::Pep440;
    rising(scheme, &["0", "1.0.dev1", "1.0a1", "1.0b2", "1.0rc1", "1.0", "1.0.post1", "1.1", "1!0.1"]);
    same(scheme, "1.0", "1.0.0");
    refused(scheme, "one", "`one` is not a pep440 version: PEP 440 has no such form");
}

#[test]
fn calver() {
    let scheme = Scheme::Calver;
    rising(
        scheme,
        &[
            "0",
            "99.1",
            "24.04",
            "2024.10",
            "2026.1-dev",
            "2026.1-rc1",
            "2026.1-rc.2",
            "2026.1",
            "2026.1.post1",
            "20260320",
            "26.3.21",
        ],
    );
    same(scheme, "2026.03.20", "20260320");
    same(scheme, "24.04", "2024.4");
    refused(scheme, "1872.1", "`1872.1` is not a calver version: it does not begin with a year");
    refused(
        scheme,
        "2026.1-final",
        "`2026.1-final` is not a calver version: its stage is none of dev, alpha, beta, rc, post",
    );
    assert!(scheme.check("2026..1").is_err());
    assert!(scheme.check("2026.é").is_err());
}

#[test]
fn numeric() {
    let scheme = Scheme::Numeric;
    rising(scheme, &["0", "0.1", "7", "7.0.9", "7.0.10", "7.0.100.3", "123456789012345678901234567890"]);
    same(scheme, "1.0", "1.0.0");
    same(scheme, "1.09", "1.9");
    refused(scheme, "1.1.1za", "`1.1.1za` is not a numeric version: it is more than numbers and dots");
}

#[test]
fn text() {
    let scheme = Scheme::Text;
    assert_eq!(scheme.compare("1.0", "1.1"), None);
    same(scheme, "hardy", "hardy");
    assert_eq!(scheme.compare("0", "hardy"), Some(Ordering::Less));
    assert!(scheme.check("a\u{202e}b").is_err());
    assert!(scheme.check(" a").is_err());
}

#[test]
fn reads_its_own_words() {
    for scheme in Scheme::ALL {
        assert_eq!(Scheme::parse(scheme.as_str()).unwrap(), scheme);
    }
    assert_eq!(Scheme::parse("SemVer").unwrap_err().message, "`SemVer` is not a version scheme");
}
