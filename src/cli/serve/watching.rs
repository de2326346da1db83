//! What was saved, read again, shown, and then judged.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, PoisonError, RwLock};
use std::time::{Duration, Instant};

use crate::cli::check::twice;
use crate::cli::globals::Globals;
use crate::diag::{Diagnostic, Diagnostics, Findings, Level};
use crate::io;
use crate::io::http::Bell;
use crate::io::read::{self, Again};
use crate::io::watch::{Saved, Watch};
use crate::serve::desk::{Change, Desk, Judged, State};
use crate::serve::event::Event;
use crate::source::Sources;
use crate::value::counted::counted;

/// An editor may take a file away for a moment before it puts the new one there.
const MOMENT: Duration = Duration::from_millis(40);

/// Under a storm of changes, this is the most that is waited between two.
const MOST_REST: Duration = Duration::from_millis(250);

type Files = BTreeMap<String, Option<Vec<u8>>>;

/// The thread that follows the author.
pub(super) struct Watching {
    /// Whether browsers are led to what was saved.
    pub(super) follow: bool,
    pub(super) globals: Globals,
    pub(super) watch: Watch,
    pub(super) desk: Desk,
    pub(super) state: Arc<RwLock<Arc<State>>>,
    pub(super) bell: Bell,
}

impl Watching {
    /// Follows until the process ends.
    pub(super) fn run(mut self) {
        let mut troubles: BTreeMap<String, String> = BTreeMap::new();
        let mut said: BTreeSet<String> = BTreeSet::new();
        self.judge(&troubles, &mut said);
        loop {
            let saved = self.watch.wait();
            let started = Instant::now();
            let known = troubles.clone();
            let files = self.read(saved, &mut troubles);
            let change = self.desk.take(files, io::clock::now());
            if change.is_none() && troubles == known {
                continue;
            }
            if let Some(change) = change {
                self.show(&change);
                let what = match change.files {
                    1 => io::escape::text(&change.path),
                    files => counted(files, "file"),
                };
                self.globals.say(&format!("{what}: shown after {} ms", started.elapsed().as_millis()));
            }
            self.judge(&troubles, &mut said);
            // A program that saves without end gets half of the time, and so does everybody else.
            std::thread::sleep(started.elapsed().saturating_sub(MOMENT).min(MOST_REST));
        }
    }

    /// The bytes of what was saved.
    fn read(&self, saved: Saved, troubles: &mut BTreeMap<String, String>) -> Files {
        let Saved::Files(paths) = saved else { return self.read_everything(troubles) };
        let mut files = Files::new();
        for path in paths {
            let mut again = read::read_again(&self.globals.root, &path);
            let known = self.desk.sources().find(&path).is_some();
            if known && matches!(again, Ok(Again::Gone)) {
                std::thread::sleep(MOMENT);
                again = read::read_again(&self.globals.root, &path);
            }
            troubles.remove(&path);
            match again {
                Ok(Again::Bytes(bytes)) => {
                    files.insert(path, Some(bytes));
                }
                Ok(Again::Gone) if path == "policy.toml" => {
                    let text = "cannot read `policy.toml`: there is no such file; the portal stays as it was";
                    troubles.insert(path, text.to_owned());
                }
                Ok(Again::Gone) if known => {
                    files.insert(path, None);
                }
                Ok(Again::Folder) => return self.read_everything(troubles),
                Ok(Again::Gone) if self.desk.sources().below(&format!("{path}/")).next().is_some() => {
                    return self.read_everything(troubles);
                }
                Ok(Again::Gone | Again::Foreign) => {}
                Err(error) => {
                    troubles.insert(path, error.to_string());
                }
            }
        }
        files
    }

    fn read_everything(&self, troubles: &mut BTreeMap<String, String>) -> Files {
        troubles.clear();
        match read::read_site(&self.globals.root, &[]) {
            Ok(tree) => {
                let gone =
                    self.desk.sources().files().filter(|(_, file)| !tree.files.contains_key(&file.path));
                let gone: Vec<String> = gone.map(|(_, file)| file.path.clone()).collect();
                let there = tree.files.into_iter().map(|(path, bytes)| (path, Some(bytes)));
                there.chain(gone.into_iter().map(|path| (path, None))).collect()
            }
            Err(errors) => {
                for error in errors {
                    troubles.insert(error.path.to_string_lossy().into_owned(), error.to_string());
                }
                Files::new()
            }
        }
    }

    /// Puts the state of the desk in the place of the one before, which is given back: it takes time to take a portal
    /// apart, and nobody should wait for it.
    fn publish(&self) -> (String, Arc<State>) {
        let state = Arc::new(self.desk.state());
        let at = state.at.clone();
        let before =
            std::mem::replace(&mut *self.state.write().unwrap_or_else(PoisonError::into_inner), state);
        (at, before)
    }

    /// Shows the new portal; browsers are told once it is there.
    fn show(&self, change: &Change) {
        let (at, _before) = self.publish();
        match &change.open {
            Some(href) if self.follow => self.bell.ring(&Event::Open(href.clone())),
            _ => {}
        }
        self.bell.ring(&if change.css { Event::Css(at) } else { Event::Reload(at) });
    }

    /// Finds what is wrong, and says what is new of it.
    fn judge(&mut self, troubles: &BTreeMap<String, String>, said: &mut BTreeSet<String>) {
        let mut more = Diagnostics::default();
        if let Some(portal) = &self.desk.state().portal {
            twice::check(&self.globals, &portal.site.policy, &mut more);
        }
        let texts: Vec<String> = troubles.values().cloned().collect();
        let judged = self.desk.judge(more, &texts);
        self.publish();
        self.bell.ring(&Event::Findings);
        self.say(judged, &texts, said);
    }

    fn say(&self, judged: Judged, troubles: &[String], said: &mut BTreeSet<String>) {
        let Judged { findings, sources, private } = judged;
        let mut now: BTreeSet<String> = troubles.iter().cloned().collect();
        for text in troubles.iter().filter(|text| !said.contains(*text)) {
            self.globals.error(text);
        }
        let mut fresh = Findings::default();
        for (level, finding) in findings.list {
            let name = name(level, &finding, &sources);
            if !said.contains(&name) {
                fresh.list.push((level, finding));
            }
            now.insert(name);
        }
        if !fresh.list.is_empty() {
            // Nobody listening is no reason to stop.
            let _ = self.globals.print(&fresh, &sources, &private);
        }
        let mended = said.iter().filter(|name| !now.contains(*name)).count();
        if mended > 0 {
            let rest =
                if now.is_empty() { "nothing is wrong".to_owned() } else { format!("{} left", now.len()) };
            self.globals.say(&format!("{} gone, {rest}", counted(mended, "finding")));
        }
        *said = now;
    }
}

/// Tells one finding from another, also when lines above it come or go.
fn name(level: Level, finding: &Diagnostic, sources: &Sources) -> String {
    let path = finding.place().map_or("", |place| sources.file(place.file).path.as_str());
    format!("{} {} {path} {}", level.word(), finding.rule.id, finding.message)
}
