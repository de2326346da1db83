//! What a place offers as its manifest, before anything of it is believed.

use sha2::{Digest, Sha256};

use super::finding::{Finding, quoted};
use super::place::{Fault, Place};
use crate::formats::manifest::{Claim, Manifest};
use crate::openpgp::canonical;
use crate::routes::{self, OutPath};

/// The largest manifest, in bytes: some four hundred thousand files.
pub(super) const LARGEST: u64 = 64 << 20;

/// A manifest and the signatures over it.
#[derive(PartialEq, Eq)]
pub(super) struct Offer {
    manifest: Vec<u8>,
    signature: Option<Vec<u8>>,
}

impl Offer {
    pub(super) fn read(place: &dyn Place) -> Result<Self, Box<Finding>> {
        let path = routes::manifest().file();
        let manifest = read(place, &path, LARGEST)?.ok_or_else(|| {
            let help =
                "name the folder or the address of a portal that secsite made; its manifest lies there";
            Finding::content(
                "no-manifest",
                path.as_str(),
                format!("there is no {}", quoted(path.as_str())),
                help,
            )
        })?;
        let signature = read(place, &path.with(".asc"), canonical::LARGEST as u64)?;
        Ok(Self { manifest, signature })
    }

    /// What the manifest says of itself.
    pub(super) fn claim(&self) -> Result<Claim, Box<Finding>> {
        Manifest::claim(&self.manifest).map_err(|problem| {
            let path = routes::manifest().file();
            Box::new(Finding::content("bad-manifest", path.as_str(), problem.to_string(), problem.help()))
        })
    }

    pub(super) fn manifest(&self) -> &[u8] {
        &self.manifest
    }

    pub(super) fn signature(&self) -> Option<&[u8]> {
        self.signature.as_deref()
    }

    pub(super) fn hash(&self) -> [u8; 32] {
        Sha256::digest(&self.manifest).into()
    }
}

/// One file that has to be read before the manifest is known.
pub(super) fn read(place: &dyn Place, path: &OutPath, most: u64) -> Result<Option<Vec<u8>>, Box<Finding>> {
    place.read(path, most).map_err(|fault| {
        let too_large = format!("{} has more than {most} bytes", quoted(path.as_str()));
        Box::new(self::fault(path.as_str(), fault, too_large))
    })
}

/// What a place answers instead of bytes, as a finding.
pub(super) fn fault(path: &str, fault: Fault, too_large: String) -> Finding {
    use super::finding::Kind;
    match fault {
        Fault::TooLarge => {
            let help = "do not use this copy; fetch it again, and tell the owner if it stays like this";
            Finding::content("too-large", path, too_large, help)
        }
        Fault::NotAFile(words) => {
            let message = format!("{} is not a plain file: {words}", quoted(path));
            Finding::content(
                "not-a-file",
                path,
                message,
                "do not use this copy; a site is made of plain files alone",
            )
        }
        Fault::Refused(words) => {
            let message = format!("{} is not served as a file: {words}", quoted(path));
            let help = "tell who runs the site's host; readers and programs do not get the file either";
            Finding::content("not-served", path, message, help)
        }
        Fault::Failed(words) => {
            let message = format!("{} cannot be read: {words}", quoted(path));
            Finding::new("unreadable", Kind::World, path, message, "mend that, then run this again")
        }
    }
}
