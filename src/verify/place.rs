//! Where a site lies: a folder, a host, or memory. The only way in which [`verify`](super) sees it.

use std::collections::BTreeMap;

use crate::routes::OutPath;

/// Why a place did not answer. Its words come from this side of the wire and are fit to be printed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// More bytes than asked for.
    TooLarge,
    /// What is there is no plain file: a link, a pipe.
    NotAFile(String),
    /// A host answers with something else than the file: a redirect, packed bytes, another type.
    Refused(String),
    /// The disk or the network failed.
    Failed(String),
}

/// A name that a place has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Name {
    /// A plain file.
    File,
    /// A folder without anything in it.
    EmptyFolder,
    /// A link, a pipe, a device.
    Other,
}

/// A site of which nothing is believed yet.
pub trait Place: Sync {
    /// The bytes of one file; `None` if there is none. Never gives more than `most` bytes.
    fn read(&self, path: &OutPath, most: u64) -> Result<Option<Vec<u8>>, Fault>;

    /// Everything that is there, by path, with `/` between names, as strange as they may be; `None` where that cannot
    /// be known, as of a host.
    fn names(&self) -> Result<Option<BTreeMap<String, Name>>, Fault>;

    /// Whether the place may keep a listed file to itself without being at fault: a host reads `CNAME` and `_headers`
    /// and need not show them. Such a file is reported as not served when it is absent; what is served must be right.
    fn may_hide(&self, _path: &OutPath) -> bool {
        false
    }
}

/// A site in memory, for tests and for what was just made.
impl Place for BTreeMap<String, Vec<u8>> {
    fn read(&self, path: &OutPath, most: u64) -> Result<Option<Vec<u8>>, Fault> {
        match self.get(path.as_str()) {
            Some(bytes) if bytes.len() as u64 > most => Err(Fault::TooLarge),
            found => Ok(found.cloned()),
        }
    }

    fn names(&self) -> Result<Option<BTreeMap<String, Name>>, Fault> {
        Ok(Some(self.keys().map(|path| (path.clone(), Name::File)).collect()))
    }
}
