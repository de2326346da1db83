//! Names of the tags of the git repository whose root a site's is. In goes the open root, out come the names; there is no
//! need for git, and nothing of its configuration has a say.
#![allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "I/O boundary")]

use std::path::Path;

use super::confine::{Kind, Root};
use super::walk::walk;

/// The largest list of packed references that is read.
const CAP: u64 = 16 << 20;

/// Most tags that stand in files of their own.
const MOST: usize = 100_000;

/// The tags, in no order that counts; none where there is no repository, or where it lies elsewhere, as that of a work tree
/// does. What cannot be read says nothing.
pub fn tags(root: &Root) -> Vec<String> {
    let git = Path::new(".git");
    if root.kind(git).ok().flatten() != Some(Kind::Folder) {
        return Vec::new();
    }
    let packed = root.read(&git.join("packed-refs"), CAP).unwrap_or_default();
    // "<hash> refs/tags/<name>"; a name has no space (git-check-ref-format(1)).
    let packed = String::from_utf8_lossy(&packed);
    let packed = packed.lines().filter_map(|line| line.split_once(" refs/tags/"));
    let mut found: Vec<String> = packed.map(|(_, name)| name.trim_end().to_owned()).collect();
    let loose = git.join("refs").join("tags");
    let mut visit = |path: &Path, entry: &super::confine::Entry| {
        if entry.kind == Kind::File
            && let Some(name) = path.strip_prefix(&loose).ok().and_then(Path::to_str)
        {
            found.push(name.replace('\\', "/"));
        }
        true
    };
    walk(root, &loose, MOST, &mut visit, &mut Vec::new());
    found
}
