//! Durations as people promise them: "48 hours", "3 business days", "at most 90 days", "weekly".
//!
//! In goes the text of a response row or a deadline, out comes a [`Duration`] that keeps the words and
//! knows what they mean. Words that name no number ("next release") are refused; the policy keeps those as
//! text. Business days stay business days: nothing here knows anybody's holidays.

use std::fmt;

use jiff::Span;

use super::Invalid;
use super::shown::shown;

mod find;
mod grammar;

pub(crate) use find::{Found, find};

/// How the number binds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Bound {
    /// "48 hours", "within 48 hours": the sentence around it says how it binds.
    Plain,
    /// "at most", "up to", "≤".
    AtMost,
    /// "less than", "<".
    LessThan,
    /// "at least", "≥".
    AtLeast,
}

/// What is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Unit {
    /// Sixty seconds.
    Minute,
    /// Sixty minutes.
    Hour,
    /// A day, or a business day.
    Day,
    /// Seven days, or five business days.
    Week,
    /// A month of the calendar.
    Month,
    /// A year of the calendar.
    Year,
}

impl Unit {
    /// The English singular.
    fn word(self) -> &'static str {
        match self {
            Self::Minute => "minute",
            Self::Hour => "hour",
            Self::Day => "day",
            Self::Week => "week",
            Self::Month => "month",
            Self::Year => "year",
        }
    }

    /// Its length in hours of the wall clock; a month is 30.44 days.
    fn hours(self) -> f64 {
        match self {
            Self::Minute => 1.0 / 60.0,
            Self::Hour => 1.0,
            Self::Day => 24.0,
            Self::Week => 168.0,
            Self::Month => 730.5,
            Self::Year => 8766.0,
        }
    }
}

/// A promised time: a number or a range of numbers, of a unit.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Duration {
    /// How the number binds.
    pub bound: Bound,
    /// The smaller number; equal to `max` where one number stands.
    pub min: u32,
    /// The larger number.
    pub max: u32,
    /// Whether only business days (or hours) count.
    pub business: bool,
    /// What is counted.
    pub unit: Unit,
    /// The author's words.
    pub as_printed: String,
}

impl Duration {
    /// `[within|at most|up to|less than|at least|<|≤|≥] n[(-|–|to) n] [business|working|calendar] unit`, and
    /// "daily", "weekly", "monthly", "yearly". Numbers are digits or words up to ninety-nine.
    pub fn parse(text: &str) -> Result<Self, Invalid> {
        grammar::parse(text).map_err(|why| {
            Invalid::new(
                format!("{} is not a duration: {why}", shown(text)),
                "write a number and a unit, such as `48 hours`, `3 business days`, `7-14 days` or `at most 90 days`",
            )
        })
    }

    /// The longest time it allows, in hours of the wall clock: good for comparing, not for clocks.
    ///
    /// Five business days count as a week, forty business hours too.
    pub fn longest_hours(&self) -> f64 {
        let stretch = match (self.business, self.unit) {
            (true, Unit::Day) => 7.0 / 5.0,
            (true, Unit::Hour | Unit::Minute) => 168.0 / 40.0,
            _ => 1.0,
        };
        f64::from(self.max) * self.unit.hours() * stretch
    }

    /// The exact span of the calendar, where there is one: no range, no business days, no lower bound.
    pub fn calendar(&self) -> Option<Span> {
        if self.business || self.min != self.max || self.bound == Bound::AtLeast {
            return None;
        }
        let span = Span::new();
        match self.unit {
            Unit::Minute => span.try_minutes(self.max),
            Unit::Hour => span.try_hours(self.max),
            Unit::Day => span.try_days(self.max),
            Unit::Week => span.try_weeks(self.max),
            Unit::Month => span.try_months(self.max),
            Unit::Year => span.try_years(self.max),
        }
        .ok()
    }
}

/// Plain English, such as "7–14 days" or "at most 3 business days".
impl fmt::Display for Duration {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.bound {
            Bound::Plain => "",
            Bound::AtMost => "at most ",
            Bound::LessThan => "less than ",
            Bound::AtLeast => "at least ",
        })?;
        if self.min != self.max {
            write!(f, "{}–", self.min)?;
        }
        let business = if self.business { "business " } else { "" };
        let plural = if self.max == 1 { "" } else { "s" };
        write!(f, "{} {business}{}{plural}", self.max, self.unit.word())
    }
}

#[cfg(test)]
mod tests;
