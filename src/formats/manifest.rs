//! The manifest: every other file of a site with its size and hash, and who may sign it.
//!
//! In go facts, out comes canonical JSON: ASCII, keys and paths sorted, no blanks, integers alone, one line feed at the
//! end. [`Manifest::parse`] gives nothing unless [`Manifest::to_json`] would give the same bytes back, so that a
//! manifest has one spelling and a signature covers all that a reader can see. Whether it is signed, fresh, or true of a
//! folder is not asked here.

pub(super) mod canonical;
mod problem;
pub(super) mod raw;
pub(super) mod side_by_side;

use jiff::Timestamp;

use crate::openpgp::fingerprint::Fingerprint;
use crate::plan::Digest;
use crate::routes::OutPath;

pub use problem::ManifestProblem;

/// What `format` says. With `origin` it keeps a signature made for something else from being taken for this.
pub const FORMAT: &str = "secsite-manifest/1";

/// One published file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileRecord {
    /// Where it lies.
    pub path: OutPath,
    /// Its length in bytes.
    pub size: u64,
    /// SHA-256 of its bytes.
    pub sha256: [u8; 32],
}

impl FileRecord {
    /// The record of a file with these bytes.
    pub fn of(path: &OutPath, bytes: &[u8]) -> Self {
        Self::known(path, Digest::of(bytes))
    }

    /// The record of a file that came to this.
    pub fn known(path: &OutPath, Digest { size, sha256 }: Digest) -> Self {
        Self { path: path.clone(), size, sha256 }
    }

    /// Whether the file has these bytes.
    pub fn is_of(&self, bytes: &[u8]) -> bool {
        *self == Self::of(&self.path, bytes)
    }
}

/// Who may sign, and how many must.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Signers {
    /// Primary keys of the signers, sorted, each once. None for an unsigned site.
    pub fingerprints: Vec<Fingerprint>,
    /// How many of them must have signed: at least one, or none where there is no signer.
    pub threshold: u32,
}

impl Signers {
    /// Signers in canonical order; no more of them must sign than there are.
    pub fn new(mut fingerprints: Vec<Fingerprint>, threshold: u32) -> Self {
        fingerprints.sort();
        fingerprints.dedup();
        let most = u32::try_from(fingerprints.len()).unwrap_or(u32::MAX);
        Self { threshold: threshold.min(most), fingerprints }
    }

    /// Those who have not signed, if more have to; nobody, if enough have.
    pub fn waiting(&self, signed_by: &[Fingerprint]) -> Vec<Fingerprint> {
        let (signed, waiting): (Vec<Fingerprint>, Vec<Fingerprint>) =
            self.fingerprints.iter().partition(|signer| signed_by.contains(signer));
        let enough = u32::try_from(signed.len()).unwrap_or(u32::MAX) >= self.threshold;
        if enough { Vec::new() } else { waiting }
    }
}

/// A manifest.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Manifest {
    /// Base URL of the site.
    pub origin: String,
    /// One more than that of the release before; the first is 1.
    pub version: u64,
    /// The date of the build, in whole seconds.
    pub issued: Timestamp,
    /// From then on it is stale, in whole seconds.
    pub expires: Timestamp,
    /// SHA-256 of the manifest before; `None` for the first.
    pub previous: Option<[u8; 32]>,
    /// Who signs.
    pub signers: Signers,
    /// Every file but the manifest and its signature, sorted by path.
    pub files: Vec<FileRecord>,
}

/// What a manifest says of itself before any signature is looked at: enough to know whom to ask about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claim {
    /// Base URL of the site, by its own word.
    pub origin: String,
    /// Who signs, by its own word.
    pub signers: Signers,
}

impl Manifest {
    /// The canonical bytes. Files and fingerprints are sorted, fractions of seconds dropped.
    pub fn to_json(&self) -> Vec<u8> {
        raw::write(self)
    }

    /// Reads canonical bytes, or says what is wrong with them.
    pub fn parse(bytes: &[u8]) -> Result<Self, ManifestProblem> {
        let manifest = raw::read(bytes)?;
        let (paths, same) = rayon::join(|| raw::check_paths(&manifest.files), || manifest.to_json() == bytes);
        paths?;
        if same { Ok(manifest) } else { Err(ManifestProblem::NotCanonical) }
    }

    /// What the bytes claim, be they canonical, signed and true or not.
    pub fn claim(bytes: &[u8]) -> Result<Claim, ManifestProblem> {
        raw::claim(bytes)
    }
}

/// Lower-case hex digits.
pub(crate) fn hex(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let digit = |nibble: u8| char::from(DIGITS[usize::from(nibble & 15)]);
    let mut text = String::with_capacity(2 * bytes.len());
    for byte in bytes {
        text.push(digit(byte >> 4));
        text.push(digit(*byte));
    }
    text
}

/// The hash that 64 lower-case hex digits spell.
pub(crate) fn unhex(text: &str) -> Option<[u8; 32]> {
    let nibble = |digit: u8| match digit {
        b'0'..=b'9' => Some(digit - b'0'),
        b'a'..=b'f' => Some(digit - b'a' + 10),
        _ => None,
    };
    let digits: &[u8; 64] = text.as_bytes().try_into().ok()?;
    let mut bytes = [0; 32];
    for (byte, pair) in bytes.iter_mut().zip(digits.chunks_exact(2)) {
        *byte = nibble(pair[0])? << 4 | nibble(pair[1])?;
    }
    Some(bytes)
}

#[cfg(test)]
mod tests;
