//! The folder in which secsite keeps what it has learned of other people's sites.
//!
//! In go names and bytes, out come bytes. What they say is not known here. The folder is its owner's alone, and a file
//! is replaced whole or not at all.
#![allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "I/O boundary")]

use std::fs::File;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use super::confine::Root;
use super::user_folder::{self, STATE};
use super::{Error, write};

/// The largest file, in bytes: some dozens of certificates.
const CAP: u64 = 16 << 20;

/// Where the folder is on this system. `$XDG_STATE_HOME/secsite`, else `~/.local/state/secsite`; on macOS
/// `~/Library/Application Support/secsite`, on Windows `%LOCALAPPDATA%\secsite`.
///
/// `None` if the environment does not tell.
pub fn folder() -> Option<PathBuf> {
    user_folder::folder(&STATE)
}

/// The bytes of a file; `None` if there is none.
///
/// # Errors
/// It is a link, or too large; or the disk's own.
pub fn read(folder: &Path, name: &str) -> Result<Option<Vec<u8>>, Error> {
    if !folder.is_dir() {
        return Ok(None);
    }
    let root = Root::open(folder)?;
    match root.kind(Path::new(name))? {
        None => Ok(None),
        Some(_) => root.read(Path::new(name), CAP).map(Some),
    }
}

/// Waits this long for another run that writes; then both go on, which loses at most what one of them has learned.
const PATIENCE: Duration = Duration::from_secs(5);

/// Keeps other runs from writing between a read and a write; made with the folder where it is missing. Ends with the value.
#[derive(Debug)]
pub struct Held(#[allow(dead_code, reason = "closing it ends the lock")] Option<File>);

/// Holds the folder.
///
/// # Errors
/// The folder cannot be made.
pub fn hold(folder: &Path) -> Result<Held, Error> {
    make(folder)?;
    // Not every system locks a folder; a lock is better than none, and none is better than no memory.
    let Ok(file) = File::open(folder) else { return Ok(Held(None)) };
    let begun = Instant::now();
    while is_taken(&file) {
        if begun.elapsed() > PATIENCE {
            return Ok(Held(None));
        }
        std::thread::sleep(Duration::from_millis(10));
    }
    Ok(Held(Some(file)))
}

/// Takes the lock, unless another run has it.
#[cfg(unix)]
fn is_taken(file: &File) -> bool {
    use rustix::fs::{FlockOperation, flock};
    flock(file, FlockOperation::NonBlockingLockExclusive) == Err(rustix::io::Errno::WOULDBLOCK)
}

#[cfg(not(unix))]
fn is_taken(_file: &File) -> bool {
    false
}

/// Makes the folder where it is missing, for its owner alone.
pub(super) fn make(folder: &Path) -> Result<(), Error> {
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder).map_err(|cause| Error::system("create the folder", folder, cause))
}

/// Writes a file that only its owner may read, and the folder where it is missing.
///
/// # Errors
/// The disk's own.
pub fn write(folder: &Path, name: &str, bytes: &[u8]) -> Result<(), Error> {
    make(folder)?;
    write::replace_as(folder, name, bytes, 0o600).map(|_| ())
}
