//! The site's inputs: in goes the folder of a site, out comes every file a build may look at, by its relative path.
//!
//! Reads the places a site has and no others, follows no symbolic link, and reports all it could not read at once.
//! What a file means is not known here.
#![allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "I/O boundary")]

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::path::{Path, PathBuf, absolute};
use std::sync::atomic::{AtomicU64, Ordering};

use rayon::prelude::*;

use super::confine::{Entry, Kind, Root, unfit};
use super::walk::walk;
use super::{Error, crowd};

mod again;
mod name;
mod named;
mod secret;

pub use again::{Again, read_again};
pub use named::{read_named, read_named_by};
pub use secret::read_secret;

const KIB: u64 = 1024;
const MIB: u64 = 1024 * KIB;

/// Most files and folders in one of a site's folders.
const MOST_NAMES: usize = 500_000;

/// Every input byte by path. Paths are relative to the site, with `/` between names on every system.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tree {
    /// The files, in the order of their paths' bytes.
    pub files: BTreeMap<String, Vec<u8>>,
}

/// One folder of a site.
pub(super) struct Area {
    pub(super) name: &'static str,
    /// Largest file, in bytes; a Markdown file of advisories has a smaller bound of its own.
    cap: u64,
    deep: bool,
}

pub(super) const AREAS: [Area; 4] = [
    Area { name: "advisories", cap: 32 * MIB, deep: true },
    Area { name: "content", cap: 32 * MIB, deep: true },
    Area { name: "keys", cap: 256 * KIB, deep: false },
    Area { name: "themes", cap: 32 * MIB, deep: true },
];

/// The files of a site that lie in none of its folders.
pub(super) const SINGLE: [&str; 2] = ["policy.toml", "SECURITY.md"];

/// Largest advisory, in bytes: a longer text is a mistake or an attack.
const ADVISORY_CAP: u64 = 256 * KIB;
const POLICY_CAP: u64 = MIB;

/// Reads the site in `root`. What lies in one of `ignore`, such as the output folder, is left alone.
///
/// # Errors
/// Everything that could not be read, sorted by path: a missing policy, links, pipes, files above their bound,
/// names that would not survive on another system.
pub fn read_site(root: &Path, ignore: &[PathBuf]) -> Result<Tree, Vec<Error>> {
    let site =
        Root::open_as(root, Path::new("")).map_err(|error| vec![Error { path: root.into(), ..error }])?;
    let ignore: Vec<PathBuf> = ignore.iter().filter_map(|path| absolute(path).ok()).collect();
    let from = absolute(root).unwrap_or_else(|_| root.to_path_buf());
    let mut errors = Vec::new();
    let mut wanted = Vec::new();

    let mut single = |path: &str, errors: &mut Vec<Error>| match site.kind(Path::new(path)) {
        Ok(None) if path == "policy.toml" => {
            let help = "run `secsite init` to make a site here, or name the site's folder with `--root DIR`";
            errors.push(Error::refused("read", path, "there is no such file", help));
        }
        Ok(None) => {}
        Ok(Some(_)) => wanted.push((path.to_owned(), POLICY_CAP)),
        Err(error) => errors.push(error),
    };
    for path in SINGLE {
        single(path, &mut errors);
    }

    for area in &AREAS {
        let start = Path::new(area.name);
        match site.kind(start) {
            Ok(None) => {}
            Ok(Some(Kind::Folder)) => {
                let skip = |path: &Path, entry: &Entry| {
                    name::skipped(path, &entry.name) || ignore.iter().any(|out| *out == from.join(path))
                };
                let enter = |_: &Path| area.deep;
                let cap = |path: &str| cap_of(area, path);
                collect(
                    &site,
                    start,
                    &Choice { skip: &skip, enter: &enter, cap: &cap },
                    &mut wanted,
                    &mut errors,
                );
            }
            Ok(Some(kind)) => errors.push(unfit(start, kind)),
            Err(error) => errors.push(error),
        }
    }
    finish(&site, wanted, errors, u64::MAX)
}

/// Reads every file beneath a folder the user named, such as the source of an import. `keep` chooses by relative path
/// before anything is read; hidden files and folders, a clone's `.git` first of all, are left alone. Each file may have
/// `cap` bytes, and all of them `together`: where they have more, reading stops and none is returned.
///
/// # Errors
/// As [`read_site`], for the files kept.
pub fn read_folder(
    path: &Path,
    keep: &dyn Fn(&str) -> bool,
    cap: u64,
    together: u64,
) -> Result<Tree, Vec<Error>> {
    let root = Root::open(path).map_err(|error| vec![error])?;
    let skip = |path: &Path, entry: &Entry| {
        let kept = entry.kind == Kind::Folder || name::slashed(path).is_none_or(|path| keep(&path));
        name::skipped(path, &entry.name) || !kept
    };
    let (mut wanted, mut errors) = (Vec::new(), Vec::new());
    let choice = Choice { skip: &skip, enter: &|_| true, cap: &|_| cap };
    collect(&root, Path::new(""), &choice, &mut wanted, &mut errors);
    finish(&root, wanted, errors, together)
}

