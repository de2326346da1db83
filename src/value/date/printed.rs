//! Dates as people print them in a text: in go words, out comes the day or the month, if they can mean only one.
//!
//! Figures between dots are a day, a month and a year wherever they are written so; between strokes they may be anything.

use jiff::civil::Date;

use super::MONTHS;

/// `2026-03-20`, `2026.12.31`, `2026/12/31`, `Mar 20, 2026`, `20 March 2026`; never `03/04/2026`.
pub(crate) fn day(text: &str) -> Option<Date> {
    let parts: Vec<&str> =
        text.split(|c: char| !c.is_alphanumeric()).filter(|part| !part.is_empty()).collect();
    let [a, b, c] = parts.as_slice() else { return None };
    let number = |part: &str| {
        let digits = part.trim_end_matches(|c: char| c.is_ascii_alphabetic());
        (!digits.is_empty() && digits.len() <= 4).then(|| digits.parse::<i16>().ok()).flatten()
    };
    let narrow = |n: i16| i8::try_from(n).ok();
    let (year, month, day) = if a.len() == 4 && b.bytes().all(|b| b.is_ascii_digit()) {
        (number(a)?, narrow(number(b)?)?, narrow(number(c)?)?)
    } else if c.len() == 4 {
        match (month_number(a), month_number(b)) {
            (Some(month), _) => (number(c)?, month, narrow(number(b)?)?),
            (None, Some(month)) => (number(c)?, month, narrow(number(a)?)?),
            (None, None) => return None,
        }
    } else {
        return None;
    };
    Date::new(year, month, day).ok().filter(|date| (1990..=2100).contains(&date.year()))
}

/// `05.03.2026` as the fifth of March. Who puts the month first puts strokes between, unless a text shows that it does
/// not: see [`dots_begin_with_months`].
pub(crate) fn dotted(text: &str) -> Option<Date> {
    let (day, month, year) = dots(text.trim().trim_end_matches('.'))?;
    Date::new(year, month, day).ok().filter(|date| (1990..=2100).contains(&date.year()))
}

/// Whether a text holds a date such as `03.15.2026`, which no day comes first in.
pub(crate) fn dots_begin_with_months(text: &str) -> bool {
    let words = text.split(|c: char| c.is_whitespace() || "|,;()[]*_`<>".contains(c));
    let mut dates = words.filter_map(|word| dots(word.trim_end_matches(['.', ':', '!', '?'])));
    dates.any(|(first, second, _)| first <= 12 && second > 12)
}

/// The figures of `05.03.2026`.
fn dots(text: &str) -> Option<(i8, i8, i16)> {
    let mut parts = text.split('.');
    let mut number = |length: std::ops::RangeInclusive<usize>| {
        let part = parts.next()?;
        let digits = length.contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit());
        digits.then(|| part.parse::<i16>().ok()).flatten()
    };
    let (first, second, year) = (number(1..=2)?, number(1..=2)?, number(4..=4)?);
    parts.next().is_none().then_some((i8::try_from(first).ok()?, i8::try_from(second).ok()?, year))
}

/// `June 2026` as `2026-06`.
pub(crate) fn month(text: &str) -> Option<String> {
    let mut words = text.split_whitespace();
    let (name, year) = (words.next()?, words.next()?);
    let year: i16 = year.parse().ok().filter(|year| (1990..=2100).contains(year))?;
    words.next().is_none().then_some(())?;
    Some(format!("{year}-{:02}", month_number(name)?))
}

fn month_number(name: &str) -> Option<i8> {
    let lower = name.to_lowercase();
    let short: String = lower.chars().take(3).collect();
    let at = MONTHS.iter().position(|month| month[..3].eq_ignore_ascii_case(&short))?;
    lower.chars().all(char::is_alphabetic).then(|| i8::try_from(at + 1).ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::{day, dots_begin_with_months, dotted, month};

    #[test]
    fn only_what_all_readers_read_alike_is_read() {
        for text in ["2026-03-05", "2026/03/05", "Mar 5, 2026", "5 March 2026", "March 5th, 2026"] {
            assert_eq!(day(text), Some(jiff::civil::date(2026, 3, 5)), "{text}");
        }
        assert_eq!(day("03/04/2026"), None);
        assert_eq!(month("June 2026").as_deref(), Some("2026-06"));
        assert_eq!(month("in 2026"), None);
    }

    #[test]
    fn dots_stand_behind_the_day() {
        for (text, expect) in [
            ("05.03.2026", Some(jiff::civil::date(2026, 3, 5))),
            ("5.3.2026", Some(jiff::civil::date(2026, 3, 5))),
            ("31.12.2026.", Some(jiff::civil::date(2026, 12, 31))),
            ("31.06.2021", None),
            ("03.15.2026", None),
            ("05.03.26", None),
            ("1.2.3", None),
            ("1.2.2026.4", None),
            ("05/03/2026", None),
        ] {
            assert_eq!(dotted(text), expect, "{text}");
        }
        assert!(dots_begin_with_months("| 1.x | 03.15.2026 |") && dots_begin_with_months("By 1.31.2026."));
        assert!(!dots_begin_with_months("31.12.2026, 05.03.2026, v1.31.2026 and 1.31.4"));
    }
}
