//! A folder that cannot be left: in go paths relative to it, out come files that truly lie beneath it.
//!
//! On Unix every step is taken relative to an open folder, so that nobody can exchange a folder for a link between the
//! check and the use. No symbolic link is followed, no pipe or device is waited for, nothing above the folder is touched.
#![allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "I/O boundary")]

use std::ffi::OsString;
use std::fs::File;
use std::io::{self, Read};
use std::path::{Component, Path, PathBuf};

use super::{Error, escape};

#[cfg(any(test, not(unix)))]
#[cfg_attr(unix, allow(dead_code, reason = "on Unix only the tests call it"))]
mod portable;
#[cfg(unix)]
mod unix;

#[cfg(not(unix))]
use portable::Folder;
#[cfg(not(unix))]
pub(super) use portable::mark;
#[cfg(unix)]
use unix::Folder;
#[cfg(unix)]
pub(super) use unix::mark;

/// What stands behind a name, the name itself looked at, not what it may point to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// A regular file.
    File,
    /// A folder.
    Folder,
    /// A symbolic link, wherever it leads.
    Link,
    /// A pipe, a socket or a device.
    Other,
}

/// One name in a folder.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Entry {
    pub(super) name: OsString,
    pub(super) kind: Kind,
}

/// What of a file changes when somebody touches it: device, number, kind and rights, size, and the times of the last change
/// of the bytes and of anything. Nobody can set the last one.
pub(super) type Mark = [u64; 8];

/// How a name is given to a file that has another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Rename {
    /// What bore the new name is gone afterwards; an empty folder may be replaced by a folder.
    Replace,
    /// Fails if the new name is taken.
    Keep,
    /// Both swap places in one step.
    Exchange,
}

/// An open folder, and how error messages spell it.
#[derive(Debug)]
pub struct Root {
    shown: PathBuf,
    pub(super) folder: Folder,
}

impl Root {
    /// Opens a folder the user named; links on the way to it are the user's own choice.
    pub fn open(path: &Path) -> Result<Self, Error> {
        Self::open_as(path, path)
    }

    /// The same, but messages spell what lies beneath relative to `shown`.
    pub(super) fn open_as(path: &Path, shown: &Path) -> Result<Self, Error> {
        let folder = Folder::open(path).map_err(|cause| Error::system("open the folder", path, cause))?;
        Ok(Self { shown: shown.to_path_buf(), folder })
    }

    /// A folder beneath this one.
    pub(super) fn beneath(&self, rel: &Path) -> Result<Self, Error> {
        let open = sound(rel).and_then(|()| self.folder.folder(rel));
        let folder = open.map_err(|cause| self.failed("open the folder", rel, cause))?;
        Ok(Self { shown: self.shown.join(rel), folder })
    }

    /// How messages spell `rel`.
    pub(super) fn show(&self, rel: &Path) -> PathBuf {
        if rel.as_os_str().is_empty() { self.shown.clone() } else { self.shown.join(rel) }
    }

    /// What stands behind `rel`; `None` if nothing does.
    pub fn kind(&self, rel: &Path) -> Result<Option<Kind>, Error> {
        match sound(rel).and_then(|()| self.folder.kind(rel)) {
            Ok(kind) => Ok(Some(kind)),
            Err(cause) if cause.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(cause) => Err(self.failed("look at", rel, cause)),
        }
    }

    /// The bytes of a regular file of at most `cap` bytes. A larger one is refused before a byte of it is read.
    pub fn read(&self, rel: &Path, cap: u64) -> Result<Vec<u8>, Error> {
        let (mut file, size) = self.file(rel)?;
        if size > cap {
            return Err(too_large(&self.show(rel), Some(size), cap));
        }
        // The cap bounds the size, so it fits. A file gives all it has at once, so one byte less than there is room for
        // is the end, and what has grown in the meantime is read as well.
        let mut bytes = vec![0; usize::try_from(size).unwrap_or(0).saturating_add(1)];
        let first = file.read(&mut bytes);
        let length = first.as_ref().map_or(0, |length| *length);
        bytes.truncate(length);
        if first.is_err() || length as u64 != size {
            // What comes after it, or all of it where the system was interrupted; any other error comes again.
            let limit = cap.saturating_add(1).saturating_sub(length as u64);
            let rest = file.by_ref().take(limit).read_to_end(&mut bytes);
            rest.map_err(|cause| self.failed("read", rel, cause))?;
        }
        if bytes.len() as u64 > cap {
            return Err(too_large(&self.show(rel), None, cap));
        }
        Ok(bytes)
    }

    /// A regular file opened for reading, and its size in bytes.
    pub(super) fn file(&self, rel: &Path) -> Result<(File, u64), Error> {
        let open = || {
            sound(rel)?;
            let file = self.folder.file(rel)?;
            let meta = file.metadata()?;
            Ok((file, meta))
        };
        let (file, meta) = open().map_err(|cause| self.failed("read", rel, cause))?;
        if meta.is_file() {
            Ok((file, meta.len()))
        } else {
            let kind = if meta.is_dir() { Kind::Folder } else { Kind::Other };
            Err(unfit(&self.show(rel), kind))
        }
    }

    /// The names in the folder `rel`, sorted.
    pub(super) fn list(&self, rel: &Path) -> Result<Vec<Entry>, Error> {
        let list = sound(rel).and_then(|()| self.folder.list(rel));
        let mut entries = list.map_err(|cause| self.failed("list", rel, cause))?;
        entries.sort_unstable();
        Ok(entries)
    }

    /// The system's error, or the better one when a symbolic link is behind it.
    pub(super) fn failed(&self, doing: &str, rel: &Path, cause: io::Error) -> Error {
        let mut upto = PathBuf::new();
        for step in rel.components() {
            upto.push(step);
            match self.folder.kind(&upto) {
                Ok(Kind::Link) => return unfit(&self.show(&upto), Kind::Link),
                Ok(Kind::Folder) => {}
                _ => break,
            }
        }
        Error::system(doing, self.show(rel), cause)
    }
}

/// The error for something that stands where a regular file is needed.
pub(super) fn unfit(shown: &Path, kind: Kind) -> Error {
    let (why, help) = match kind {
        Kind::Link => ("it is a symbolic link", "put the file itself there; secsite follows no links"),
        Kind::Folder => ("it is a folder", "put a file there"),
        Kind::File => ("it is a file", "put a folder there"),
        Kind::Other => ("it is a pipe, a socket or a device", "put a regular file there, or remove it"),
    };
    Error::refused("read", shown, why, help)
}

fn too_large(shown: &Path, size: Option<u64>, cap: u64) -> Error {
    let why = match size {
        Some(size) => format!("it has {size} bytes, and at most {cap} are read"),
        None => format!("it grew while it was read, and at most {cap} bytes are read"),
    };
    Error::refused("read", shown, why, "shorten it, or move it out of the site")
}

/// Whether `rel` goes down and nowhere else.
fn sound(rel: &Path) -> io::Result<()> {
    if rel.components().all(|step| matches!(step, Component::Normal(_))) {
        return Ok(());
    }
    let words = format!("the path `{}` leaves the folder", escape::path(rel));
    Err(io::Error::new(io::ErrorKind::InvalidInput, words))
}

#[cfg(test)]
mod tests;
