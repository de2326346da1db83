//! What of a folder is ours: in goes a published folder, out come the paths its manifest lists and those it does not.
//!
//! Reads the manifest and names; changes nothing. Trusts the manifest with what may be deleted, never with where.
#![allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "I/O boundary")]

use std::path::{Path, PathBuf};

use serde::Deserialize;

use super::MANIFEST;
use crate::io::Error;
use crate::io::confine::{Entry, Kind, Root};
use crate::io::walk::{MOST_NAMES, walk};

/// Largest manifest read, in bytes: some million files.
const CAP: u64 = 256 * 1024 * 1024;

/// Begins the `format` of every manifest, of this version of secsite and others.
const FORMAT: &str = "secsite-manifest/";

/// Files of a site that its manifest cannot list, since they tell of the manifest.
const BESIDE: [&str; 4] = [MANIFEST, ".well-known/secsite/manifest.json.asc", "SHA256SUMS", "SHA256SUMS.asc"];
const HISTORY: &str = ".well-known/secsite/history";

/// The paths a manifest lists, sorted.
#[derive(Debug)]
pub(super) struct Owned(Vec<Box<str>>);

impl Owned {
    pub(super) fn has(&self, path: &str) -> bool {
        let listed = self.0.binary_search_by(|listed| (**listed).cmp(path)).is_ok();
        listed || BESIDE.contains(&path) || is_history(path)
    }
}

/// A former manifest or its signature.
fn is_history(path: &str) -> bool {
    let name = path.strip_prefix(HISTORY).and_then(|name| name.strip_prefix('/'));
    name.is_some_and(|name| !name.contains('/') && (name.ends_with(".json") || name.ends_with(".json.asc")))
}

/// The part of a manifest that matters here. Other versions may add what they like.
#[derive(Deserialize)]
struct Manifest {
    format: String,
    files: Vec<Listed>,
}

#[derive(Deserialize)]
struct Listed {
    path: Box<str>,
}

/// The paths of a folder's manifest; `None` if it has none, or one that is not secsite's or was never finished.
pub(super) fn read_manifest(root: &Root) -> Result<Option<Owned>, Error> {
    let path = Path::new(MANIFEST);
    if root.kind(path)? != Some(Kind::File) {
        return Ok(None);
    }
    let bytes = root.read(path, CAP)?;
    let manifest = serde_json::from_slice::<Manifest>(&bytes).ok();
    Ok(manifest.filter(|manifest| manifest.format.starts_with(FORMAT)).map(|manifest| {
        let mut paths: Vec<Box<str>> = manifest.files.into_iter().map(|listed| listed.path).collect();
        paths.sort_unstable();
        Owned(paths)
    }))
}

/// What a folder holds.
pub(super) struct Scan {
    /// How many regular files are ours.
    pub(super) files: usize,
    /// What is not ours: files not listed, and whatever is neither file nor folder.
    pub(super) foreign: Vec<PathBuf>,
    /// Whether every folder has something in it.
    pub(super) tidy: bool,
}

pub(super) fn scan(root: &Root, owned: &Owned) -> Result<Scan, Error> {
    let mut scan = Scan { files: 0, foreign: Vec::new(), tidy: true };
    let (mut folders, mut inhabited) = (0usize, 0usize);
    let mut last = PathBuf::new();
    let mut visit = |path: &Path, entry: &Entry| {
        // Names come folder by folder, so a new parent is a folder that has something in it.
        let above = path.parent().unwrap_or(Path::new(""));
        if above != last {
            inhabited += 1;
            last = above.to_path_buf();
        }
        match entry.kind {
            Kind::Folder => folders += 1,
            Kind::File if is_owned(owned, path) => scan.files += 1,
            _ => scan.foreign.push(path.to_path_buf()),
        }
        true
    };
    let mut errors = Vec::new();
    walk(root, Path::new(""), MOST_NAMES, &mut visit, &mut errors);
    if let Some(first) = errors.into_iter().next() {
        return Err(first);
    }
    scan.tidy = folders == inhabited;
    Ok(scan)
}

/// Whether the manifest has `path`, spelled as this system spells it.
pub(super) fn is_owned(owned: &Owned, path: &Path) -> bool {
    let Some(path) = path.to_str() else { return false };
    if cfg!(windows) { owned.has(&path.replace('\\', "/")) } else { owned.has(path) }
}
