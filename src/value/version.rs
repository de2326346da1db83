//! A version parsed once under its scheme, for fast and honest comparison.
//!
//! In go text and a [`Scheme`], out comes a [`Version`] that compares with versions of the same scheme. What a
//! scheme cannot order compares as `None`, never as a guess. Each scheme has a file of its own below.

use std::cmp::Ordering;

use super::scheme::Scheme;
use super::shown::shown;
use super::{Invalid, line};

mod calver;
mod numeric;
mod pep440;
mod semver;
mod text;

pub use semver::{semver_after, semver_in_full};

/// Longest version, in bytes: it also becomes part of a path.
const LONGEST: usize = 128;

/// A version under a scheme. Keep the text beside it: this is for comparing, not for printing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Version(Key);

#[derive(Debug, Clone, PartialEq, Eq)]
enum Key {
    /// OSV's `0`: before every release, pre-releases included.
    Zero,
    Semver(semver::Key),
    Pep440(pep440::Key),
    Calver(calver::Key),
    Numeric(numeric::Key),
    Text(text::Key),
}

impl Version {
    /// Reads `text` by the rules of `scheme`.
    pub fn parse(text: &str, scheme: Scheme) -> Result<Self, Invalid> {
        if text == "0" {
            return Ok(Self(Key::Zero));
        }
        line::check(text)?;
        if text.is_empty() || text.trim() != text {
            return Err(Invalid::new(
                format!("{} is not a version: it is empty or has spaces around it", shown(text)),
                "write the version alone, such as `1.9.4`",
            ));
        }
        if text.len() > LONGEST {
            return Err(Invalid::new(
                format!("{} is too long for a version", shown(text)),
                format!("keep versions below {LONGEST} bytes"),
            ));
        }
        let key = match scheme {
            Scheme::Semver => Key::Semver(semver::parse(text)?),
            Scheme::Pep440 => Key::Pep440(pep440::parse(text)?),
            Scheme::Calver => Key::Calver(calver::parse(text)?),
            Scheme::Numeric => Key::Numeric(numeric::parse(text)?),
            Scheme::Text => Key::Text(text::parse(text)),
        };
        Ok(Self(key))
    }

    /// The order of two versions of one scheme; `None` between schemes and between different texts.
    pub fn compare(&self, other: &Self) -> Option<Ordering> {
        match (&self.0, &other.0) {
            (Key::Zero, Key::Zero) => Some(Ordering::Equal),
            (Key::Zero, _) => Some(Ordering::Less),
            (_, Key::Zero) => Some(Ordering::Greater),
            (Key::Semver(a), Key::Semver(b)) => Some(a.cmp(b)),
            (Key::Pep440(a), Key::Pep440(b)) => Some(a.cmp(b)),
            (Key::Calver(a), Key::Calver(b)) => Some(a.cmp(b)),
            (Key::Numeric(a), Key::Numeric(b)) => Some(a.cmp(b)),
            (Key::Text(a), Key::Text(b)) => (a == b).then_some(Ordering::Equal),
            _ => None,
        }
    }

    /// Whether this is OSV's zero, the version before every release.
    pub fn is_zero(&self) -> bool {
        self.0 == Key::Zero
    }
}

/// The shared form of a refusal: which text, which scheme, and what to do about it.
fn refuse(text: &str, scheme: Scheme, why: &str) -> Invalid {
    let help = match text.strip_prefix(['v', 'V']) {
        Some(bare) if bare.starts_with(|c: char| c.is_ascii_digit()) => {
            format!("write {} without the leading `v`", shown(bare))
        }
        _ => match scheme {
            Scheme::Semver => "write MAJOR.MINOR.PATCH such as `1.9.4` or `2.0.0-beta.1`, or choose another `scheme` for the product",
            Scheme::Pep440 => "write a version such as `1.9.4`, `2.0rc1` or `1.0.post1`",
            Scheme::Calver => "begin with the year, such as `2026.03.1` or `24.04`",
            Scheme::Numeric | Scheme::Text => "write numbers with dots between them, such as `7.0.100`; `scheme = \"text\"` takes any word",
        }
        .to_owned(),
    };
    Invalid::new(format!("{} is not a {scheme} version: {why}", shown(text)), help)
}
