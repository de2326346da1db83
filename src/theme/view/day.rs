//! A date for machines and for people.

use jiff::civil::Date;
use serde::Serialize;

use crate::value::date::{When, in_words};

/// A day, UTC.
#[derive(Debug, Clone, Serialize)]
pub struct Day {
    /// `2026-03-31`, for `datetime`.
    pub iso: String,
    /// `31 Mar 2026`.
    pub text: String,
}

impl From<Date> for Day {
    fn from(date: Date) -> Self {
        Self { iso: date.to_string(), text: in_words(date) }
    }
}

impl From<When> for Day {
    fn from(when: When) -> Self {
        when.day().into()
    }
}

impl From<jiff::Timestamp> for Day {
    fn from(at: jiff::Timestamp) -> Self {
        When::Instant(at).day().into()
    }
}
