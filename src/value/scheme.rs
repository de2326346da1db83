//! How the versions of a product compare.
//!
//! In goes a product's `scheme` and two versions, out comes their order, or the honest answer that there is
//! none. No scheme is ever guessed from how a version looks.

use std::cmp::Ordering;
use std::fmt;

use super::Invalid;
use super::shown::shown;
use super::version::Version;

/// The rule by which versions of one product are ordered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Scheme {
    /// Semantic Versioning 2.0.0; a missing minor or patch number counts as 0.
    #[default]
    Semver,
    /// Python's version specifiers, PEP 440.
    Pep440,
    /// Versions that begin with a year, such as `2026.03.1` or `24.04`.
    Calver,
    /// Numbers with dots, however many: `7.0.100.3`.
    Numeric,
    /// No order: two versions are the same or incomparable.
    Text,
}

impl Scheme {
    /// All of them, in the order of the manual.
    pub const ALL: [Self; 5] = [Self::Semver, Self::Pep440, Self::Calver, Self::Numeric, Self::Text];

    /// The word of `policy.toml`.
    pub fn parse(text: &str) -> Result<Self, Invalid> {
        Self::ALL.into_iter().find(|scheme| scheme.as_str() == text).ok_or_else(|| {
            Invalid::new(
                format!("{} is not a version scheme", shown(text)),
                "write one of `semver`, `pep440`, `calver`, `numeric`, `text`",
            )
        })
    }

    /// The word of `policy.toml`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Semver => "semver",
            Self::Pep440 => "pep440",
            Self::Calver => "calver",
            Self::Numeric => "numeric",
            Self::Text => "text",
        }
    }

    /// Refuses what is no version under this scheme. `0` always is one: OSV's zero, before every release.
    pub fn check(self, version: &str) -> Result<(), Invalid> {
        Version::parse(version, self).map(drop)
    }

    /// The order of two versions; `None` where this scheme cannot tell.
    pub fn compare(self, a: &str, b: &str) -> Option<Ordering> {
        let parse = |text| Version::parse(text, self).ok();
        parse(a)?.compare(&parse(b)?)
    }
}

impl fmt::Display for Scheme {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests;
