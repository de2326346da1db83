//! A file that the user named: in goes its path, out come its bytes, or why there are too many of them.
#![allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "I/O boundary")]

use std::fs::File;
use std::io::Read;
use std::path::Path;

use crate::io::Error;

/// How many bytes tell what a file is.
const HEAD: u64 = 16;

/// Reads one file the user named on the command line. Links are followed and a pipe will do: the name is their choice.
///
/// # Errors
/// The disk's own, or the file has more than `cap` bytes. A regular file that says so is not read.
pub fn read_named(path: &Path, cap: u64) -> Result<Vec<u8>, Error> {
    read_named_by(path, &|_| cap)
}

/// The same, where the first bytes tell how many there may be.
///
/// # Errors
/// As [`read_named`].
pub fn read_named_by(path: &Path, cap: &dyn Fn(&[u8]) -> u64) -> Result<Vec<u8>, Error> {
    let system = |cause| Error::system("read", path, cause);
    let too_large = |cap: u64| {
        let why = format!("it has more than {cap} bytes");
        Error::refused("read", path, why, "check that this is the right file")
    };
    let mut file = File::open(path).map_err(system)?;
    let facts = file.metadata().map_err(system)?;
    let mut bytes = Vec::new();
    file.by_ref().take(HEAD).read_to_end(&mut bytes).map_err(system)?;
    let cap = cap(&bytes);
    if facts.is_file() && facts.len() > cap {
        return Err(too_large(cap));
    }
    // A pipe has no size, and a file may grow under our eyes: one byte more shows it.
    let rest = cap.saturating_add(1).saturating_sub(bytes.len() as u64);
    file.take(rest).read_to_end(&mut bytes).map_err(system)?;
    if bytes.len() as u64 > cap { Err(too_large(cap)) } else { Ok(bytes) }
}
