//! Why bytes are no manifest.

use std::fmt;

use crate::diag::escape::short;
use crate::openpgp::canonical::MOST;

/// Why bytes are no manifest. What it quotes comes from a stranger, and is cut and escaped when it is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ManifestProblem {
    /// No JSON of the right shape; the reader's own words.
    Shape(String),
    /// Another format.
    Format(String),
    /// A path that is absolute, climbs out, or cannot be a file.
    Path(String),
    /// Two paths that are one file on some file systems, or a file that is also a folder.
    SameFile(String, String),
    /// The manifest lists itself or its signature.
    Itself(String),
    /// A hash that is not 64 lower-case hex digits.
    Hash(String),
    /// No instant in whole seconds, UTC.
    Date(String),
    /// A fingerprint that is not forty upper-case hex digits.
    Fingerprint(String),
    /// More signatures asked for than there are signers, or none where there are some.
    Threshold {
        /// How many must sign.
        threshold: u32,
        /// How many could.
        signers: usize,
    },
    /// More signers than a signature file can hold signatures.
    Signers(usize),
    /// The same facts in another spelling.
    NotCanonical,
}

impl ManifestProblem {
    /// What to do about it.
    pub fn help(&self) -> &'static str {
        match self {
            Self::Format(_) => "verify it with the release of secsite that wrote it, or a later one",
            _ => "do not trust this copy; ask its publisher to build and sign the site again",
        }
    }
}

impl fmt::Display for ManifestProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let shown = |text: &str| short(text, 80);
        match self {
            Self::Shape(why) => write!(f, "the manifest cannot be read: {}", short(why, 160)),
            Self::Format(format) => write!(f, "the manifest is of the unknown format `{}`", shown(format)),
            Self::Path(path) => {
                write!(f, "the manifest lists `{}`, which is no path within the site", shown(path))
            }
            Self::SameFile(a, b) => {
                write!(f, "the manifest lists `{}` and `{}`, which cannot both be files", shown(a), shown(b))
            }
            Self::Itself(path) => write!(f, "the manifest lists `{}`, a part of itself", shown(path)),
            Self::Hash(hash) => write!(f, "`{}` in the manifest is no SHA-256", shown(hash)),
            Self::Date(date) => {
                write!(f, "`{}` in the manifest is no date in whole seconds, UTC", shown(date))
            }
            Self::Fingerprint(text) => write!(f, "`{}` in the manifest is no fingerprint", shown(text)),
            Self::Threshold { threshold, signers } => {
                write!(f, "the manifest asks for `{threshold}` signatures of {signers} signers")
            }
            Self::Signers(count) => write!(f, "{count} signers are named, and {MOST} can sign"),
            Self::NotCanonical => write!(f, "the manifest is not in canonical form"),
        }
    }
}

impl std::error::Error for ManifestProblem {}
