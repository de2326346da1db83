//! After a crash: in goes the place of the output, out comes the place as if the interrupted run had not been.
//!
//! Runs under the lock, so whatever bears the name of a helper of ours belongs to a process that is gone.
#![allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "I/O boundary")]

use std::path::{Path, PathBuf};

use super::place::Place;
use super::sweep;
use crate::io::Error;
use crate::io::confine::{Kind, Rename};

/// Puts back an old site that was on its way out while the new one was not in yet, and clears the rest away.
pub(super) fn recover(place: &Place) -> Result<(), Error> {
    let Place { parent, name, .. } = place;
    let entries = parent.list(Path::new(""))?;
    let folders = entries.iter().filter(|entry| entry.kind == Kind::Folder);
    let of = |role: &str| -> Vec<PathBuf> {
        folders
            .clone()
            .filter(|entry| place.is_beside(role, &entry.name))
            .map(|entry| PathBuf::from(&entry.name))
            .collect()
    };
    let mut aside = of("old");
    if parent.kind(name)?.is_none()
        && let Some(old) = aside.pop()
    {
        let back = parent.folder.rename(&old, name, Rename::Replace);
        back.map_err(|cause| parent.failed("restore", &old, cause))?;
    }
    // Published once or complete: by its list. Never finished: wholly ours.
    aside.into_iter().chain(of("new")).try_for_each(|debris| sweep::retire(parent, &debris))
}
