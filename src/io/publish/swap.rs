//! The one step that publishes: in go the names of the new site and the old, out comes the new one under the old name.
//!
//! Where the system can, both exchange names at once. Where it cannot, two renames do, and a crash between them leaves
//! the old site under a name that [`recover`](super::recover) turns back. Never leaves a mixture.
#![allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "I/O boundary")]

use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use std::process;

use rayon::prelude::*;

use super::place::Place;
use crate::io::Error;
use crate::io::confine::{Entry, Kind, Rename, Root};
use crate::io::walk::{MOST_NAMES, walk};

/// Publishes `staging`; the old site, if there is one, bears the name `staging` afterwards.
pub(super) fn swap(place: &Place, staging: &Path, old: bool) -> Result<(), Error> {
    swap_with(place, staging, old, Rename::Exchange)
}

fn swap_with(place: &Place, staging: &Path, old: bool, how: Rename) -> Result<(), Error> {
    let done = exchange(place, staging, old, how).and_then(|()| {
        place.parent.folder.sync().inspect_err(|_| {
            // A swap that a power cut may undo is not done; the old site comes back, as far as this disk still obeys.
            let _ = if old {
                exchange(place, staging, true, how)
            } else {
                place.parent.folder.rename(&place.name, staging, Rename::Replace)
            };
        })
    });
    done.map_err(|cause| {
        let mounted = matches!(cause.kind(), ErrorKind::ResourceBusy | ErrorKind::CrossesDevices);
        let error = place.parent.failed("publish into", &place.name, cause);
        if mounted {
            error.with_help("if a disk is mounted there, name a folder inside it with `-o DIR`")
        } else {
            error
        }
    })
}

fn exchange(place: &Place, staging: &Path, old: bool, how: Rename) -> io::Result<()> {
    let Place { parent, name, .. } = place;
    let folder = &parent.folder;
    if !old {
        // At most an empty folder stands there; a full one is refused by the system.
        return folder.rename(staging, name, Rename::Replace);
    }
    if how == Rename::Exchange {
        match folder.rename(staging, name, how) {
            // Layered file systems say the latter of what they cannot exchange.
            Err(cause) if matches!(cause.kind(), ErrorKind::Unsupported | ErrorKind::CrossesDevices) => {}
            answer => return answer,
        }
    }
    let aside = place.beside("old", process::id());
    folder.rename(name, &aside, Rename::Replace)?;
    if let Err(cause) = folder.rename(staging, name, Rename::Replace) {
        folder.rename(&aside, name, Rename::Replace)?;
        return Err(cause);
    }
    folder.rename(&aside, staging, Rename::Replace)
}

/// Flushes file by file, where no single call can flush them all.
pub(super) fn flush_each(root: &Root) -> Result<(), Error> {
    let mut paths: Vec<(PathBuf, Kind)> = vec![(PathBuf::new(), Kind::Folder)];
    let mut visit = |path: &Path, entry: &Entry| {
        paths.push((path.to_path_buf(), entry.kind));
        true
    };
    let mut errors = Vec::new();
    walk(root, Path::new(""), MOST_NAMES, &mut visit, &mut errors);
    if let Some(first) = errors.into_iter().next() {
        return Err(first);
    }
    paths.par_iter().try_for_each(|(path, kind)| {
        let flushed = match kind {
            Kind::Folder => root.folder.folder(path).and_then(|folder| folder.sync()),
            _ => root.folder.sync_file(path),
        };
        flushed.map_err(|cause| root.failed("flush", path, cause))
    })
}

#[cfg(test)]
mod tests;
