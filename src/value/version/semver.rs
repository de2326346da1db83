//! Semantic Versioning 2.0.0, as authors write it: `1.9` stands for `1.9.0`.
//!
//! Build metadata takes no part in the order (clause 10), so it is dropped from the key.

use std::borrow::Cow;

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
    // Most have three numbers.
    let full =
        if padding.is_empty() { Cow::Borrowed(text) } else { Cow::Owned([numbers, padding, rest].concat()) };
    let mut version =
        Version::parse(&full).map_err(|error| refuse(text, Scheme::Semver, &error.to_string()))?;
    version.build = BuildMetadata::EMPTY;
    Ok(version)
}

/// The version with all three numbers, as OSV and CVE ask for it: `1.9` is `1.9.0`. `None` for what is no version.
pub fn semver_in_full(text: &str) -> Option<String> {
    let end = text.find(['-', '+']).unwrap_or(text.len());
    let (numbers, rest) = text.split_at(end);
    let padding = ".0".repeat(2usize.checked_sub(numbers.bytes().filter(|b| *b == b'.').count())?);
    let full = format!("{numbers}{padding}{rest}");
    Version::parse(&full).is_ok().then_some(full)
}

/// The least version after this one: nothing lies between `1.2.3` and `1.2.4-0` (SemVer 2.0.0 §11). `None` where the
/// numbers end.
pub fn semver_after(text: &str) -> Option<String> {
    let mut version = parse(text).ok()?;
    if !version.pre.is_empty() {
        return Some(format!("{version}.0"));
    }
    version.patch = version.patch.checked_add(1)?;
    Some(format!("{version}-0"))
}
