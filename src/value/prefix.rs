//! What the ids of one project begin with: `EXAMPLE` in `EXAMPLE-2026-0001`.
//!
//! In goes `[advisories] prefix`, out comes a [`Prefix`] that makes ids and recognises its own.

use std::fmt;

use super::Invalid;
use super::id::AdvisoryId;
use super::shown::shown;

/// `[A-Z][A-Za-z0-9-]{1,47}` without a trailing or double hyphen.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Prefix(String);

impl Prefix {
    /// Checks the shape.
    pub fn parse(text: &str) -> Result<Self, Invalid> {
        let fine = (2..=48).contains(&text.len())
            && text.starts_with(|c: char| c.is_ascii_uppercase())
            && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
            && !text.ends_with('-')
            && !text.contains("--");
        if fine {
            return Ok(Self(text.to_owned()));
        }
        Err(Invalid::new(
            format!("{} cannot begin an advisory id", shown(text)),
            "write 2 to 48 letters, digits and hyphens, a capital first, such as `EXAMPLE`; the year and number follow by themselves",
        ))
    }

    /// The id `PREFIX-YYYY-NNNN`; `None` for a year outside 1990 to 2100, which no id has.
    pub fn id(&self, year: i16, number: u32) -> Option<AdvisoryId> {
        (1990..=2100)
            .contains(&year)
            .then(|| AdvisoryId::parse(&format!("{}-{year}-{number:04}", self.0)).ok())
            .flatten()
    }

    /// The year and number of an id that this prefix could have made.
    pub fn number_of(&self, id: &AdvisoryId) -> Option<(i16, u32)> {
        let (year, number) = id.as_str().strip_prefix(&self.0)?.strip_prefix('-')?.split_once('-')?;
        Some((year.parse().ok()?, number.parse().ok()?))
    }

    /// Whether `id` begins with this prefix.
    pub fn owns(&self, id: &AdvisoryId) -> bool {
        id.as_str().strip_prefix(&self.0).is_some_and(|rest| rest.starts_with('-'))
    }

    /// The prefix as written.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Prefix {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::{AdvisoryId, Prefix};

    #[test]
    fn makes_ids_and_knows_its_own() {
        let prefix = Prefix::parse("EXAMPLE").unwrap();
        let id = prefix.id(2026, 7).unwrap();
        assert_eq!(id.as_str(), "EXAMPLE-2026-0007");
        assert_eq!(prefix.number_of(&id), Some((2026, 7)));
        assert!(prefix.owns(&id));
        assert!(!prefix.owns(&AdvisoryId::parse("EXAMPLES-2026-0001").unwrap()));
        assert_eq!(prefix.id(0, 1), None);
        for text in ["", "X", "example", "EX--A", "EXAMPLE-", "EXA MPLE", "ÉX"] {
            assert!(Prefix::parse(text).is_err(), "{text:?}");
        }
    }
}
