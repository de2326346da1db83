//! Semantic Versioning 2.0.0, as authors write it: `1.9` stands for `1.9.0`.
//!
//! Build metadata takes no part in the order (clause 10), so it is dropped from the key.

use semver::{BuildMetadata, Version};

use super::refuse;
use crate::value::Invalid;
use crate::value::scheme::Scheme;

/// The version without build metadata.
pub(super) type Key = Version;

/// Pads the numbers to three and leaves the rest to the `semver` crate.
pub(super) fn parse(text: &str) -> Result<Key, Invalid> {
    let end = text.find(['-', '+']).unwrap_or(text.len());
    let (numbers, rest) = text.split_at(end);
    let padding = match numbers.bytes().filter(|b| *b == b'.').count() {
        0 => ".0.0",
        1 => ".0",
        _ => "",
    };
    let mut version = Version::parse(&format!("{numbers}{padding}{rest}"))
        .map_err(|error| refuse(text, Scheme::Semver, &error.to_string()))?;
    version.build = BuildMetadata::EMPTY;
    Ok(version)
}
