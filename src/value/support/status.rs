//! What a supported line of releases gets.

use std::fmt;

use crate::value::Invalid;
use crate::value::shown::shown;

/// From everything to nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Status {
    /// Fixes of all kinds.
    Supported,
    /// Security fixes alone.
    SecurityOnly,
    /// Fixes of critical flaws alone.
    CriticalOnly,
    /// Perhaps.
    BestEffort,
    /// Not released yet, worked on.
    Development,
    /// Not begun.
    Planned,
    /// Nothing.
    Unsupported,
    /// Nobody has said it in words that are understood: neither a promise nor its absence.
    Unknown,
}

impl Status {
    /// All of them, in the order of the manual.
    pub const ALL: [Self; 8] = [
        Self::Supported,
        Self::SecurityOnly,
        Self::CriticalOnly,
        Self::BestEffort,
        Self::Development,
        Self::Planned,
        Self::Unsupported,
        Self::Unknown,
    ];

    /// The word of `policy.toml`.
    pub fn parse(text: &str) -> Result<Self, Invalid> {
        Self::ALL.into_iter().find(|status| status.as_str() == text).ok_or_else(|| {
            let words: Vec<String> = Self::ALL.iter().map(|status| format!("`{status}`")).collect();
            Invalid::new(
                format!("{} is not a support status", shown(text)),
                format!("write one of {}", words.join(", ")),
            )
        })
    }

    /// The word of `policy.toml` and of machine formats.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Supported => "supported",
            Self::SecurityOnly => "security-only",
            Self::CriticalOnly => "critical-only",
            Self::BestEffort => "best-effort",
            Self::Development => "development",
            Self::Planned => "planned",
            Self::Unsupported => "unsupported",
            Self::Unknown => "unknown",
        }
    }

    /// The words of pages.
    pub fn label(self) -> &'static str {
        match self {
            Self::Supported => "Supported",
            Self::SecurityOnly => "Security fixes only",
            Self::CriticalOnly => "Critical fixes only",
            Self::BestEffort => "Best effort",
            Self::Development => "In development",
            Self::Planned => "Planned",
            Self::Unsupported => "Not supported",
            Self::Unknown => "Not known",
        }
    }

    /// Whether a released version of this status is promised any security fix. Best effort is a promise, if a weak
    /// one; a line that is not released has nothing to fix.
    pub fn gets_fixes(self) -> bool {
        matches!(self, Self::Supported | Self::SecurityOnly | Self::CriticalOnly | Self::BestEffort)
    }

    /// Whether it says of releases that are out there whether they get fixes.
    pub fn is_decided(self) -> bool {
        !matches!(self, Self::Development | Self::Planned | Self::Unknown)
    }
}

impl fmt::Display for Status {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}
