//! Numbers with dots between them, however many and however long.
//!
//! Numbers are compared as numbers without a limit of size; `1.0` and `1.0.0` are one version.

use std::cmp::Ordering;

use super::refuse;
use crate::value::Invalid;
use crate::value::scheme::Scheme;

/// The numbers, without zeros at the end.
pub(super) type Key = Vec<Number>;

/// A natural number in decimal digits, without leading zeros; zero is empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Number(String);

impl Number {
    /// `digits` must be ASCII digits.
    pub(super) fn new(digits: &str) -> Self {
        Self(digits.trim_start_matches('0').to_owned())
    }

    fn is_zero(&self) -> bool {
        self.0.is_empty()
    }
}

impl Ord for Number {
    fn cmp(&self, other: &Self) -> Ordering {
        // Without leading zeros, the longer number is the larger one.
        self.0.len().cmp(&other.0.len()).then_with(|| self.0.cmp(&other.0))
    }
}

impl PartialOrd for Number {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// Drops the zeros that make no difference.
pub(super) fn trimmed(mut numbers: Vec<Number>) -> Vec<Number> {
    while numbers.last().is_some_and(Number::is_zero) {
        numbers.pop();
    }
    numbers
}

pub(super) fn parse(text: &str) -> Result<Key, Invalid> {
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    if !text.split('.').all(digits) {
        return Err(refuse(text, Scheme::Numeric, "it is more than numbers and dots"));
    }
    Ok(trimmed(text.split('.').map(Number::new).collect()))
}
