//! Clearing away: in goes the name of a folder beside the output, out comes its absence.
//!
//! Deletes file by file, in folders held open, and never what is not ours; a link is removed, not followed.
#![allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "I/O boundary")]

use std::collections::BTreeMap;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::{MANIFEST, made, place};
use crate::io::Error;
use crate::io::confine::{Entry, Kind, Root};
use crate::io::walk::{MOST_NAMES, walk};

/// Deletes a folder in which we alone wrote: a site that never was finished.
pub(super) fn discard(parent: &Root, name: &Path) -> Result<(), Error> {
    if parent.kind(name)?.is_none() {
        return Ok(());
    }
    let root = parent.beneath(name)?;
    remove(&root, &|_| true)?;
    remove_root(parent, name)
}

/// Deletes a folder that was published: the files its manifest lists and the folders they leave empty.
///
/// # Errors
/// Somebody put other files there: they stay, and so does the manifest, so that the next attempt knows as much.
pub(super) fn retire(parent: &Root, name: &Path) -> Result<(), Error> {
    let root = parent.beneath(name)?;
    let Some(owned) = made::read_manifest(&root)? else { return discard(parent, name) };
    let manifest = Path::new(MANIFEST);
    let foreign = remove(&root, &|path| path != manifest && made::is_owned(&owned, path))?;
    let foreign: Vec<PathBuf> = foreign.into_iter().filter(|path| path != manifest).collect();
    if !foreign.is_empty() {
        return Err(Error { doing: "clear away the old site".to_owned(), ..place::foreign(&root, &foreign) });
    }
    remove(&root, &|path| path == manifest)?;
    remove_root(parent, name)
}

fn remove_root(parent: &Root, name: &Path) -> Result<(), Error> {
    parent.folder.remove_folder(name).map_err(|cause| parent.failed("delete", name, cause))
}

/// Deletes the files that are `ours` and the folders left empty; returns the other files.
fn remove(root: &Root, ours: &dyn Fn(&Path) -> bool) -> Result<Vec<PathBuf>, Error> {
    let mut files: BTreeMap<PathBuf, Vec<PathBuf>> = BTreeMap::new();
    let (mut folders, mut others, mut errors) = (Vec::new(), Vec::new(), Vec::new());
    let mut visit = |path: &Path, entry: &Entry| {
        if entry.kind == Kind::Folder {
            folders.push(path.to_path_buf());
        } else if ours(path) {
            let above = path.parent().unwrap_or(Path::new(""));
            files.entry(above.to_path_buf()).or_default().push(PathBuf::from(&entry.name));
        } else {
            others.push(path.to_path_buf());
        }
        true
    };
    walk(root, Path::new(""), MOST_NAMES, &mut visit, &mut errors);
    if let Some(first) = errors.into_iter().next() {
        return Err(first);
    }
    files.par_iter().try_for_each(|(above, names)| {
        let folder = root.beneath(above)?;
        let one = |name: &PathBuf| gone(folder.folder.remove_file(name));
        names.iter().try_for_each(|name| one(name).map_err(|cause| folder.failed("delete", name, cause)))
    })?;
    // The walk went down level by level, so going back takes each folder after all that it held.
    let depth = |path: &PathBuf| path.components().count();
    for level in folders.chunk_by(|a, b| depth(a) == depth(b)).rev() {
        level.par_iter().try_for_each(|path| match gone(remove_folder(root, path)) {
            Err(cause) if cause.kind() != ErrorKind::DirectoryNotEmpty => {
                Err(root.failed("delete", path, cause))
            }
            _ => Ok(()),
        })?;
    }
    Ok(others)
}

/// By the open parent: a link put in the way meanwhile leads nowhere.
fn remove_folder(root: &Root, path: &Path) -> io::Result<()> {
    match (path.parent(), path.file_name()) {
        (Some(above), Some(name)) => root.folder.folder(above)?.remove_folder(Path::new(name)),
        _ => Ok(()),
    }
}

fn gone(answer: io::Result<()>) -> io::Result<()> {
    match answer {
        Err(cause) if cause.kind() == ErrorKind::NotFound => Ok(()),
        answer => answer,
    }
}
