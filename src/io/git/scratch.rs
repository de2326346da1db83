//! A place of our own beside a repository: in goes its folder, out come stores of objects that git takes for the
//! repository's, with the user's own behind them.
//!
//! There is one at a time, and it goes with the value. What a run that was killed left is cleared by the next.
#![allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "I/O boundary")]

use std::fs::{self, File};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use super::super::Error;

/// The name in the repository's folder, where no `git status` shows it.
const NAME: &str = "secsite-deploy";

/// A store of objects. Each sees the user's, and what was fetched first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Store {
    /// What the branch was.
    Fetched,
    /// What it is to be.
    Made,
    /// What it was found to be afterwards; it does not see what was made.
    Returned,
}

impl Store {
    const ALL: [Self; 3] = [Self::Fetched, Self::Made, Self::Returned];

    fn name(self) -> &'static str {
        match self {
            Self::Fetched => "fetched",
            Self::Made => "made",
            Self::Returned => "returned",
        }
    }
}

/// The place.
#[derive(Debug)]
pub(super) struct Scratch {
    folder: PathBuf,
    /// Closing it ends the lock.
    _lock: Option<File>,
}

impl Scratch {
    /// Makes it in a repository's folder.
    pub(super) fn open(repository: &Path, objects: &Path) -> Result<Self, Error> {
        let folder = repository.join(NAME);
        let failed = |cause| Error::system("make", &folder, cause);
        make(&folder).map_err(failed)?;
        let is_folder = fs::symlink_metadata(&folder).map_err(failed)?.is_dir();
        if !is_folder {
            let help = "move it away: that place is for secsite alone";
            return Err(Error::refused("use", &folder, "it is no folder", help));
        }
        let lock = hold(&folder)?;
        let scratch = Self { folder, _lock: lock };
        scratch.clear().map_err(|cause| Error::system("clear", &scratch.folder, cause))?;
        scratch.fill(objects).map_err(|cause| Error::system("prepare", &scratch.folder, cause))?;
        Ok(scratch)
    }

    fn fill(&self, objects: &Path) -> std::io::Result<()> {
        make(&self.no_hooks())?;
        fs::write(self.no_attributes(), b"")?;
        for store in Store::ALL {
            let folder = self.objects(store);
            for part in ["info", "pack"] {
                make(&folder.join(part))?;
            }
            let fetched = self.objects(Store::Fetched);
            let mut behind = vec![objects];
            if store != Store::Fetched {
                behind.push(&fetched);
            }
            let lines = behind.iter().flat_map(|path| [path.as_os_str().as_encoded_bytes(), b"\n"]);
            fs::write(folder.join("info/alternates"), lines.collect::<Vec<_>>().concat())?;
        }
        Ok(())
    }

    pub(super) fn objects(&self, store: Store) -> PathBuf {
        self.folder.join(store.name())
    }

    pub(super) fn index(&self) -> PathBuf {
        self.folder.join("index")
    }

    pub(super) fn no_hooks(&self) -> PathBuf {
        self.folder.join("no-hooks")
    }

    pub(super) fn no_attributes(&self) -> PathBuf {
        self.folder.join("no-attributes")
    }

    fn clear(&self) -> std::io::Result<()> {
        for entry in fs::read_dir(&self.folder)? {
            let entry = entry?;
            // A link is removed, never what it leads to.
            match entry.file_type()?.is_dir() {
                true => fs::remove_dir_all(entry.path())?,
                false => fs::remove_file(entry.path())?,
            }
        }
        Ok(())
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        // What stays is cleared by the next run.
        let _ = self.clear().and_then(|()| fs::remove_dir(&self.folder));
    }
}

/// Makes a folder for its owner alone, with those above it.
fn make(folder: &Path) -> std::io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    match builder.create(folder) {
        Err(cause) if cause.kind() == ErrorKind::AlreadyExists => Ok(()),
        result => result,
    }
}

#[cfg(unix)]
fn hold(folder: &Path) -> Result<Option<File>, Error> {
    use rustix::fs::{FlockOperation, flock};
    let file = File::open(folder).map_err(|cause| Error::system("open", folder, cause))?;
    match flock(&file, FlockOperation::NonBlockingLockExclusive) {
        Ok(()) => Ok(Some(file)),
        Err(rustix::io::Errno::WOULDBLOCK) => {
            let why = "another `secsite deploy` is at work there";
            Err(Error::refused("use", folder, why, "wait until it is done"))
        }
        // Not every system locks a folder.
        Err(_) => Ok(None),
    }
}

#[cfg(not(unix))]
fn hold(_folder: &Path) -> Result<Option<File>, Error> {
    Ok(None)
}