/// Reads everything beneath a folder, hidden files too, so that it can be compared with what should be there.
///
/// # Errors
/// As [`read_site`]; an empty folder is an error as well, since no list of files accounts for it.
pub fn read_exactly(path: &Path, cap: u64) -> Result<Tree, Vec<Error>> {
    let root = Root::open(path).map_err(|error| vec![error])?;
    let (mut wanted, mut errors) = (Vec::new(), Vec::new());
    let choice = Choice { skip: &|_, _| false, enter: &|_| true, cap: &|_| cap };
    let folders = collect(&root, Path::new(""), &choice, &mut wanted, &mut errors);
    for folder in folders {
        if root.list(&folder).is_ok_and(|entries| entries.is_empty()) {
            errors.push(Error::refused("accept", root.show(&folder), "it is an empty folder", "delete it"));
        }
    }
    finish(&root, wanted, errors, u64::MAX)
}

/// What a walk takes in.
struct Choice<'a> {
    /// Left alone without a word.
    skip: &'a dyn Fn(&Path, &Entry) -> bool,
    enter: &'a dyn Fn(&Path) -> bool,
    cap: &'a dyn Fn(&str) -> u64,
}

/// Adds the files beneath `start` to `wanted`, and what cannot be a file of a site to `errors`. Returns the folders.
fn collect(
    root: &Root,
    start: &Path,
    choice: &Choice<'_>,
    wanted: &mut Vec<(String, u64)>,
    errors: &mut Vec<Error>,
) -> Vec<PathBuf> {
    let mut folders = Vec::new();
    let mut refused = Vec::new();
    let mut visit = |path: &Path, entry: &Entry| {
        if (choice.skip)(path, entry) {
            return false;
        }
        let sound = match name::odd(&entry.name) {
            None => name::slashed(path),
            Some(why) => {
                let help = "rename it, so that it means the same on every system";
                refused.push(Error::refused("read", root.show(path), why, help));
                return false;
            }
        };
        match (entry.kind, sound) {
            (Kind::File, Some(path)) => {
                let cap = (choice.cap)(&path);
                wanted.push((path, cap));
                false
            }
            (Kind::Folder, _) => {
                folders.push(path.to_path_buf());
                (choice.enter)(path)
            }
            (kind, _) => {
                refused.push(unfit(&root.show(path), kind));
                false
            }
        }
    };
    walk(root, start, MOST_NAMES, &mut visit, errors);
    errors.append(&mut refused);
    folders
}

fn finish(
    root: &Root,
    wanted: Vec<(String, u64)>,
    mut errors: Vec<Error>,
    together: u64,
) -> Result<Tree, Vec<Error>> {
    // What has been read so far; beyond the bound no further file is opened, whatever order they are read in.
    let spent = AtomicU64::new(0);
    let read = |(path, cap): &(String, u64)| {
        if spent.load(Ordering::Relaxed) > together {
            return Ok(Vec::new());
        }
        let bytes = root.read(Path::new(path), *cap)?;
        spent.fetch_add(bytes.len() as u64, Ordering::Relaxed);
        Ok(bytes)
    };
    let all = || wanted.par_iter().map(read).collect();
    let answers: Vec<Result<Vec<u8>, Error>> = if wanted.len() < FEW { all() } else { crowd::together(all) };
    if spent.into_inner() > together {
        let why = format!("its files have more than {together} bytes together");
        return Err(vec![Error::refused("read", root.show(Path::new("")), why, "take it in parts")]);
    }
    let mut files = Vec::with_capacity(wanted.len());
    for ((path, _), answer) in wanted.into_iter().zip(answers) {
        match answer {
            Ok(bytes) => files.push((path, bytes)),
            Err(error) => errors.push(error),
        }
    }
    if errors.is_empty() {
        // They come in order, or nearly so: a map of all at once takes little time.
        return Ok(Tree { files: files.into_iter().collect() });
    }
    errors.sort_by(|a, b| a.path.cmp(&b.path));
    Err(errors)
}

/// Fewer files are read before threads have been started for them.
const FEW: usize = 500;

/// The largest file at a path, in bytes.
fn cap_of(area: &Area, path: &str) -> u64 {
    if is_advisory(path) { ADVISORY_CAP } else { area.cap }
}

fn is_advisory(path: &str) -> bool {
    path.starts_with("advisories/") && Path::new(path).extension() == Some(OsStr::new("md"))
}

#[cfg(test)]
mod tests;
