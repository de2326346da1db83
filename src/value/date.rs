//! A day, or an instant: the only two ways in which a date can be written without doubt.
//!
//! In goes a TOML date or date-time with a zone, out comes a [`When`] that orders. A local date-time is
//! refused, because readers in two zones would take it for two instants. Nothing here asks for today.

pub(crate) mod printed;

use std::cmp::Ordering;
use std::fmt;

use jiff::civil::Date;
use jiff::tz::Offset;
use jiff::{SignedDuration, Timestamp};
use toml::value::{Datetime, Offset as TomlOffset};

use super::Invalid;
use super::shown::shown;

const HELP: &str =
    "write a date such as `2026-03-20`, or a date-time with its zone such as `2026-03-20T08:00:00Z`";

/// A day of the calendar or an instant in UTC.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum When {
    /// A day; where an instant is needed, its midnight in UTC.
    Day(Date),
    /// An instant, to the precision that was written.
    Instant(Timestamp),
}

impl When {
    /// A TOML date or offset date-time between the years 1990 and 2100.
    pub fn from_toml(value: &Datetime) -> Result<Self, Invalid> {
        let invalid = |why: &str| Invalid::new(format!("{} {why}", shown(&value.to_string())), HELP);
        let Some(date) = value.date else { return Err(invalid("is a time without a date")) };
        if !(1990..=2100).contains(&date.year) {
            return Err(invalid("is not in the years 1990 to 2100"));
        }
        let month = i8::try_from(date.month).map_err(|_| invalid("is not a date"))?;
        let day = i8::try_from(date.day).map_err(|_| invalid("is not a date"))?;
        let year = i16::try_from(date.year).map_err(|_| invalid("is not a date"))?;
        let date = Date::new(year, month, day).map_err(|_| invalid("is not a day of the calendar"))?;
        let Some(time) = value.time else { return Ok(Self::Day(date)) };
        let Some(offset) = value.offset else {
            return Err(Invalid::new(
                format!("{} has no zone", shown(&value.to_string())),
                format!(
                    "zone required: write `{value}Z` if it is UTC, else the offset such as `{value}+02:00`"
                ),
            ));
        };
        let second = time.second.unwrap_or(0);
        if second > 59 {
            return Err(invalid("has a second 60, which few programs read"));
        }
        let minutes = match offset {
            TomlOffset::Z => 0,
            TomlOffset::Custom { minutes } => i32::from(minutes),
        };
        let out_of_range = |_| invalid("is not a time of day");
        let clock = jiff::civil::time(0, 0, 0, 0)
            .with()
            .hour(i8::try_from(time.hour).unwrap_or(i8::MAX))
            .minute(i8::try_from(time.minute).unwrap_or(i8::MAX))
            .second(i8::try_from(second).unwrap_or(i8::MAX))
            .subsec_nanosecond(i32::try_from(time.nanosecond.unwrap_or(0)).unwrap_or(i32::MAX))
            .build()
            .map_err(out_of_range)?;
        let offset = Offset::from_seconds(minutes * 60).map_err(|_| invalid("has no zone of this world"))?;
        offset.to_timestamp(date.to_datetime(clock)).map(Self::Instant).map_err(out_of_range)
    }

    /// The same from text, for formats that carry dates as strings.
    pub fn parse(text: &str) -> Result<Self, Invalid> {
        let value: Datetime =
            text.parse().map_err(|_| Invalid::new(format!("{} is not a date", shown(text)), HELP))?;
        Self::from_toml(&value)
    }

    /// The instant; midnight in UTC for a day.
    pub fn timestamp(&self) -> Timestamp {
        match self {
            Self::Instant(timestamp) => *timestamp,
            Self::Day(date) => {
                let days = date.duration_since(Date::constant(1970, 1, 1)).as_hours() / 24;
                Timestamp::UNIX_EPOCH
                    .saturating_add(SignedDuration::from_hours(days * 24))
                    .unwrap_or(Timestamp::MAX)
            }
        }
    }

    /// The day in UTC.
    pub fn day(&self) -> Date {
        match self {
            Self::Day(date) => *date,
            Self::Instant(timestamp) => Offset::UTC.to_datetime(*timestamp).date(),
        }
    }
}

/// A day as pages print it: "22 Nov 2026".
pub fn in_words(date: Date) -> String {
    let month = MONTHS.get(usize::from(date.month().unsigned_abs()) - 1).map_or("", |name| &name[..3]);
    [&date.day().to_string(), " ", month, " ", &date.year().to_string()].concat()
}

/// English names of the months, January first.
pub(crate) const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

impl Ord for When {
    fn cmp(&self, other: &Self) -> Ordering {
        // A day sorts before the instant that is its midnight, so that order and equality agree.
        let precise = |when: &Self| matches!(when, Self::Instant(_));
        self.timestamp().cmp(&other.timestamp()).then_with(|| precise(self).cmp(&precise(other)))
    }
}

impl PartialOrd for When {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// ISO 8601 for a day, RFC 3339 in UTC for an instant.
impl fmt::Display for When {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Day(date) => date.fmt(f),
            Self::Instant(timestamp) => timestamp.fmt(f),
        }
    }
}

#[cfg(test)]
mod tests;
