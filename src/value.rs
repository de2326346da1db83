//! Words of the field that cannot hold a bad value: ids, dates, durations, versions, ranges, severities.
//!
//! In goes one string from an author's file, out comes a value that orders and prints, or an [`Invalid`].
//! Nothing here knows of files or spans, and nothing reads a clock.

pub mod alias;
pub(crate) mod capital;
pub mod commit;
pub mod comparators;
pub(crate) mod counted;
pub mod cpe;
pub mod cvss;
pub mod cwe;
pub mod date;
pub mod duration;
pub mod ecosystem;
pub mod email;
pub mod hidden;
pub mod host;
pub mod id;
pub mod language;
pub mod line;
pub mod mojibake;
pub(crate) mod percent;
pub mod placeholder;
pub mod prefix;
pub mod purl;
pub mod range;
pub(crate) mod reports;
pub(crate) mod scan;
pub mod scheme;
pub(crate) mod sentence;
pub mod severity;
pub(crate) mod share;
pub(crate) mod shown;
pub mod slug;
pub(crate) mod stages;
pub mod support;
pub mod url;
pub mod uuid;
pub mod vers;
pub mod version;
pub mod windows_1252;

/// Why a string is not a value of its type.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invalid {
    /// What is wrong: lower case, no full stop, the offending text in backticks.
    pub message: String,
    /// What to write instead, as a full imperative phrase.
    pub help: String,
}

impl Invalid {
    /// Both halves at once.
    pub fn new(message: impl Into<String>, help: impl Into<String>) -> Self {
        Self { message: message.into(), help: help.into() }
    }
}
