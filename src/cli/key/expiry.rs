//! When a new key ends: `2y`, `18m`, `90d`, `2 years`, `never`.

use jiff::tz::TimeZone;
use jiff::{Span, Timestamp};

use crate::value::Invalid;
use crate::value::duration::Duration;

/// The end of a key that is made at `from`, or `None` for one without an end.
pub(super) fn expiry(text: &str, from: Timestamp) -> Result<Option<Timestamp>, Invalid> {
    let text = text.trim();
    if text == "never" {
        return Ok(None);
    }
    let refuse = || {
        let shown = crate::diag::escape::short(text, 40);
        Invalid::new(format!("`{shown}` is no lifetime of a key"), "write `2y`, `18m`, `90d`, or `never`")
    };
    let span = short(text).or_else(|| Duration::parse(text).ok()?.calendar()).ok_or_else(refuse)?;
    let end = from.to_zoned(TimeZone::UTC).checked_add(span).map_err(|_| refuse())?.timestamp();
    if end <= from { Err(refuse()) } else { Ok(Some(end)) }
}

/// A number and the first letter of years, months, weeks or days.
fn short(text: &str) -> Option<Span> {
    let unit = text.chars().last()?;
    let number: i64 = text.strip_suffix(unit)?.parse().ok()?;
    match unit {
        'y' => Span::new().try_years(number),
        'm' => Span::new().try_months(number),
        'w' => Span::new().try_weeks(number),
        'd' => Span::new().try_days(number),
        _ => return None,
    }
    .ok()
}

#[cfg(test)]
mod tests {
    use super::expiry;

    fn check(text: &str, expect: &str) {
        let end = expiry(text, "2026-11-22T10:00:00Z".parse().unwrap());
        let end = end.map(|end| end.map_or_else(|| "never".to_owned(), |end| end.to_string()));
        assert_eq!(end.unwrap_or_else(|problem| problem.message), expect, "{text}");
    }

    #[test]
    fn reads_lifetimes() {
        check("2y", "2028-11-22T10:00:00Z");
        check("18m", "2028-05-22T10:00:00Z");
        check("90d", "2027-02-20T10:00:00Z");
        check("2 years", "2028-11-22T10:00:00Z");
        check("never", "never");
        for text in ["", "0y", "-1y", "2", "y", "7-14 days", "99999y", "9223372036854775807d", "é"] {
            check(text, &format!("`{text}` is no lifetime of a key"));
        }
    }
}
