//! Dates of advisories as every machine format says them: whole seconds, UTC.
//!
//! In goes what an author dated, out comes an instant. Nothing here knows the date of the build.

use jiff::Timestamp;
use jiff::fmt::temporal::DateTimePrinter;

use crate::site::advisory::Advisory;
use crate::value::date::When;

/// When an advisory's content last changed. One that was published and changed on the same day, with a time in one of
/// the two, must not change before it was published.
pub(super) fn changed(advisory: &Advisory) -> Timestamp {
    whole(advisory.modified).max(whole(advisory.published))
}

/// Whole seconds: RSS has no others, and the order must be the same everywhere.
pub(super) fn whole(when: When) -> Timestamp {
    Timestamp::from_second(when.timestamp().as_second()).unwrap_or(Timestamp::UNIX_EPOCH)
}

/// RFC 3339 in UTC.
pub(super) fn rfc3339(at: Timestamp) -> String {
    const WHOLE: DateTimePrinter = DateTimePrinter::new().precision(Some(0));
    WHOLE.timestamp_to_string(&at)
}
