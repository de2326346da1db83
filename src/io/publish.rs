//! The published folder: in go paths with bytes, from many threads, out comes the folder with all of them, in one step.
//!
//! A new site grows in a hidden folder beside the old one, is flushed, and changes places with it; then the old one goes.
//! Whatever happens before that step leaves the old site as it was, and the next [`Output::open`] clears the rest away.
//! Never overwrites a file, never follows a link, never deletes what secsite did not write.
#![allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "I/O boundary")]

use std::collections::HashSet;
use std::fs::File;
use std::io::{self, ErrorKind, Read, Write};
use std::mem;
use std::path::{Path, PathBuf};
use std::process;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

use rayon::prelude::*;

use super::Error;
use super::confine::{self, Root};
use lock::Lock;
use place::Place;

mod lock;
mod made;
mod place;
mod recover;
mod standing;
mod swap;
mod sweep;

pub use standing::standing;

/// Where a site lists its files, relative to the site. A folder that has it was made by secsite.
pub const MANIFEST: &str = ".well-known/secsite/manifest.json";

/// An output folder that nobody else builds into, and the new site growing beside it.
#[derive(Debug)]
pub struct Output {
    place: Place,
    /// The name of the staging folder beside the output.
    staging: PathBuf,
    staged: PathBuf,
    new: Root,
    old: Option<Old>,
    /// Folders of the new site that exist already.
    folders: Mutex<HashSet<String>>,
    counts: Counts,
    /// Files the old site has with the same bytes, and which file on disk that was. They get their second names only
    /// once something differs: a build that changes nothing writes nothing.
    same: Mutex<Vec<(Box<str>, Identity)>>,
    has_manifest: AtomicBool,
    /// Of the files that were written.
    written: standing::Sum,
    settled: bool,
    /// Declared last, dropped last: the folders are in order before the next build may begin.
    _lock: Lock,
}

#[derive(Debug)]
struct Old {
    root: Root,
    identity: Identity,
    files: usize,
    /// Whether it has no folder without files, so that equal files mean an equal site.
    tidy: bool,
}

#[derive(Debug, Default)]
struct Counts {
    added: AtomicUsize,
    replaced: AtomicUsize,
    unchanged: AtomicUsize,
}

/// Device and inode.
type Identity = (u64, u64);

/// What a commit did, in files.
#[derive(Debug)]
pub struct Published {
    /// New ones, and those whose bytes differ.
    pub changed: usize,
    /// Those that stayed, the same file on disk as before.
    pub unchanged: usize,
    /// Those of the old site that the new one has not.
    pub removed: usize,
    /// What of the old site could not be cleared away. The new site is in place all the same: worth a warning.
    pub leftover: Option<Error>,
    /// How the site [stands](standing), where that is known from writing it.
    pub standing: Option<String>,
}

impl Output {
    /// Takes the folder `out` for the site whose sources are in `root`, and begins a new site beside it.
    ///
    /// # Errors
    /// `out` is or holds `root`, lies among its sources, is a link, a file or a mount point, was not made by secsite or
    /// holds files it did not write; another build has it; or the disk's own. Nothing has changed then.
    pub fn open(root: &Path, out: &Path) -> Result<Self, Error> {
        let place = Place::choose(root, out)?;
        place.look()?;
        let lock = Lock::take(&place)?;
        recover::recover(&place)?;
        let old = place.old_site()?;
        let staging = place.beside("new", process::id());
        let parent = &place.parent;
        let made = parent.folder.make_folder(&staging, 0o700);
        made.map_err(|cause| parent.failed("create the folder", &staging, cause))?;
        let staged = parent.show(&staging);
        let new = parent.beneath(&staging)?;
        Ok(Self {
            place,
            staging,
            staged,
            new,
            old,
            folders: Mutex::default(),
            counts: Counts::default(),
            same: Mutex::default(),
            has_manifest: AtomicBool::new(false),
            written: standing::Sum::default(),
            settled: false,
            _lock: lock,
        })
    }

    /// The folder the new site grows in, with all that was staged so far: what a last check before
    /// [`commit`](Self::commit) reads.
    ///
    /// # Errors
    /// The disk's own.
    pub fn staged(&self) -> Result<&Path, Error> {
        self.link_same()?;
        Ok(&self.staged)
    }

