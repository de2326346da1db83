//! A folder that nobody trusts: in go paths beneath it, out come bytes in bounds, and every name that it has.
//!
//! Files are read when they are asked for and not kept, so that a site of 100,000 takes little memory. Follows no link,
//! waits for no pipe.
#![allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "I/O boundary")]

use std::collections::{BTreeMap, BTreeSet};
use std::io::{ErrorKind, Read};
use std::path::{MAIN_SEPARATOR, Path};

use super::confine::{Entry, Kind, Root};
use super::walk::{MOST_NAMES, walk};
use super::{Cause, Error};

/// An open folder.
#[derive(Debug)]
pub struct Folder(Root);

/// What a path led to.
#[derive(Debug)]
pub enum Found {
    /// A regular file, in bounds.
    Bytes(Vec<u8>),
    /// No such path.
    Nothing,
    /// A regular file of more bytes than were asked for.
    TooLarge,
    /// A link, a folder, a pipe; which one.
    NoFile(String),
}

/// What stands behind a name that is no folder with something in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// A regular file.
    File,
    /// A folder without anything in it.
    EmptyFolder,
    /// A link, a pipe, a device.
    Other,
}

impl Folder {
    /// Opens a folder the user named; links on the way to it are the user's own choice.
    ///
    /// # Errors
    /// There is no such folder, or it may not be read.
    pub fn open(path: &Path) -> Result<Self, Error> {
        Root::open(path).map(Self)
    }

    /// The file at a path beneath the folder, if it has at most `most` bytes.
    ///
    /// # Errors
    /// The disk's own.
    pub fn file(&self, rel: &Path, most: u64) -> Result<Found, Error> {
        let (file, size) = match self.0.file(rel) {
            Ok(opened) => opened,
            Err(Error { cause: Cause::Words(why), .. }) => return Ok(Found::NoFile(why)),
            Err(error) if matches!(error.kind(), Some(ErrorKind::NotFound | ErrorKind::NotADirectory)) => {
                return Ok(Found::Nothing);
            }
            Err(error) => return Err(error),
        };
        if size > most {
            return Ok(Found::TooLarge);
        }
        // The size is bounded by what the caller can hold; one byte more shows whether the file grows under our eyes.
        let mut bytes = Vec::with_capacity(usize::try_from(size).unwrap_or(0).saturating_add(1));
        let read = file.take(most.saturating_add(1)).read_to_end(&mut bytes);
        read.map_err(|cause| self.0.failed("read", rel, cause))?;
        Ok(if bytes.len() as u64 > most { Found::TooLarge } else { Found::Bytes(bytes) })
    }

    /// Every name beneath the folder, hidden ones too, with `/` between names. Bytes that are no UTF-8 come as U+FFFD.
    ///
    /// # Errors
    /// The first folder that cannot be listed.
    pub fn list(&self) -> Result<BTreeMap<String, Standing>, Error> {
        let mut names = BTreeMap::new();
        let (mut folders, mut inhabited) = (BTreeSet::new(), BTreeSet::new());
        let mut visit = |path: &Path, entry: &Entry| {
            inhabited.extend(path.parent().map(Path::to_path_buf));
            match entry.kind {
                Kind::Folder => {
                    folders.insert(path.to_path_buf());
                }
                Kind::File => {
                    names.insert(slashed(path), Standing::File);
                }
                Kind::Link | Kind::Other => {
                    names.insert(slashed(path), Standing::Other);
                }
            }
            true
        };
        let mut errors = Vec::new();
        walk(&self.0, Path::new(""), MOST_NAMES, &mut visit, &mut errors);
        if let Some(first) = errors.into_iter().next() {
            return Err(first);
        }
        let empty = folders.difference(&inhabited).map(|path| (slashed(path), Standing::EmptyFolder));
        names.extend(empty.collect::<Vec<(String, Standing)>>());
        Ok(names)
    }
}

/// A path with `/` between names, on every system.
pub(super) fn slashed(path: &Path) -> String {
    let path = path.to_string_lossy();
    if MAIN_SEPARATOR == '/' { path.into_owned() } else { path.replace(MAIN_SEPARATOR, "/") }
}
