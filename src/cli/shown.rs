//! Paths as people type them.

use std::path::Path;

/// A path beneath the root, from where the user stands.
pub fn path(root: &Path, beneath: &str) -> String {
    let path = if root == Path::new(".") { Path::new(beneath).to_owned() } else { root.join(beneath) };
    crate::io::escape::path(&path)
}
