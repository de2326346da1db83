//! Which of a site's files were saved: in goes its folder, out come the paths to read again, gathered over a few
//! milliseconds.
//!
//! The system tells what it saw, and may have seen less than there was: a folder that was made and filled at once, a
//! queue that ran over while this process slept. Wherever that can be, the answer is that everything must be read
//! again. What the files hold is not known here, and how many wait to be read is bounded.
#![allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "I/O boundary")]

use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use notify::event::{AccessKind, AccessMode};
use notify::{Config, Event, EventKind, PollWatcher, RecommendedWatcher, RecursiveMode, Watcher};

use super::Error;
use super::read::{AREAS, SINGLE};

/// A program that saves a file writes more than once; what comes within this time of the last is one change.
const QUIET: Duration = Duration::from_millis(8);

/// Nobody waits longer than this, however much is written.
const PATIENCE: Duration = Duration::from_millis(100);

/// After a folder has come, files may have been put into it before it was watched: it is looked at once more then.
const SETTLE: Duration = Duration::from_millis(250);

/// How often a folder is looked at whose system tells nothing.
const POLL: Duration = Duration::from_secs(1);

/// The most paths that are told one by one.
const MOST: usize = 500;

/// What is to be read again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Saved {
    /// These, by their paths beneath the site.
    Files(BTreeSet<String>),
    /// Everything.
    Everything,
}

/// Watches the inputs of a site.
pub struct Watch {
    root: PathBuf,
    watcher: Box<dyn Watcher + Send>,
    inbox: Arc<Inbox>,
    settle: Option<Instant>,
}

impl std::fmt::Debug for Watch {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Watch").field("root", &self.root).finish_non_exhaustive()
    }
}

#[derive(Debug, Default)]
struct Inbox {
    pending: Mutex<Pending>,
    bell: Condvar,
}

#[derive(Debug, Default)]
struct Pending {
    files: BTreeSet<String>,
    everything: bool,
    /// Folders of inputs that came or went.
    areas: BTreeSet<&'static str>,
    first: Option<Instant>,
    last: Option<Instant>,
}

impl Watch {
    /// Begins to watch. `poll` for folders whose system tells nothing, such as those of a network.
    pub fn start(root: &Path, poll: bool) -> Result<Self, Error> {
        let failed = |cause: std::io::Error| Error::system("watch", root, cause);
        // The system spells paths without links, and so must we to recognise them.
        let root = std::fs::canonicalize(root).map_err(failed)?;
        let inbox = Arc::<Inbox>::default();
        let (told, from) = (Arc::clone(&inbox), root.clone());
        let tell = move |event: notify::Result<Event>| told.take(event, &from);
        let config = Config::default().with_follow_symlinks(false).with_poll_interval(POLL);
        let made: notify::Result<Box<dyn Watcher + Send>> = match poll {
            true => PollWatcher::new(tell, config).map(|watcher| Box::new(watcher) as _),
            false => RecommendedWatcher::new(tell, config).map(|watcher| Box::new(watcher) as _),
        };
        let mut watch = Self { watcher: made.map_err(|e| refused(&root, &e))?, root, inbox, settle: None };
        let root = watch.root.clone();
        watch.watcher.watch(&root, RecursiveMode::NonRecursive).map_err(|e| refused(&root, &e))?;
        for area in &AREAS {
            watch.enter(area.name).map_err(|e| refused(&root.join(area.name), &e))?;
        }
        Ok(watch)
    }

    /// Watches one folder of inputs, if it is there.
    fn enter(&mut self, area: &str) -> notify::Result<()> {
        let path = self.root.join(area);
        let is_folder = std::fs::symlink_metadata(&path).is_ok_and(|found| found.is_dir());
        if is_folder { self.watcher.watch(&path, RecursiveMode::Recursive) } else { Ok(()) }
    }

