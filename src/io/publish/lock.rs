//! One build at a time: in goes the place of the output, out comes a lock that ends with the process at the latest.
//!
//! The lock is the system's, on an open file; the file itself says nothing but who holds it, and may stay after a crash.
#![allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "I/O boundary")]

use std::fs::{self, File, OpenOptions};
use std::io::{self, ErrorKind, Read, Write};
use std::path::{Path, PathBuf};
use std::process;

use super::place::Place;
use crate::io::Error;

#[derive(Debug)]
pub(super) struct Lock {
    path: PathBuf,
    /// Closing it ends the lock.
    _file: File,
}

impl Lock {
    /// # Errors
    /// Another build has it, at once; or the disk's own.
    pub(super) fn take(place: &Place) -> Result<Self, Error> {
        let path = place.parent.show(&place.lock_name());
        let failed = |cause: io::Error| Error::system("lock", &path, cause);
        loop {
            let mut file = open(&path).map_err(|cause| {
                if cause.kind() == ErrorKind::PermissionDenied || cause.kind() == ErrorKind::ReadOnlyFilesystem {
                    failed(cause).with_help("the new site is built beside the output: make the folder that holds it writable, or name another with `-o DIR`")
                } else {
                    failed(cause)
                }
            })?;
            match hold(&file) {
                Ok(()) => {}
                Err(cause) if cause.kind() == ErrorKind::WouldBlock => return Err(held(&path, &mut file)),
                Err(cause) => return Err(failed(cause)),
            }
            // The former holder deletes the file before it lets go: then this lock is on a file without a name.
            if is_same(&file, &path) {
                // Who holds it is a courtesy; the lock holds without.
                let _ = file.set_len(0).and_then(|()| write!(file, "{}", process::id()));
                return Ok(Self { path, _file: file });
            }
        }
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        // A file that stays does no harm.
        let _ = fs::remove_file(&self.path);
    }
}

fn held(path: &Path, file: &mut File) -> Error {
    let mut holder = String::new();
    let known = file.take(20).read_to_string(&mut holder).is_ok();
    let holder = holder.parse::<u32>().ok().filter(|_| known);
    let holder = holder.map_or_else(String::new, |process| format!(" (process {process})"));
    let why = format!("locked by another secsite build{holder}");
    Error::refused("publish", path, why, "wait until it is done, or build into another folder with `-o DIR`")
}

#[cfg(unix)]
fn open(path: &Path) -> io::Result<File> {
    use rustix::fs::OFlags;
    use std::os::unix::fs::OpenOptionsExt;
    let flags = OFlags::NOFOLLOW | OFlags::NONBLOCK;
    let mut options = OpenOptions::new();
    options.read(true).write(true).create(true).truncate(false).mode(0o644);
    options.custom_flags(flags.bits().cast_signed()).open(path)
}

#[cfg(unix)]
fn hold(file: &File) -> io::Result<()> {
    use rustix::fs::{FlockOperation, flock};
    Ok(flock(file, FlockOperation::NonBlockingLockExclusive)?)
}

#[cfg(unix)]
fn is_same(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    let identity = |meta: fs::Metadata| (meta.dev(), meta.ino());
    file.metadata().ok().map(identity) == fs::symlink_metadata(path).ok().map(identity)
}

/// Opening shares with nobody, so the open file is the lock.
#[cfg(windows)]
fn open(path: &Path) -> io::Result<File> {
    use std::os::windows::fs::OpenOptionsExt;
    let mut options = OpenOptions::new();
    options.read(true).write(true).create(true).truncate(false).share_mode(0).open(path)
}

#[cfg(not(any(unix, windows)))]
fn open(path: &Path) -> io::Result<File> {
    OpenOptions::new().read(true).write(true).create(true).truncate(false).open(path)
}

#[cfg(not(unix))]
fn hold(_file: &File) -> io::Result<()> {
    Ok(())
}

#[cfg(not(unix))]
fn is_same(_file: &File, _path: &Path) -> bool {
    true
}
