//! The folder where descriptors cannot be had: each step of a path is looked at before the whole is opened.
//!
//! Somebody who exchanges a folder for a link between look and use is not caught here; on Unix they are.
#![allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "I/O boundary")]

use std::ffi::OsString;
use std::fs::{self, File, OpenOptions};
use std::io;
use std::path::{Path, PathBuf};

use super::{Entry, Kind, Mark, Rename};

#[derive(Debug)]
pub(in crate::io) struct Folder(PathBuf);

impl Folder {
    pub(in crate::io) fn open(path: &Path) -> io::Result<Self> {
        if fs::metadata(path)?.is_dir() {
            Ok(Self(path.to_path_buf()))
        } else {
            Err(io::ErrorKind::NotADirectory.into())
        }
    }

    pub(in crate::io) fn folder(&self, rel: &Path) -> io::Result<Self> {
        self.wanted(rel, Kind::Folder)?;
        Ok(Self(self.0.join(rel)))
    }

    pub(in crate::io) fn file(&self, rel: &Path) -> io::Result<File> {
        self.wanted(rel, Kind::File)?;
        File::open(self.0.join(rel))
    }

    pub(in crate::io) fn create(&self, rel: &Path, _mode: u32) -> io::Result<File> {
        self.no_link_above(rel)?;
        OpenOptions::new().write(true).create_new(true).open(self.0.join(rel))
    }

    pub(in crate::io) fn kind(&self, rel: &Path) -> io::Result<Kind> {
        Ok(kind_of(fs::symlink_metadata(self.0.join(rel))?.file_type()))
    }

    /// Nothing portable tells two files apart; equal answers here mean "cannot tell".
    pub(in crate::io) fn identity(&self, rel: &Path) -> io::Result<(u64, u64)> {
        fs::symlink_metadata(self.0.join(rel)).map(|_| (0, 0))
    }

    pub(in crate::io) fn list(&self, rel: &Path) -> io::Result<Vec<Entry>> {
        self.wanted(rel, Kind::Folder)?;
        let entry = |entry: io::Result<fs::DirEntry>| {
            let entry = entry?;
            Ok(Entry { name: entry.file_name(), kind: kind_of(entry.file_type()?) })
        };
        fs::read_dir(self.0.join(rel))?.map(entry).collect()
    }

    pub(in crate::io) fn marks(&self, rel: &Path) -> io::Result<Option<Vec<(OsString, Kind, Mark)>>> {
        self.wanted(rel, Kind::Folder).map(|_| None)
    }

    pub(in crate::io) fn make_folder(&self, rel: &Path, _mode: u32) -> io::Result<()> {
        fs::create_dir(self.0.join(rel))
    }

    pub(in crate::io) fn set_mode(&self, _rel: &Path, _mode: u32) -> io::Result<()> {
        Ok(())
    }

    pub(in crate::io) fn link(&self, from: &Path, to: &Self, rel: &Path) -> io::Result<()> {
        fs::hard_link(self.0.join(from), to.0.join(rel))
    }

    pub(in crate::io) fn rename(&self, from: &Path, to: &Path, how: Rename) -> io::Result<()> {
        let (from, to) = (self.0.join(from), self.0.join(to));
        match how {
            Rename::Exchange => Err(io::ErrorKind::Unsupported.into()),
            Rename::Replace => {
                // Windows replaces files, but no folder; an empty one is put out of the way, any other stays.
                if fs::symlink_metadata(&to).is_ok_and(|meta| meta.is_dir()) {
                    fs::remove_dir(&to)?;
                }
                fs::rename(from, to)
            }
            Rename::Keep => {
                fs::hard_link(&from, to)?;
                fs::remove_file(from)
            }
        }
    }

    pub(in crate::io) fn remove_file(&self, rel: &Path) -> io::Result<()> {
        fs::remove_file(self.0.join(rel))
    }

    pub(in crate::io) fn remove_folder(&self, rel: &Path) -> io::Result<()> {
        fs::remove_dir(self.0.join(rel))
    }

    /// Folders cannot be flushed portably; the files in them can, see `sync_all`.
    pub(in crate::io) fn sync(&self) -> io::Result<()> {
        Ok(())
    }

    pub(in crate::io) fn sync_file(&self, rel: &Path) -> io::Result<()> {
        self.wanted(rel, Kind::File)?;
        OpenOptions::new().write(true).open(self.0.join(rel))?.sync_all()
    }

    pub(in crate::io) fn sync_all(&self) -> io::Result<()> {
        Err(io::ErrorKind::Unsupported.into())
    }

    fn wanted(&self, rel: &Path, kind: Kind) -> io::Result<()> {
        self.no_link_above(rel)?;
        if self.kind(rel)? == kind {
            return Ok(());
        }
        let words = if kind == Kind::File { "not a regular file" } else { "not a folder" };
        Err(io::Error::new(io::ErrorKind::InvalidInput, words))
    }

    fn no_link_above(&self, rel: &Path) -> io::Result<()> {
        for above in rel.ancestors().skip(1) {
            if !above.as_os_str().is_empty() && self.kind(above)? != Kind::Folder {
                return Err(io::ErrorKind::NotADirectory.into());
            }
        }
        Ok(())
    }
}

/// Nothing portable tells whether a file was touched.
pub(in crate::io) fn mark(_file: &File) -> io::Result<Option<Mark>> {
    Ok(None)
}

fn kind_of(kind: fs::FileType) -> Kind {
    if kind.is_symlink() {
        Kind::Link
    } else if kind.is_dir() {
        Kind::Folder
    } else if kind.is_file() {
        Kind::File
    } else {
        Kind::Other
    }
}
