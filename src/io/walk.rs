//! A folder tree, level by level: in goes an open root, out comes each name beneath it, each folder's own names sorted.
//!
//! Enters no link, holds no more folders open than there are threads, and never reads a file.
#![allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "I/O boundary")]

use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::Error;
use super::confine::{Entry, Kind, Root};

/// Most names looked at in one walk. A site of 100,000 advisories has fewer than half of them.
pub(super) const MOST_NAMES: usize = 2_000_000;

/// Shows `visit` every name beneath `start` with its path; it answers whether to enter, which only counts for folders.
pub(super) fn walk(
    root: &Root,
    start: &Path,
    most: usize,
    visit: &mut dyn FnMut(&Path, &Entry) -> bool,
    errors: &mut Vec<Error>,
) {
    let mut level = vec![start.to_path_buf()];
    let mut names = 0usize;
    while !level.is_empty() {
        let lists: Vec<_> = level.par_iter().map(|folder| root.list(folder)).collect();
        let mut next: Vec<PathBuf> = Vec::new();
        for (folder, list) in level.iter().zip(lists) {
            let entries = match list {
                Ok(entries) => entries,
                Err(error) => {
                    errors.push(error);
                    continue;
                }
            };
            names = names.saturating_add(entries.len());
            if names > most {
                let why = format!("it holds more than {most} files and folders");
                let help = "split it, or move what is no part of the site elsewhere";
                errors.push(Error::refused("read", root.show(start), why, help));
                return;
            }
            for entry in entries {
                let path = folder.join(&entry.name);
                if visit(&path, &entry) && entry.kind == Kind::Folder {
                    next.push(path);
                }
            }
        }
        level = next;
    }
}
