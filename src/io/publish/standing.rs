//! Whether anybody has touched a published folder: in goes the folder, out comes a sum over all its files, of the name with
//! the place, size and times of what it stands for.
//!
//! Reads no file. Two equal answers mean that no file was written, replaced, added or taken away between them: the time of
//! the last change of a file cannot be set by hand. A sum, so that it can be kept while many threads write.

use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};

use rayon::prelude::*;
use sha2::{Digest, Sha256};

use crate::io::Error;
use crate::io::confine::{Kind, Mark, Root};
use crate::io::folder::slashed;

/// The sum so far.
#[derive(Debug, Default)]
pub(super) struct Sum([AtomicU64; 4]);

impl Sum {
    /// Adds a file.
    pub(super) fn add(&self, path: &str, mark: &Mark) {
        let mut hash = Sha256::new_with_prefix(path);
        // No path has a zero byte.
        hash.update([0]);
        mark.iter().for_each(|number| hash.update(number.to_le_bytes()));
        let hash = hash.finalize();
        for (sum, part) in self.0.iter().zip(hash.as_chunks::<8>().0) {
            sum.fetch_add(u64::from_le_bytes(*part), Ordering::Relaxed);
        }
    }

    /// The sum in one word.
    pub(super) fn word(&self) -> String {
        self.0.iter().map(|sum| format!("{:016x}", sum.load(Ordering::Relaxed))).collect()
    }
}

/// How a folder stands, in one word; `None` where the system does not tell.
///
/// # Errors
/// There is no such folder, or it cannot be read.
pub fn standing(folder: &Path) -> Result<Option<String>, Error> {
    let root = Root::open(folder)?;
    let sum = Sum::default();
    Ok(add_all(&root, Path::new(""), &sum)?.then(|| sum.word()))
}

fn add_all(root: &Root, rel: &Path, sum: &Sum) -> Result<bool, Error> {
    let marks = root.folder.marks(rel).map_err(|cause| root.failed("read", rel, cause))?;
    let Some(marks) = marks else { return Ok(false) };
    if marks.is_empty() {
        // No build leaves an empty folder.
        sum.add(&slashed(rel), &Mark::default());
    }
    marks.par_iter().try_for_each(|(name, kind, mark)| {
        let path = rel.join(name);
        if *kind == Kind::Folder {
            return add_all(root, &path, sum).map(|_| ());
        }
        sum.add(&slashed(&path), mark);
        Ok(())
    })?;
    Ok(true)
}