    /// Waits until something was saved, and a moment longer.
    pub fn wait(&mut self) -> Saved {
        let pending = self.inbox.gather(self.settle);
        for area in &pending.areas {
            let _ = self.watcher.unwatch(&self.root.join(area));
            // One that has gone again in the meantime is told of by its parent.
            let _ = self.enter(area);
        }
        if pending.everything {
            self.settle = pending.first.map(|_| Instant::now() + SETTLE);
            return Saved::Everything;
        }
        if pending.files.is_empty() {
            // Nothing came, so it was time to look once more.
            self.settle = None;
            return Saved::Everything;
        }
        Saved::Files(pending.files)
    }
}

impl Inbox {
    fn lock(&self) -> MutexGuard<'_, Pending> {
        self.pending.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn take(&self, event: notify::Result<Event>, root: &Path) {
        let mut pending = self.lock();
        let known = match event {
            Ok(event) => pending.note(&event, root),
            // What was lost is not told.
            Err(_) => {
                pending.everything = true;
                true
            }
        };
        if known {
            let now = Instant::now();
            pending.first.get_or_insert(now);
            pending.last = Some(now);
            self.bell.notify_one();
        }
    }

    /// Waits for the first word, or until `settle`; then until there is quiet.
    fn gather(&self, settle: Option<Instant>) -> Pending {
        let mut pending = self.lock();
        loop {
            let now = Instant::now();
            let until = match (pending.first, pending.last) {
                (Some(first), Some(last)) => Some((last + QUIET).min(first + PATIENCE)),
                _ => settle,
            };
            match until {
                Some(until) if until <= now => return std::mem::take(&mut *pending),
                Some(until) => {
                    let waited = self.bell.wait_timeout(pending, until - now);
                    pending = waited.unwrap_or_else(PoisonError::into_inner).0;
                }
                None => pending = self.bell.wait(pending).unwrap_or_else(PoisonError::into_inner),
            }
        }
    }
}

impl Pending {
    /// Takes an event down; false for one that says nothing about inputs.
    fn note(&mut self, event: &Event, root: &Path) -> bool {
        let read_only = match event.kind {
            EventKind::Access(AccessKind::Close(AccessMode::Write)) => false,
            EventKind::Access(_) => true,
            _ => false,
        };
        if event.need_rescan() {
            self.everything = true;
            return true;
        }
        if read_only {
            return false;
        }
        let mut known = false;
        for path in &event.paths {
            let Ok(path) = path.strip_prefix(root) else { continue };
            let steps: Option<Vec<&str>> = path.iter().map(OsStr::to_str).collect();
            let first = path.iter().next().unwrap_or_default();
            let area = AREAS.iter().find(|area| first == area.name);
            let name = match (steps, area) {
                // A name that is no text is told by whoever reads everything.
                (None, Some(_)) => {
                    self.everything = true;
                    known = true;
                    continue;
                }
                (Some(steps), _) => steps.join("/"),
                (None, None) => continue,
            };
            match area {
                Some(area) if name == area.name => {
                    // Something was written in it, or it came or went itself.
                    if !matches!(event.kind, EventKind::Modify(notify::event::ModifyKind::Metadata(_))) {
                        self.areas.insert(area.name);
                    }
                    self.everything = true;
                }
                Some(_) => self.file(name),
                None if SINGLE.contains(&name.as_str()) => self.file(name),
                None => continue,
            }
            known = true;
        }
        known
    }

    fn file(&mut self, path: String) {
        if self.files.len() >= MOST {
            self.everything = true;
        } else {
            self.files.insert(path);
        }
    }
}

fn refused(path: &Path, error: &notify::Error) -> Error {
    let why = match &error.kind {
        notify::ErrorKind::Io(cause) => cause.to_string(),
        notify::ErrorKind::MaxFilesWatch => "the system watches as many files as it may already".to_owned(),
        _ => "the system does not tell what is saved there".to_owned(),
    };
    Error::refused("watch", path, why, "say --poll, and the folder is looked at every second")
}
