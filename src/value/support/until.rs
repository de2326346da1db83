//! Until when a line of releases is supported: a day, a month, half a year, a year, or an event.

use std::fmt;

use jiff::civil::Date;

use crate::value::date::{MONTHS, When, in_words};
use crate::value::shown::shown;
use crate::value::{Invalid, line};

/// The end of support, as exactly as it is known. Months, halves and years end with their last day.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Until {
    /// The last day.
    Day(Date),
    /// Year and month, 1 to 12.
    Month(i16, i8),
    /// Year and half, 1 or 2.
    Half(i16, u8),
    /// The whole year.
    Year(i16),
    /// Not decided yet.
    Tbd,
    /// Something that happens: "the release of 2.3".
    Event(String),
}

impl Until {
    /// `2029-01-15`, `2026-06`, `2026-H2`, `2026`, `TBD`, or words. Figures in any other order are refused, because
    /// `03/04/2026` is two different days.
    pub fn parse(text: &str) -> Result<Self, Invalid> {
        line::check(text)?;
        let text = text.trim();
        if text.is_empty() {
            return Err(Invalid::new("an empty end of support", "write `TBD`, or leave `until` out"));
        }
        if text.eq_ignore_ascii_case("TBD") || text.eq_ignore_ascii_case("TBA") {
            return Ok(Self::Tbd);
        }
        let figures = text.bytes().all(|b| b.is_ascii_digit() || b"-/. ".contains(&b));
        let dated = || Self::dated(text).filter(|until| until.last_day().is_some());
        match dated() {
            Some(until) => Ok(until),
            None if figures => Err(Invalid::new(
                format!("{} is not a date that all readers read alike", shown(text)),
                "write year, month, day such as `2026-06-23`, a month such as `2026-06` or a half year such as `2026-H2`",
            )),
            None => Ok(Self::Event(text.to_owned())),
        }
    }

    /// The forms that are dates; `None` for all else.
    fn dated(text: &str) -> Option<Self> {
        let digits = |part: &str, length| part.len() == length && part.bytes().all(|b| b.is_ascii_digit());
        if text.len() == 10 {
            let When::Day(day) = When::parse(text).ok()? else { return None };
            return Some(Self::Day(day));
        }
        let (year, rest) = text.split_at_checked(4)?;
        let year = year.parse().ok().filter(|number| digits(year, 4) && (1990..=2100).contains(number))?;
        let rest = rest.strip_prefix('-').unwrap_or(rest);
        match rest {
            "" if text.len() == 4 => Some(Self::Year(year)),
            "H1" | "h1" => Some(Self::Half(year, 1)),
            "H2" | "h2" => Some(Self::Half(year, 2)),
            _ if text.len() == 7 && digits(rest, 2) => Some(Self::Month(year, rest.parse().ok()?)),
            _ => None,
        }
    }

    /// The last day of support, where the calendar knows it.
    pub fn last_day(&self) -> Option<Date> {
        let end_of = |year, month| Date::new(year, month, 1).ok().map(Date::last_of_month);
        match self {
            Self::Day(day) => Some(*day),
            Self::Month(year, month) => end_of(*year, *month),
            Self::Half(year, 1) => end_of(*year, 6),
            Self::Half(year, _) | Self::Year(year) => end_of(*year, 12),
            Self::Tbd | Self::Event(_) => None,
        }
    }

    /// The form of `policy.toml`, for machines.
    pub fn as_written(&self) -> String {
        match self {
            Self::Day(day) => day.to_string(),
            Self::Month(year, month) => format!("{year}-{month:02}"),
            Self::Half(year, half) => format!("{year}-H{half}"),
            Self::Year(year) => year.to_string(),
            Self::Tbd => "TBD".to_owned(),
            Self::Event(words) => words.clone(),
        }
    }
}

/// For readers: "31 Mar 2028", "June 2026", "second half of 2026".
impl fmt::Display for Until {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Day(day) => f.write_str(&in_words(*day)),
            Self::Month(year, month) => {
                let place = usize::from(month.unsigned_abs()).wrapping_sub(1);
                write!(f, "{} {year}", MONTHS.get(place).copied().unwrap_or_default())
            }
            Self::Half(year, 1) => write!(f, "first half of {year}"),
            Self::Half(year, _) => write!(f, "second half of {year}"),
            Self::Year(year) => write!(f, "{year}"),
            Self::Tbd => f.write_str("to be decided"),
            Self::Event(words) => f.write_str(words),
        }
    }
}
