//! The clock: out comes the present instant. It is asked once a run; everything after takes the date as an input.
#![allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "I/O boundary")]

/// The present instant, by the system's clock.
pub fn now() -> jiff::Timestamp {
    jiff::Timestamp::now()
}
