//! The release that is deployed: its manifest, and the paths that the branch will have and no others.

use jiff::Timestamp;
use sha2::{Digest, Sha256};

use super::refusal::{self, Refusal};
use crate::formats::manifest::{Manifest, hex};
use crate::io::git::objects::Message;
use crate::openpgp::{Certificate, Verifier, canonical};
use crate::routes;
use crate::verify::place::Place;

/// The largest manifest, in bytes.
const LARGEST: u64 = 64 << 20;

/// The longest `CNAME`, in bytes.
const NAME: u64 = 1024;

/// A manifest, as it lies in a place. Whether the place is what it says is for [`verify`](crate::verify) to tell.
#[derive(Debug)]
pub struct Release {
    /// What it says.
    pub manifest: Manifest,
    /// SHA-256 of its bytes.
    pub hash: [u8; 32],
}

impl Release {
    /// The release in a place, if it has one that can be read.
    pub fn read(place: &dyn Place) -> Option<Self> {
        let bytes = place.read(&routes::manifest().file(), LARGEST).ok()??;
        Self::parse(&bytes)
    }

    fn parse(bytes: &[u8]) -> Option<Self> {
        Some(Self { manifest: Manifest::parse(bytes).ok()?, hash: Sha256::digest(bytes).into() })
    }

    /// The release in a place that others write to: only if one of our keys has signed it.
    pub fn authentic(place: &dyn Place, certificates: &[Certificate], now: Timestamp) -> Option<Self> {
        let path = routes::manifest().file();
        let bytes = place.read(&path, LARGEST).ok()??;
        let signature = place.read(&path.with(".asc"), canonical::LARGEST as u64).ok()??;
        Verifier::forgiving(certificates, now).detached(&bytes, &signature).ok()?;
        Self::parse(&bytes)
    }

    /// Every path of the branch: the files of the manifest, itself and its signature.
    pub fn paths(&self) -> Vec<String> {
        let manifest = routes::manifest().file();
        let own = [manifest.with(".asc"), manifest];
        let files = self.manifest.files.iter().map(|record| &record.path);
        files.chain(&own).map(|path| path.as_str().to_owned()).collect()
    }

    /// Whether the manifest lists a file.
    fn lists(&self, path: &routes::OutPath) -> bool {
        self.manifest.files.iter().any(|record| record.path == *path)
    }

    /// The commit's message.
    pub fn message(&self, now: Timestamp) -> Message {
        let text = format!(
            "Publish version {} of {}\n\nManifest: sha256 {}\n",
            self.manifest.version,
            self.manifest.origin,
            hex(&self.hash)
        );
        Message { text, seconds: now.as_second() }
    }

    /// Whether the host will serve what begins with a dot.
    pub fn judge_host_files(&self) -> Result<(), Refusal> {
        if self.lists(&routes::nojekyll().file()) { Ok(()) } else { Err(refusal::no_nojekyll()) }
    }

    /// Whether this release comes after the one that stands there, which is ours and authentic.
    pub fn judge_after(&self, standing: &Self) -> Result<(), Refusal> {
        let (ours, theirs) = (&self.manifest, &standing.manifest);
        if ours.origin != theirs.origin || self.hash == standing.hash {
            return Ok(());
        }
        if ours.version < theirs.version {
            return Err(refusal::rolled_back(ours.version, theirs.version));
        }
        let history = routes::history(theirs.version).file();
        let kept = ours.files.iter().any(|record| record.path == history && record.sha256 == standing.hash);
        let follows = ours.version > theirs.version && (ours.previous == Some(standing.hash) || kept);
        if follows { Ok(()) } else { Err(refusal::no_successor(ours.version, theirs.version)) }
    }

    /// Whether the branch is of the same host name. `ours` is the place of this release, `theirs` the branch as it is.
    pub fn judge_name(&self, ours: &dyn Place, theirs: &dyn Place) -> Result<(), Refusal> {
        let ours = cname(ours);
        match cname(theirs) {
            Some(theirs) if Some(&theirs) != ours.as_ref() => {
                Err(refusal::other_name(&theirs, ours.as_deref()))
            }
            _ => Ok(()),
        }
    }
}

/// The host name that a place tells GitHub Pages.
fn cname(place: &dyn Place) -> Option<String> {
    let bytes = place.read(&routes::cname().file(), NAME).ok()??;
    let name = String::from_utf8_lossy(&bytes).trim().to_ascii_lowercase();
    (!name.is_empty()).then_some(name)
}

#[cfg(test)]
mod tests;
