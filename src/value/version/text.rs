//! Versions that are names: they can be the same, but none is before another.

/// The name as it is.
pub(super) type Key = String;

pub(super) fn parse(text: &str) -> Key {
    text.to_owned()
}
