//! When something was, as exactly as a file says it.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

/// A day in seconds.
const DAY: i64 = 24 * 60 * 60;

/// A stretch of time, and the words for it. Two agree where they meet: a page has days, the others have seconds.
#[derive(Debug, Clone)]
pub(super) struct Moment<'b> {
    from: i64,
    to: i64,
    words: std::borrow::Cow<'b, str>,
}

impl<'b> Moment<'b> {
    /// RFC 3339: a date, or a date with a time.
    pub(super) fn read(text: &'b str) -> Result<Self, String> {
        let faulty = || format!("`{}` is no date of RFC 3339", crate::diag::escape::short(text, 40));
        let (from, to) = if text.len() == "2026-11-22".len() {
            let day = text.parse::<Date>().ok();
            let midnight = day.and_then(|day| day.to_zoned(TimeZone::UTC).ok()).ok_or_else(faulty)?;
            let midnight = midnight.timestamp().as_second();
            (midnight, midnight + DAY - 1)
        } else {
            let at = text.parse::<Timestamp>().map_err(|_| faulty())?.as_second();
            (at, at)
        };
        Ok(Self { from, to, words: text.into() })
    }

    /// As much earlier as a history of so many steps, each a second after the one before, may have moved it.
    pub(super) fn or_earlier(self, seconds: usize) -> Self {
        Self { from: self.from - i64::try_from(seconds).unwrap_or(0), ..self }
    }

    /// Seconds since 1970.
    pub(super) fn at(second: i64, words: &'b str) -> Self {
        Self { from: second, to: second, words: words.into() }
    }

    /// Whether both can be true.
    pub(super) fn agrees(&self, other: &Moment<'_>) -> bool {
        self.from <= other.to && other.from <= self.to
    }

    /// As the file has it.
    pub(super) fn words(&self) -> &str {
        &self.words
    }

    /// The same without its file.
    pub(super) fn into_owned(self) -> Moment<'static> {
        Moment { from: self.from, to: self.to, words: self.words.into_owned().into() }
    }
}

#[cfg(test)]
mod tests {
    use super::Moment;

    #[test]
    fn a_day_agrees_with_its_seconds() {
        let read = |text| Moment::read(text).unwrap();
        assert!(read("2026-03-01").agrees(&read("2026-03-01T23:59:59Z")));
        assert!(!read("2026-03-01").agrees(&read("2026-03-02T00:00:00Z")));
        assert!(read("2026-03-02T04:30:00Z").agrees(&read("2026-03-01T23:30:00-05:00")));
        assert!(!read("2026-03-01T00:00:02Z").agrees(&read("2026-03-01T00:00:00Z")));
        assert!(read("2026-03-01T00:00:02Z").or_earlier(2).agrees(&read("2026-03-01T00:00:00Z")));
        assert!(Moment::read("March").is_err() && Moment::read("").is_err());
    }
}
