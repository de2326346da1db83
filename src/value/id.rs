//! The id of an advisory of this site: it names a file, a page and a record in four formats, for ever.
//!
//! In goes the `id` of a file, out comes an [`AdvisoryId`] that is safe as a path segment on every host.
//! Ids of other databases are [`Alias`]es and have wider rules.

use std::fmt;

use super::Invalid;
use super::shown::shown;

pub use super::alias::{Alias, AliasKind};

/// `[A-Z][A-Za-z0-9-]{2,63}` with a digit, without a trailing or double hyphen, and no device name.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AdvisoryId(String);

impl AdvisoryId {
    /// Checks the shape; letters keep their case.
    pub fn parse(text: &str) -> Result<Self, Invalid> {
        match fault(text) {
            None => Ok(Self(text.to_owned())),
            Some(fault) => Err(Invalid::new(
                format!("{} is not an advisory id: {fault}", shown(text)),
                "write an id such as `EXAMPLE-2026-0001`: 3 to 64 letters, digits and hyphens, a capital first",
            )),
        }
    }

    /// What stands for the id of a file whose id cannot be read; its file has findings and is never published.
    pub fn placeholder() -> Self {
        Self("INVALID-0".to_owned())
    }

    /// The id as written.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Lower-cased: two ids with the same key would be one file on half of the world's file systems.
    pub fn key(&self) -> String {
        self.0.to_ascii_lowercase()
    }

    /// The year of an id that has a `-YYYY-` part. It may differ from the year of publication.
    pub fn year(&self) -> Option<i16> {
        let parts: Vec<&str> = self.0.split('-').collect();
        let inner = parts.get(1..parts.len().saturating_sub(1))?;
        inner
            .iter()
            .filter(|part| part.len() == 4)
            .find_map(|part| part.parse().ok().filter(|year| (1990..=2100).contains(year)))
    }
}

impl fmt::Display for AdvisoryId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// What keeps `text` from being an id, as the second half of a sentence.
fn fault(text: &str) -> Option<String> {
    let foreign = |c: &char| !(c.is_ascii_alphanumeric() || *c == '-');
    if let Some(c) = text.chars().find(foreign) {
        return Some(format!(
            "{} (U+{:04X}) is none of A-Z, a-z, 0-9, `-`",
            shown(&c.to_string()),
            u32::from(c)
        ));
    }
    let fault = if text.len() < 3 {
        "it is shorter than 3 characters"
    } else if text.len() > 64 {
        "it is longer than 64 characters"
    } else if !text.starts_with(|c: char| c.is_ascii_uppercase()) {
        "it does not begin with a capital letter"
    } else if !text.contains(|c: char| c.is_ascii_digit()) {
        "it has no digit"
    } else if text.ends_with('-') {
        "it ends with a hyphen"
    } else if text.contains("--") {
        "it has two hyphens in a row"
    } else if is_device(text) {
        "Windows reserves that name for a device"
    } else {
        return None;
    };
    Some(fault.to_owned())
}

/// Whether Windows would open a device instead of a file of this name.
pub(crate) fn is_device(text: &str) -> bool {
    let upper = text.to_ascii_uppercase();
    matches!(upper.as_str(), "CON" | "PRN" | "AUX" | "NUL")
        || upper
            .strip_prefix("COM")
            .or_else(|| upper.strip_prefix("LPT"))
            .is_some_and(|port| port.len() == 1 && port.bytes().all(|b| b.is_ascii_digit()))
}

#[cfg(test)]
mod tests;
