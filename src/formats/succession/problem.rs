//! Why bytes are no statement of succession.

use std::fmt;

use crate::diag::escape::short;
use crate::formats::manifest::ManifestProblem;

/// Why bytes are no statement of succession. What it quotes comes from a stranger, and is cut and escaped when shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SuccessionProblem {
    /// No JSON of the right shape; the reader's own words.
    Shape(String),
    /// Another format.
    Format(String),
    /// A value that would be wrong in a manifest as well: a fingerprint, a date, a threshold.
    Value(ManifestProblem),
    /// Handed over by nobody or to nobody.
    Nobody,
    /// The same facts in another spelling.
    NotCanonical,
}

impl fmt::Display for SuccessionProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let shown = |text: &str| short(text, 80);
        match self {
            Self::Shape(why) => write!(f, "the statement cannot be read: {}", short(why, 160)),
            Self::Format(format) => write!(f, "the statement is of the unknown format `{}`", shown(format)),
            Self::Value(ManifestProblem::Date(date)) => {
                write!(f, "`{}` in the statement is no date in whole seconds, UTC", shown(date))
            }
            Self::Value(ManifestProblem::Fingerprint(text)) => {
                write!(f, "`{}` in the statement is no fingerprint", shown(text))
            }
            Self::Value(ManifestProblem::Threshold { threshold, signers }) => {
                write!(f, "the statement asks for `{threshold}` signatures of {signers} signers")
            }
            Self::Value(other) => other.fmt(f),
            Self::Nobody => write!(f, "the statement names nobody who hands over, or nobody who takes over"),
            Self::NotCanonical => write!(f, "the statement is not in canonical form"),
        }
    }
}

impl std::error::Error for SuccessionProblem {}
