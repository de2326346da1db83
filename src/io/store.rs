//! The folder of committed signatures: out come the files that it has; in go those that it is to have.
//!
//! A portal has thousands of signatures, so nothing is flushed file by file, and what has its bytes already is not touched.
//! The files that speak for all others come last: whoever pulls the plug before leaves a store that is stale, which the
//! next build says, and never one that lies. Deletes only what it is told to, and the folders that leaves empty.
#![allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "I/O boundary")]

use std::collections::BTreeMap;
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::process;
use std::sync::atomic::{AtomicU64, Ordering};

use rayon::prelude::*;

use super::Error;
use super::confine::{Kind, Rename, Root, unfit};
use super::read::read_exactly;

/// How the name of a file begins that is being written, or was when a run was killed.
pub const UNFINISHED: &str = ".secsite-tmp-";

/// Everything in the folder at `store` beneath `root`; nothing if there is none yet. No link on the way is followed: whoever
/// may propose one could have signatures written and deleted anywhere.
///
/// # Errors
/// As [`read_exactly`].
pub fn read(root: &Path, store: &Path, cap: u64) -> Result<BTreeMap<String, Vec<u8>>, Vec<Error>> {
    let above = Root::open(root).map_err(|error| vec![error])?;
    match above.kind(store).map_err(|error| vec![error])? {
        None => Ok(BTreeMap::new()),
        // Hidden folders are left alone by default; `.well-known` is one.
        Some(Kind::Folder) => Ok(read_exactly(&root.join(store), cap)?.files),
        Some(kind) => Err(vec![unfit(&above.show(store), kind)]),
    }
}

/// Writes `files` below `folder`, first those whose `turn` is lowest, and deletes `gone`. Paths are relative, with `/`
/// between names.
///
/// # Errors
/// A link, a folder or a device bears the name of a file; or the disk's own.
pub fn save(
    folder: &Path,
    files: &BTreeMap<String, &[u8]>,
    turn: &dyn Fn(&str) -> u8,
    gone: &[String],
) -> Result<(), Error> {
    std::fs::create_dir_all(folder).map_err(|cause| Error::system("create the folder", folder, cause))?;
    let root = Root::open(folder)?;
    let mut turns: BTreeMap<u8, Vec<(&String, &&[u8])>> = BTreeMap::new();
    for file in files {
        turns.entry(turn(file.0)).or_default().push(file);
    }
    for now in turns.into_values() {
        now.par_iter().try_for_each(|(path, bytes)| {
            put(&root, path, bytes).map_err(|cause| root.failed("write", Path::new(path.as_str()), cause))
        })?;
        flush(&root)?;
    }
    for path in gone {
        let path = Path::new(path);
        remove(&root, path).map_err(|cause| root.failed("delete", path, cause))?;
    }
    Ok(())
}

/// Writes beside, then gives the name: a reader sees the old file, the new one or none, never a part.
fn put(root: &Root, path: &str, bytes: &[u8]) -> io::Result<()> {
    static COUNT: AtomicU64 = AtomicU64::new(0);
    let (above, name) = path.rsplit_once('/').unwrap_or(("", path));
    make_folders(root, above)?;
    let folder = root.folder.folder(Path::new(above))?;
    let count = COUNT.fetch_add(1, Ordering::Relaxed);
    let beside = PathBuf::from(format!("{UNFINISHED}{}-{count}", process::id()));
    let write = || {
        folder.create(&beside, 0o644)?.write_all(bytes)?;
        folder.rename(&beside, Path::new(name), Rename::Replace)
    };
    write().inspect_err(|_| {
        // The name may be ours to clear or not exist at all; the first error is the one that tells.
        let _ = folder.remove_file(&beside);
    })
}

fn make_folders(root: &Root, path: &str) -> io::Result<()> {
    if path.is_empty() || root.folder.folder(Path::new(path)).is_ok() {
        return Ok(());
    }
    if let Some((above, _)) = path.rsplit_once('/') {
        make_folders(root, above)?;
    }
    match root.folder.make_folder(Path::new(path), 0o755) {
        // Another thread was faster.
        Err(cause) if cause.kind() == ErrorKind::AlreadyExists => Ok(()),
        answer => answer,
    }
}

/// Deletes a file and the folders above it that are empty then.
fn remove(root: &Root, path: &Path) -> io::Result<()> {
    let (above, name) = (path.parent().unwrap_or(Path::new("")), path.file_name().unwrap_or_default());
    root.folder.folder(above)?.remove_file(Path::new(name))?;
    for folder in above.ancestors() {
        let (Some(parent), Some(name)) = (folder.parent(), folder.file_name()) else { break };
        // It may have other files, which is all there is to know.
        if root.folder.folder(parent)?.remove_folder(Path::new(name)).is_err() {
            break;
        }
    }
    Ok(())
}

fn flush(root: &Root) -> Result<(), Error> {
    match root.folder.sync_all() {
        // Some systems know no such call; what is lost there is made again.
        Err(cause) if cause.kind() != ErrorKind::Unsupported => {
            Err(root.failed("flush", Path::new(""), cause))
        }
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_store_has_what_it_was_given() {
        let folder = tempfile::tempdir().unwrap();
        let store = folder.path().join("signatures");
        let files: BTreeMap<String, &[u8]> =
            [("a/b/x.asc".to_owned(), &b"1"[..]), ("m.json".to_owned(), b"2")].into();
        save(&store, &files, &|path| u8::from(path == "m.json"), &[]).unwrap();
        assert_eq!(std::fs::read(store.join("a/b/x.asc")).unwrap(), b"1");
        save(&store, &BTreeMap::new(), &|_| 0, &["a/b/x.asc".to_owned()]).unwrap();
        assert!(!store.join("a").exists());
        assert_eq!(std::fs::read(store.join("m.json")).unwrap(), b"2");
    }

    #[cfg(unix)]
    #[test]
    fn no_link_is_followed() {
        let (folder, outside) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        std::os::unix::fs::symlink(outside.path(), folder.path().join("a")).unwrap();
        let files: BTreeMap<String, &[u8]> = [("a/x.asc".to_owned(), &b"1"[..])].into();
        assert!(save(folder.path(), &files, &|_| 0, &[]).is_err());
        assert!(!outside.path().join("x.asc").exists());
    }
}
