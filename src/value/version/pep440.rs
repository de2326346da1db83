//! Python's PEP 440, by the crate that uv uses.

use std::str::FromStr;

use pep440_rs::Version;

use super::refuse;
use crate::value::Invalid;
use crate::value::scheme::Scheme;

/// A normalised version.
pub(super) type Key = Version;

/// PEP 440 allows a leading `v`; so do we, because `pip` prints and takes it.
pub(super) fn parse(text: &str) -> Result<Key, Invalid> {
    Version::from_str(text).map_err(|_| refuse(text, Scheme::Pep440, "PEP 440 has no such form"))
}