    /// Whether the new site, as far as it is staged, is another than the old one.
    pub fn differs(&self) -> bool {
        let (changed, removed) = self.changes();
        changed > 0 || removed > 0 || self.old.as_ref().is_none_or(|old| !old.tidy)
    }

    /// How many files are new or other than before, and how many are gone.
    fn changes(&self) -> (usize, usize) {
        let load = |count: &AtomicUsize| count.load(Ordering::Relaxed);
        let Counts { added, replaced, unchanged } = &self.counts;
        let kept = load(replaced) + load(unchanged);
        let removed = self.old.as_ref().map_or(0, |old| old.files.saturating_sub(kept));
        (load(added) + load(replaced), removed)
    }

    /// Adds a file to the new site. A file the old site has with the same bytes is kept by a second name, which
    /// costs no writing and keeps its date; any other is created, readable for all, whatever the umask.
    ///
    /// # Errors
    /// The path leaves the site or was staged before; or the disk's own.
    pub fn stage(&self, path: &str, bytes: &[u8]) -> Result<(), Error> {
        let rel = Path::new(path);
        let sound = !path.is_empty() && path.split('/').all(|step| !matches!(step, "" | "." | ".."));
        if !sound || path.contains('\\') {
            let help = "this is a fault of secsite, please report it";
            return Err(Error::refused("publish", rel, "the path leaves the site", help));
        }
        let failed = |cause| self.new.failed("write", rel, cause);
        let count = match self.compare(rel, bytes).map_err(failed)? {
            Former::Same(identity) => {
                self.same.lock().unwrap_or_else(PoisonError::into_inner).push((path.into(), identity));
                &self.counts.unchanged
            }
            other => {
                self.write(path, bytes).map_err(failed)?;
                if other == Former::Differs { &self.counts.replaced } else { &self.counts.added }
            }
        };
        count.fetch_add(1, Ordering::Relaxed);
        if path == MANIFEST {
            self.has_manifest.store(true, Ordering::Relaxed);
        }
        Ok(())
    }

    /// Puts the new site in the old one's place, in one step and safe from a power cut, and clears the old one away.
    /// If no byte differs, nothing is touched.
    ///
    /// # Errors
    /// The disk's own, or a change of the output by others meanwhile; the old site is as it was then.
    pub fn commit(mut self) -> Result<Published, Error> {
        if !self.has_manifest.load(Ordering::Relaxed) {
            let help = "this is a fault of secsite, please report it";
            return Err(Error::refused("publish", MANIFEST, "the new site has no such file", help));
        }
        let (changed, removed) = self.changes();
        let unchanged = self.counts.unchanged.load(Ordering::Relaxed);
        // A file that stays gets a second name and loses its first, which both touch it.
        let standing = (unchanged == 0).then(|| self.written.word());
        let mut published = Published { changed, unchanged, removed, leftover: None, standing };
        if !self.differs() {
            published.leftover = sweep::discard(&self.place.parent, &self.staging).err();
        } else {
            self.link_same()?;
            self.flush()?;
            self.unmoved()?;
            swap::swap(&self.place, &self.staging, self.old.is_some())?;
            if self.old.is_some() {
                published.leftover = sweep::retire(&self.place.parent, &self.staging).err();
            }
        }
        self.settled = true;
        Ok(published)
    }

    fn make_folders(&self, path: &str) -> io::Result<()> {
        let known = |folders: &HashSet<String>| folders.contains(path);
        if known(&self.folders.lock().unwrap_or_else(PoisonError::into_inner)) {
            return Ok(());
        }
        if let Some((above, _)) = path.rsplit_once('/') {
            self.make_folders(above)?;
        }
        match self.new.folder.make_folder(Path::new(path), 0o755) {
            // Another thread was faster.
            Err(cause) if cause.kind() != ErrorKind::AlreadyExists => return Err(cause),
            _ => {}
        }
        self.folders.lock().unwrap_or_else(PoisonError::into_inner).insert(path.to_owned());
        Ok(())
    }

    fn write(&self, path: &str, bytes: &[u8]) -> io::Result<()> {
        if let Some((above, _)) = path.rsplit_once('/') {
            self.make_folders(above)?;
        }
        let mut file = self.new.folder.create(Path::new(path), 0o644)?;
        file.write_all(bytes)?;
        if let Some(mark) = confine::mark(&file)? {
            self.written.add(path, &mark);
        }
        Ok(())
    }

