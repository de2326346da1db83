use proptest::prelude::*;

use super::Duration;

fn check(text: &str, expect: &str) {
    let got = match Duration::parse(text) {
        Ok(duration) => duration.to_string(),
        Err(invalid) => invalid.message.rsplit(": ").next().unwrap().to_owned(),
    };
    assert_eq!(got, expect, "{text:?}");
}

#[test]
fn reads_promises_in_use() {
    check("48 hours", "48 hours");
    check("within 48 hours", "48 hours");
    check("48h", "48 hours");
    check("1 hour", "1 hour");
    check("3 business days", "3 business days");
    check("two business days", "2 business days");
    check("5 working days", "5 business days");
    check("10 calendar days", "10 days");
    check("in at most three days", "at most 3 days");
    check("up to 90 days", "at most 90 days");
    check("At least 14 days", "at least 14 days");
    check("< 14 days", "less than 14 days");
    check("≤ 2 weeks", "at most 2 weeks");
    check("48–72 hours", "48–72 hours");
    check("24-48 hours", "24–48 hours");
    check("1 to 3 days", "1–3 days");
    check("7-14 business days", "7–14 business days");
    check("90-day", "90 days");
    check("90 day", "90 days");
    check("forty-eight hours", "48 hours");
    check("ninety days", "90 days");
    check("thirty-sixty days", "30–60 days");
    check("thirty to forty-five days", "30–45 days");
    check("a week", "1 week");
    check("weekly", "7 days");
    check("Daily", "1 day");
    check("monthly", "1 month");
    check("1 month", "1 month");
    check("180 days", "180 days");
}

#[test]
fn leaves_words_to_the_policy() {
    check("next release", "no number stands where one is due");
    check("a few days", "its unit is none of minutes, hours, days, weeks, months, years");
    check("ASAP", "no number stands where one is due");
    check("", "no number stands where one is due");
    check("3", "it names no unit");
    check("3 business", "it names no unit");
    check("3 fortnights", "its unit is none of minutes, hours, days, weeks, months, years");
    check("14-7 days", "the range runs backwards");
    check("3 to days", "the range has no end");
    check("7 days (Critical)", "it holds a character of no duration");
    check("7 days or so", "words follow the unit");
    check("99999999999999 days", "its number is too large");
    check("5 営業日以内", "it holds a character of no duration");
}

#[test]
fn compares_and_becomes_a_span() {
    let hours = |text| Duration::parse(text).unwrap().longest_hours();
    assert!(hours("30 minutes") < hours("1 hour"));
    assert!(hours("48 hours") < hours("2 business days"));
    assert_eq!(hours("5 business days"), hours("1 week"));
    assert_eq!(hours("7-14 days"), hours("14 days"));

    let span = |text| Duration::parse(text).unwrap().calendar().map(|span| span.to_string());
    assert_eq!(span("180 days").unwrap(), "P180D");
    assert_eq!(span("6 months").unwrap(), "P6M");
    assert_eq!(span("3 business days"), None);
    assert_eq!(span("7-14 days"), None);
    assert_eq!(span("at least 90 days"), None);
    assert_eq!(span("100000 years"), None);
}

proptest! {
    #[test]
    fn printing_is_stable(
        bound in prop::sample::select(vec!["", "within ", "at most ", "up to ", "at least ", "< ", "≤ ", "less than "]),
        min in 0u32..200, more in 0u32..200, range in any::<bool>(),
        kind in prop::sample::select(vec!["", "business ", "working ", "calendar "]),
        unit in prop::sample::select(vec!["minutes", "hour", "days", "week", "months", "year"]),
    ) {
        let number = if range { format!("{min}-{}", min + more) } else { min.to_string() };
        let once = Duration::parse(&format!("{bound}{number} {kind}{unit}")).unwrap();
        let again = Duration::parse(&once.to_string()).unwrap();
        prop_assert_eq!(once.to_string(), again.to_string());
        prop_assert_eq!((once.bound, once.min, once.max, once.business, once.unit),
            (again.bound, again.min, again.max, again.business, again.unit));
    }

    #[test]
    fn never_panics(text in "\\PC{0,40}") {
        let _ = Duration::parse(&text);
    }

    #[test]
    fn never_panics_on_its_own_words(
        words in prop::collection::vec(prop::sample::select(vec!["at", "most", "up", "to", "ninety", "-", "–", "5", "days", "business", "<", "in", "a", "one"]), 0..8)
    ) {
        let _ = Duration::parse(&words.join(" "));
        let _ = Duration::parse(&words.concat());
    }
}
