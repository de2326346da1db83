//! A statement by which signers hand over to others: `/.well-known/secsite/signers/<n>.json`.
//!
//! In go typed facts or bytes, out come canonical JSON or typed facts, spelled as strictly as a
//! [manifest](super::manifest). Whether the old and the new signers have signed it is for [`verify`](crate::verify).

mod problem;
#[cfg(test)]
mod tests;

use std::borrow::Cow;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::manifest::raw::{Head, RawSigners, instant, seconds};
use super::manifest::{Signers, canonical};

pub use problem::SuccessionProblem;

/// What `format` says.
pub const FORMAT: &str = "secsite-succession/1";

/// The largest statement, in bytes: two times sixteen fingerprints are 2 KiB.
pub const LARGEST: u64 = 64 * 1024;

/// That `from` hands over to `to`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Succession {
    /// Who signed until now, and how many of them have to agree.
    pub from: Signers,
    /// When it was said, in whole seconds.
    pub issued: Timestamp,
    /// Statements of a site count from 1.
    pub number: u32,
    /// Base URL of the site.
    pub origin: String,
    /// Who signs from now on, and how many of them have to agree.
    pub to: Signers,
}

/// Fields are in the order of their names: that order is the canonical one.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Raw<'a> {
    format: Cow<'a, str>,
    from: RawSigners,
    issued: Cow<'a, str>,
    number: u32,
    origin: Cow<'a, str>,
    to: RawSigners,
}

impl Succession {
    /// The canonical bytes. Fingerprints are sorted, fractions of seconds dropped.
    pub fn to_json(&self) -> Vec<u8> {
        let raw = Raw {
            format: FORMAT.into(),
            from: RawSigners::of(&self.from),
            issued: seconds(self.issued).into(),
            number: self.number,
            origin: self.origin.as_str().into(),
            to: RawSigners::of(&self.to),
        };
        canonical::write(&raw, 1024)
    }

    /// Reads canonical bytes, or says what is wrong with them.
    pub fn parse(bytes: &[u8]) -> Result<Self, SuccessionProblem> {
        let shape = |error: serde_json::Error| SuccessionProblem::Shape(error.to_string());
        let head: Head<'_> = serde_json::from_slice(bytes).map_err(shape)?;
        if head.format != FORMAT {
            return Err(SuccessionProblem::Format(head.format.into_owned()));
        }
        let raw: Raw<'_> = serde_json::from_slice(bytes).map_err(shape)?;
        let (from, to) = (raw.from.read(), raw.to.read());
        let statement = Self {
            from: from.map_err(SuccessionProblem::Value)?,
            issued: instant(&raw.issued).map_err(SuccessionProblem::Value)?,
            number: raw.number,
            origin: raw.origin.into_owned(),
            to: to.map_err(SuccessionProblem::Value)?,
        };
        if statement.from.threshold == 0 || statement.to.threshold == 0 {
            return Err(SuccessionProblem::Nobody);
        }
        if statement.to_json() != bytes {
            return Err(SuccessionProblem::NotCanonical);
        }
        Ok(statement)
    }
}