    /// Looks for these bytes in the old site.
    fn compare(&self, rel: &Path, bytes: &[u8]) -> io::Result<Former> {
        let Some(old) = &self.old else { return Ok(Former::Absent) };
        let mut file = match old.root.folder.file(rel) {
            Ok(file) => file,
            Err(cause) if cause.kind() == ErrorKind::NotFound => return Ok(Former::Absent),
            // What cannot be read is written again.
            Err(_) => return Ok(Former::Differs),
        };
        let Some(identity) = reusable(&file, bytes.len() as u64)? else { return Ok(Former::Differs) };
        // An unreadable old file is no reason to fail either.
        let same = same_bytes(&mut file, bytes).unwrap_or(false);
        Ok(if same { Former::Same(identity) } else { Former::Differs })
    }

    /// Gives the files that stay their second names, in the new site.
    fn link_same(&self) -> Result<(), Error> {
        let same = mem::take(&mut *self.same.lock().unwrap_or_else(PoisonError::into_inner));
        let Some(old) = &self.old else { return Ok(()) };
        same.par_iter().try_for_each(|(path, identity)| {
            let rel = Path::new(&**path);
            let failed = |cause| self.new.failed("write", rel, cause);
            if let Some((above, _)) = path.rsplit_once('/') {
                self.make_folders(above).map_err(failed)?;
            }
            match old.root.folder.link(rel, &self.new.folder, rel) {
                // The name may have been given to another file after this one was compared.
                Ok(()) if self.new.folder.identity(rel).map_err(failed)? == *identity => Ok(()),
                Ok(()) => {
                    let why = "another program replaced it meanwhile";
                    Err(Error::refused("keep", old.root.show(rel), why, "run again"))
                }
                Err(cause) if cause.kind() == ErrorKind::AlreadyExists => Err(failed(cause)),
                // Some file systems know no second names, some limit them, some forbid them for other users' files.
                Err(_) => self.write(path, &old.root.read(rel, u64::MAX)?).map_err(failed),
            }
        })
    }

    /// From here on the new site survives a power cut.
    fn flush(&self) -> Result<(), Error> {
        let whole = Path::new("");
        let failed = |cause| self.new.failed("flush", whole, cause);
        self.new.folder.set_mode(whole, 0o755).map_err(failed)?;
        match self.new.folder.sync_all() {
            Err(cause) if cause.kind() == ErrorKind::Unsupported => swap::flush_each(&self.new),
            answer => answer.map_err(failed),
        }
    }

    /// The output is still the folder that was looked at.
    fn unmoved(&self) -> Result<(), Error> {
        let Some(old) = &self.old else { return Ok(()) };
        let Place { parent, name, .. } = &self.place;
        match parent.folder.identity(name) {
            Ok(identity) if identity == old.identity => Ok(()),
            _ => {
                let why = "another program moved or replaced it meanwhile";
                Err(Error::refused("publish into", parent.show(name), why, "run again"))
            }
        }
    }
}

impl Drop for Output {
    fn drop(&mut self) {
        if !self.settled {
            // Nobody is left to tell; the next `open` tries again.
            let _ = sweep::discard(&self.place.parent, &self.staging);
        }
    }
}

/// What the old site has under a path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Former {
    Same(Identity),
    Differs,
    Absent,
}

/// The identity of a file that may be reused: of this size and our mode, and with no further name, since whoever holds
/// that name could change the published bytes.
#[cfg(unix)]
fn reusable(file: &File, size: u64) -> io::Result<Option<Identity>> {
    use std::os::unix::fs::MetadataExt;
    let meta = file.metadata()?;
    let ours = meta.is_file() && meta.len() == size && meta.nlink() == 1 && meta.mode() & 0o7777 == 0o644;
    Ok(ours.then(|| (meta.dev(), meta.ino())))
}

#[cfg(not(unix))]
fn reusable(file: &File, size: u64) -> io::Result<Option<Identity>> {
    let meta = file.metadata()?;
    Ok((meta.is_file() && meta.len() == size).then_some((0, 0)))
}

fn same_bytes(file: &mut File, mut bytes: &[u8]) -> io::Result<bool> {
    let mut buffer = [0; 16 * 1024];
    loop {
        let read = file.read(&mut buffer)?;
        if read == 0 {
            return Ok(bytes.is_empty());
        }
        match bytes.split_at_checked(read) {
            Some((head, rest)) if head == &buffer[..read] => bytes = rest,
            _ => return Ok(false),
        }
    }
}
