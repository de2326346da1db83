use super::Comparators;
use crate::value::scheme::Scheme;

fn check(text: &str, expect: &str) {
    let got = match Comparators::parse(text) {
        Ok(comparators) => comparators.to_string(),
        Err(invalid) => invalid.message,
    };
    assert_eq!(got, expect, "{text:?}");
}

#[test]
fn reads_lists() {
    check("< 0.3.0", "< 0.3.0");
    check("<0.3.0", "< 0.3.0");
    check(">= 1,<2", ">= 1, < 2");
    check("=< 25", "<= 25");
    check("≤ 1.9", "<= 1.9");
    check("== 1.2.3", "= 1.2.3");
    check(">= 3.0.0-beta.9", ">= 3.0.0-beta.9");
    check("*", "*");
    check("^1.2.3", ">= 1.2.3, < 2.0.0-0");
    check("^0.2.3", ">= 0.2.3, < 0.3.0-0");
    check("^0.0.3", ">= 0.0.3, < 0.0.4-0");
    check("^0.0", ">= 0.0, < 0.1.0-0");
    check("~1.2.3", ">= 1.2.3, < 1.3.0-0");
    check("~1", ">= 1, < 2.0.0-0");
}

#[test]
fn refuses_doubt() {
    check("0.3.0", "`0.3.0` has no operator before `0.3.0`");
    check("", "`` is not a list of comparators");
    check("<", "`<` is not a list of comparators");
    check(">= 1, ", "`>= 1, ` is not a list of comparators");
    check(">= 1 < 2", "`>= 1 < 2` is not a list of comparators");
    check("<> 1", "`<> 1` is not a list of comparators");
    check("^18 || ^20", "`^18 || ^20` is not a list of comparators");
    check("^", "`^` is not a list of comparators");
    check("^18446744073709551615", "`^18446744073709551615` is not a list of comparators");
    check("^1.2.3.4", "`^1.2.3.4` is not a list of comparators");
}

#[test]
fn matches_or_does_not_know() {
    let matches = |text: &str, version| Comparators::parse(text).unwrap().matches(version, Scheme::Semver);
    assert_eq!(matches("< 0.3.0", "0.2.9"), Some(true));
    assert_eq!(matches("< 0.3.0", "0.3.0"), Some(false));
    assert_eq!(matches(">= 1, < 2", "1.9"), Some(true));
    assert_eq!(matches("^1.2", "2.0.0-alpha"), Some(false));
    assert_eq!(matches("*", "1.0.0"), Some(true));
    assert_eq!(matches("< 0.3.0", "nonsense"), None);
    assert_eq!(matches(">= 1, < 2", "main"), None);
    assert!(Comparators::parse("< x").unwrap().check(Scheme::Semver).is_err());
}
