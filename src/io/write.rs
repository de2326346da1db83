//! Single files of the user's project: in go a folder, a path beneath it and bytes, out comes the file, whole or not at all.
//!
//! For what `init`, `new`, `import`, `key`, `sign` and `renew` write. Follows no link, and overwrites only where asked to.
#![allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "I/O boundary")]

use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::process;
use std::sync::atomic::{AtomicU64, Ordering};

use super::Error;
use super::confine::{Kind, Rename, Root, unfit};

/// Writes a new file of this mode (`0o644`, or `0o600` for a secret) with the folders it needs.
///
/// # Errors
/// Something of that name exists already; or the disk's own.
pub fn create_new(root: &Path, rel: &str, bytes: &[u8], mode: u32) -> Result<(), Error> {
    let place = Place::beneath(root, rel)?;
    place.put(bytes, mode, Rename::Keep, Flush::Now)
}

/// Writes a file, in one step in place of the one that may be there. Answers whether its bytes differ from before;
/// a file that has them already is not touched.
///
/// # Errors
/// A link, a folder or a device bears the name; or the disk's own.
pub fn replace(root: &Path, rel: &str, bytes: &[u8]) -> Result<bool, Error> {
    replace_as(root, rel, bytes, 0o644)
}

/// The same for a file of this mode, such as `0o600` for what is nobody else's business.
///
/// # Errors
/// As [`replace`].
pub fn replace_as(root: &Path, rel: &str, bytes: &[u8], mode: u32) -> Result<bool, Error> {
    put_over(root, rel, bytes, mode, Flush::Now)
}

/// The same for a note of the user's own that may be lost with the power, so that nobody waits for the disk.
///
/// # Errors
/// As [`replace`].
pub fn note(root: &Path, rel: &str, bytes: &[u8]) -> Result<bool, Error> {
    put_over(root, rel, bytes, 0o600, Flush::Later)
}

fn put_over(root: &Path, rel: &str, bytes: &[u8], mode: u32, flush: Flush) -> Result<bool, Error> {
    let place = Place::beneath(root, rel)?;
    match place.folder.kind(&place.name)? {
        None => {}
        Some(Kind::File) => {
            let (_, size) = place.folder.file(&place.name)?;
            if size == bytes.len() as u64 && place.folder.read(&place.name, size)? == bytes {
                return Ok(false);
            }
        }
        Some(kind) => {
            return Err(Error { doing: "write".to_owned(), ..unfit(&place.folder.show(&place.name), kind) });
        }
    }
    place.put(bytes, mode, Rename::Replace, flush)?;
    Ok(true)
}

/// Writes a file in one step in place of the one that is there, which must still be `before`. Who may read it stays as
/// it was.
///
/// # Errors
/// The file is another one by now; or the disk's own.
pub fn exchange(root: &Path, rel: &str, before: &[u8], after: &[u8]) -> Result<(), Error> {
    let place = Place::beneath(root, rel)?;
    let (file, size) = place.folder.file(&place.name)?;
    if size != before.len() as u64 || place.folder.read(&place.name, size)? != before {
        let shown = place.folder.show(&place.name);
        let help = "nothing was written; look at what was changed, then try again";
        return Err(Error::refused("write", shown, "it was changed meanwhile", help));
    }
    place.put(after, mode_of(&file), Rename::Replace, Flush::Now)
}

#[cfg(unix)]
fn mode_of(file: &std::fs::File) -> u32 {
    use std::os::unix::fs::PermissionsExt;
    file.metadata().map_or(0o644, |meta| meta.permissions().mode() & 0o777)
}

#[cfg(not(unix))]
fn mode_of(_: &std::fs::File) -> u32 {
    0o644
}

/// When the disk must have a file.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Flush {
    /// Before the call returns.
    Now,
    /// Whenever the system likes.
    Later,
}

/// The folder a file goes into, open, and the file's name there.
struct Place {
    folder: Root,
    name: PathBuf,
}

impl Place {
    fn beneath(root: &Path, rel: &str) -> Result<Self, Error> {
        let mut folder = Root::open(root)?;
        let mut steps = Path::new(rel).iter().peekable();
        while let Some(step) = steps.next() {
            let step = PathBuf::from(step);
            if steps.peek().is_none() {
                // `..` and the like: `kind` refuses every path that does not go down.
                folder.kind(&step)?;
                return Ok(Self { folder, name: step });
            }
            if folder.kind(&step)?.is_none() {
                match folder.folder.make_folder(&step, 0o755) {
                    Err(cause) if cause.kind() != ErrorKind::AlreadyExists => {
                        return Err(folder.failed("create the folder", &step, cause));
                    }
                    _ => {}
                }
            }
            folder = folder.beneath(&step)?;
        }
        Err(Error::refused("write", root, "no file is named", "name a file"))
    }

    /// Writes beside, then gives the name: a reader sees the old file, the new one or none, never a part.
    fn put(&self, bytes: &[u8], mode: u32, how: Rename, flush: Flush) -> Result<(), Error> {
        static COUNT: AtomicU64 = AtomicU64::new(0);
        let count = COUNT.fetch_add(1, Ordering::Relaxed);
        let beside = PathBuf::from(format!(".secsite-tmp-{}-{count}", process::id()));
        let folder = &self.folder.folder;
        let write = || {
            let mut file = folder.create(&beside, mode)?;
            file.write_all(bytes)?;
            if flush == Flush::Now {
                file.sync_all()?;
            }
            drop(file);
            folder.rename(&beside, &self.name, how)?;
            match flush {
                Flush::Now => folder.sync(),
                Flush::Later => Ok(()),
            }
        };
        write().map_err(|cause| {
            // The name may be ours to clear or not exist at all; the first error is the one that tells.
            let _ = folder.remove_file(&beside);
            let shown = self.folder.show(&self.name);
            if cause.kind() == ErrorKind::AlreadyExists {
                let help = "choose another name, or delete the file first";
                return Error::refused("create", shown, "something of that name is there already", help);
            }
            Error::system("write", shown, cause)
        })
    }
}

#[cfg(test)]
mod tests;
