//! Paths as people type them, and numbers of things as people say them.

use std::path::Path;

/// A path beneath the root, from where the user stands.
pub fn path(root: &Path, beneath: &str) -> String {
    let path = if root == Path::new(".") { Path::new(beneath).to_owned() } else { root.join(beneath) };
    crate::io::escape::path(&path)
}

/// `1 advisory`, `2 advisories`.
pub fn counted(n: usize, word: &str) -> String {
    match (n, word.strip_suffix('y')) {
        (1, _) => format!("1 {word}"),
        (_, Some(stem)) => format!("{n} {stem}ies"),
        (_, None) => format!("{n} {word}s"),
    }
}
