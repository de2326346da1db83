use super::When;

fn check(text: &str, expect: &str) {
    let got = match When::parse(text) {
        Ok(when) => when.to_string(),
        Err(invalid) => invalid.message,
    };
    assert_eq!(got, expect, "{text:?}");
}

#[test]
fn reads_days_and_instants() {
    check("2026-03-20", "2026-03-20");
    check("2026-03-20T08:00:00Z", "2026-03-20T08:00:00Z");
    check("2026-03-20 08:00:00.250Z", "2026-03-20T08:00:00.25Z");
    check("2026-03-20T01:30:00+02:00", "2026-03-19T23:30:00Z");
    check("2024-02-29", "2024-02-29");
}

#[test]
fn refuses_doubt() {
    check("2026-03-20T08:00:00", "`2026-03-20T08:00:00` has no zone");
    check("08:00:00", "`08:00:00` is a time without a date");
    check("0001-01-01T00:00:00Z", "`0001-01-01T00:00:00Z` is not in the years 1990 to 2100");
    check("9999-12-31", "`9999-12-31` is not in the years 1990 to 2100");
    check("2026-12-31T23:59:60Z", "`2026-12-31T23:59:60Z` has a second 60, which few programs read");
    check("2026-02-30", "`2026-02-30` is not a date");
    check("March 20, 2026", "`March 20, 2026` is not a date");
    check("", "`` is not a date");
}

#[test]
fn orders_by_instant_and_knows_its_day() {
    let when = |text| When::parse(text).unwrap();
    assert!(when("2026-03-20") < when("2026-03-20T00:00:00Z"));
    assert!(when("2026-03-20T00:00:00Z") < when("2026-03-20T00:00:01Z"));
    assert!(when("2026-03-20T23:59:59Z") < when("2026-03-21"));
    assert_eq!(when("2026-03-20").timestamp().to_string(), "2026-03-20T00:00:00Z");
    assert_eq!(when("2026-03-20T01:30:00+02:00").day().to_string(), "2026-03-19");
    assert_eq!(When::Day(jiff::civil::Date::MAX).timestamp(), jiff::Timestamp::MAX);
}

#[test]
fn prints_days_for_readers() {
    let words = |text| super::in_words(When::parse(text).unwrap().day());
    assert_eq!(words("2028-03-31"), "31 Mar 2028");
    assert_eq!(words("2026-09-05"), "5 Sep 2026");
}
