//! The desk on which a site is written: in go files as they are saved, out come states to be shown.
//!
//! What has not changed is neither decoded nor resolved again. The portal comes first and its findings after it, so
//! that nobody waits for a lint to see a page. An advisory that cannot be read stays as it was when it last could, and
//! where the policy cannot be read, so does the whole portal.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, PoisonError};

use jiff::Timestamp;
use rayon::prelude::*;

use super::report::{Draft, Private, Report, shown};
use crate::diag::{Diagnostics, Findings, Level, Levels};
use crate::formats::{self, parts::Parts};
use crate::model::advisory::Advisory as Front;
use crate::model::parsed::{self, Decoded, File, Parsed};
use crate::routes::{self, OutPath};
use crate::rules::output::NO_SIGNATURE;
use crate::site::advisory::Memo;
use crate::site::visibility::{self, Held};
use crate::site::{self, Mark, Options, Site};
use crate::source::{FileId, SourceFile, Sources};

/// The most pages that are kept for the time when they cannot be made.
const KEPT: usize = 64;

/// How the site is shown.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Whether drafts and embargoed advisories are shown.
    pub drafts: bool,
    /// Whether others may look: then nothing of a private file is quoted.
    pub open: bool,
    /// The levels of findings, before the policy's own.
    pub levels: Levels,
    /// Tells this run from an earlier one at the same address.
    pub run: String,
}

/// A portal that could be made.
pub struct Portal {
    /// The portal.
    pub site: Site,
    /// Its files.
    pub plan: Parts,
}

impl std::fmt::Debug for Portal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Portal").field("site", &self.site).finish_non_exhaustive()
    }
}

/// What is shown now.
#[derive(Debug)]
pub struct State {
    /// Its name: the run and a number.
    pub at: String,
    /// The last portal that could be made.
    pub portal: Option<Arc<Portal>>,
    /// What was found.
    pub report: Arc<Report>,
    sources: Arc<Sources>,
    private: Arc<BTreeSet<FileId>>,
    open: bool,
    good: Arc<Mutex<BTreeMap<OutPath, Vec<u8>>>>,
}

impl State {
    /// The portal's path on its host.
    pub fn base(&self) -> &str {
        self.portal.as_ref().map_or("/", |portal| portal.site.base.path())
    }

    /// Whether a file is planned.
    pub(super) fn has(&self, path: &OutPath) -> bool {
        self.portal.as_ref().is_some_and(|portal| portal.plan.get(path).is_some())
    }

    /// Bakes a file; what is wrong with it comes as HTML.
    pub(super) fn bake(&self, path: &OutPath) -> Option<Result<Vec<u8>, String>> {
        let portal = self.portal.as_ref()?;
        let baked = portal.plan.bake_one(&portal.site, path)?;
        Some(match baked {
            Ok(bytes) => {
                let bytes = bytes.into_owned();
                if path.as_str().ends_with(".html") {
                    let mut good = self.good.lock().unwrap_or_else(PoisonError::into_inner);
                    if good.len() >= KEPT && !good.contains_key(path) {
                        good.pop_first();
                    }
                    good.insert(path.clone(), bytes.clone());
                }
                Ok(bytes)
            }
            Err(finding) => {
                let private = Private { files: &self.private, withheld: self.open };
                Err(shown(Level::Deny, &finding, &self.sources, private))
            }
        })
    }

    /// A page as it was when it last could be made.
    pub(super) fn last_good(&self, path: &OutPath) -> Option<Vec<u8>> {
        self.good.lock().unwrap_or_else(PoisonError::into_inner).get(path).cloned()
    }
}

/// What came of saved files.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// Whether nothing but style sheets changed.
    pub css: bool,
    /// The address of the page that was edited, if there is one.
    pub open: Option<String>,
    /// The file that was edited, one of them.
    pub path: String,
    /// How many were.
    pub files: usize,
}

/// What was found, and what it was found in.
#[derive(Debug)]
pub struct Judged {
    /// The findings, as `check` has them.
    pub findings: Findings,
    /// The bytes.
    pub sources: Arc<Sources>,
    /// Files whose text is not shown where others read along.
    pub private: Arc<BTreeSet<FileId>>,
}

/// A file and what came of it.
#[derive(Debug)]
struct Kept {
    source: Arc<SourceFile>,
    decoded: Decoded,
    /// The newest version that could be read.
    good: Option<Arc<File<Front>>>,
}

impl Kept {
    fn of(id: FileId, source: &Arc<SourceFile>, before: Option<&Self>) -> Self {
        let decoded = parsed::advisory(id, source);
        let sound = decoded.file.as_ref().filter(|file| file.sound);
        let before = before.filter(|before| before.source.path == source.path);
        let good = sound.or_else(|| before?.good.as_ref()).cloned();
        Self { source: Arc::clone(source), decoded, good }
    }

    /// As it is shown: a version that can be read, if there ever was one.
    fn to_show(&self) -> Decoded {
        let file = self.good.clone().or_else(|| self.decoded.file.clone());
        Decoded { file, found: Diagnostics::default() }
    }

    fn as_written(&self) -> Decoded {
        Decoded { file: self.decoded.file.clone(), found: self.decoded.found.clone() }
    }

    /// Whether what is shown is not what is written.
    fn is_stale(&self) -> bool {
        let (Some(shown), Some(written)) = (&self.good, &self.decoded.file) else { return true };
        !Arc::ptr_eq(shown, written)
    }
}

/// A site that is being written.
#[derive(Debug)]
pub struct Desk {
    settings: Settings,
    sources: Arc<Sources>,
    kept: BTreeMap<FileId, Kept>,
    memo: Memo,
    portal: Option<Arc<Portal>>,
    /// The policy that it was made with.
    policy: Option<Arc<SourceFile>>,
    /// Whether other files are planned than when collisions were last looked for.
    moved: bool,
    collisions: Diagnostics,
    report: Arc<Report>,
    private: Arc<BTreeSet<FileId>>,
    /// What was found while the portal was made, drafts included.
    found: Diagnostics,
    good: Arc<Mutex<BTreeMap<OutPath, Vec<u8>>>>,
    count: u64,
}

impl Desk {
    /// A desk with these files on it, and nothing shown yet.
    pub fn new(settings: Settings, files: BTreeMap<String, Vec<u8>>, clock: Timestamp) -> Self {
        let mut desk = Self {
            settings,
            sources: Arc::new(Sources::new(files, clock, clock)),
            kept: BTreeMap::new(),
            memo: Memo::default(),
            portal: None,
            policy: None,
            moved: true,
            collisions: Diagnostics::default(),
            report: Arc::default(),
            private: Arc::default(),
            found: Diagnostics::default(),
            good: Arc::default(),
            count: 0,
        };
        desk.make();
        desk
    }

    /// The files as they were last read.
    pub fn sources(&self) -> &Sources {
        &self.sources
    }

    /// Takes files that may have changed, `None` for one that is gone, and makes the portal anew; `None` if nothing
    /// has changed after all.
    pub fn take(
        &mut self,
        mut changes: BTreeMap<String, Option<Vec<u8>>>,
        clock: Timestamp,
    ) -> Option<Change> {
        changes.retain(|path, bytes| {
            self.sources.find(path).map(|(_, file)| file.bytes.as_slice()) != bytes.as_deref()
        });
        let path = changes.keys().next()?.clone();
        let css = changes.keys().all(|path| self.is_css(path));
        let files = changes.len();
        self.sources = Arc::new(self.sources.changed(changes, clock));
        self.make();
        Some(Change { css, open: self.page_of(&path), path, files })
    }

    /// What is shown now.
    pub fn state(&self) -> State {
        State {
            at: format!("{}-{}", self.settings.run, self.count),
            portal: self.portal.clone(),
            report: Arc::clone(&self.report),
            sources: Arc::clone(&self.sources),
            private: Arc::clone(&self.private),
            open: self.settings.open,
            good: Arc::clone(&self.good),
        }
    }

    fn options(&self) -> Options {
        Options { mark: Mark::Serve, drafts: self.settings.drafts, ..Options::default() }
    }

    /// Makes the portal, if the policy can be read.
    fn make(&mut self) {
        self.decode();
        self.count += 1;
        let shown = self.kept.iter().map(|(id, kept)| (*id, kept.to_show())).collect();
        let mut diags = Diagnostics::default();
        let parsed = parsed::gather(&self.sources, shown, &mut diags);
        let options = self.options();
        let site = site::resolve_again(&self.sources, parsed, &options, Some(&mut self.memo), &mut diags);
        if let Some(site) = site {
            let policy = self.sources.shared().find(|(_, file)| file.path == "policy.toml");
            let policy = policy.map(|(_, file)| Arc::clone(file));
            let same_policy = match (&self.policy, &policy) {
                (Some(before), Some(now)) => Arc::ptr_eq(before, now),
                _ => false,
            };
            let (plan, same) = match &self.portal {
                Some(before) if same_policy => before.plan.again(&before.site, &site),
                _ => (Parts::of(&site), false),
            };
            let held = self.portal.as_ref().is_some_and(|before| before.site.held == site.held);
            self.moved |= !same || !held;
            self.policy = policy;
            self.portal = Some(Arc::new(Portal { site, plan }));
        }
        self.found = diags;
    }

    /// Decodes the advisories that have changed.
    fn decode(&mut self) {
        let now = self.sources.shared().filter(|(_, file)| parsed::is_advisory(&file.path));
        let changed: Vec<(FileId, &Arc<SourceFile>)> = now
            .filter(|(id, file)| !self.kept.get(id).is_some_and(|kept| Arc::ptr_eq(&kept.source, file)))
            .collect();
        let kept = &self.kept;
        let decoded: Vec<(FileId, Kept)> =
            changed.par_iter().map(|(id, file)| (*id, Kept::of(*id, file, kept.get(id)))).collect();
        self.kept.extend(decoded);
        let sources = &self.sources;
        self.kept.retain(|id, kept| sources.get(*id).is_some_and(|file| file.path == kept.source.path));
        self.memo.retain(|id| sources.get(id).is_some());
    }

    /// Finds what is wrong with the site as it is written, as `check` would; `more` was found elsewhere, and
    /// `troubles` could not be read.
    pub fn judge(&mut self, more: Diagnostics, troubles: &[String]) -> Judged {
        let mut diags = more;
        let written = self.kept.iter().map(|(id, kept)| (*id, kept.as_written())).collect();
        let parsed = parsed::gather(&self.sources, written, &mut diags);
        let mut levels = self.settings.levels.clone();
        let mut signs = false;
        if let Some(policy) = &parsed.policy {
            signs = policy.signing.is_some();
            policy.lints.iter().for_each(|(rule, level)| levels.set(rule, *level));
        }
        self.private = Arc::new(visibility::private_files(&parsed, &self.sources));
        let broken = self.broken(&parsed);
        let mark = if signs { Mark::Signed } else { Mark::Unsigned };
        let options = Options { mark, ..Options::default() };
        let site = site::resolve_again(&self.sources, parsed, &options, Some(&mut self.memo), &mut diags);
        if site.is_some() && !signs {
            let help = "make a key with `secsite key new` and name it in [signing]";
            diags.push(NO_SIGNATURE.anywhere("the site is not signed").help(help));
        }
        if let Some(site) = &site
            && (self.moved || !self.collisions.is_empty())
        {
            self.collisions = Diagnostics::default();
            formats::plan(site).take_findings(&mut self.collisions);
            self.moved = false;
        }
        diags.append(self.collisions.clone());
        let findings = diags.judge(&levels);
        let private = Arc::clone(&self.private);
        let quoted = Private { files: &private, withheld: self.settings.open };
        let mut report = Report::of(&findings, troubles, &self.sources, quoted);
        if self.settings.drafts {
            report.drafts = self.drafts(&findings, &broken, &levels, quoted);
        }
        self.report = Arc::new(report);
        Judged { findings, sources: Arc::clone(&self.sources), private }
    }

    /// Files of which nothing can be shown.
    fn broken(&self, parsed: &Parsed) -> BTreeSet<FileId> {
        let unsound = parsed.advisories.iter().filter(|file| !file.sound).map(|file| file.id);
        parsed.broken_advisories.iter().copied().chain(unsound).collect()
    }

    /// What is shown and not published, each with what it lacks.
    fn drafts(
        &self,
        findings: &Findings,
        broken: &BTreeSet<FileId>,
        levels: &Levels,
        private: Private<'_>,
    ) -> Vec<Draft> {
        let with_drafts = self.found.clone().judge(levels);
        let missing = |id: FileId, findings: &Findings| -> Vec<String> {
            let at = findings.list.iter().filter(|(_, found)| found.place().is_some_and(|at| at.file == id));
            at.map(|(level, found)| shown(*level, found, &self.sources, private)).collect()
        };
        let Some(portal) = &self.portal else { return Vec::new() };
        let mut drafts: Vec<Draft> = Vec::new();
        for advisory in portal.site.shown() {
            let Some(held) = portal.site.held.get(advisory.id.as_str()) else { continue };
            let stale = self.kept.get(&advisory.file).is_none_or(Kept::is_stale);
            let mut lacks = missing(advisory.file, if stale { findings } else { &with_drafts });
            if advisory.front.published.is_none() {
                lacks.push("<p>Say since when it is public: <code>published = …</code></p>\n".to_owned());
            }
            let href = portal.site.href(&routes::advisory(&advisory.id));
            drafts.push(Draft {
                path: self.sources.file(advisory.file).path.clone(),
                page: Some((advisory.id.as_str().to_owned(), href)),
                title: advisory.front.title.as_str().to_owned(),
                state: state(*held),
                missing: lacks,
            });
        }
        let shown: BTreeSet<FileId> = portal.site.shown().map(|advisory| advisory.file).collect();
        for id in broken.iter().filter(|id| !shown.contains(id)) {
            let path = self.sources.file(*id).path.clone();
            let state = "cannot be read".to_owned();
            drafts.push(Draft {
                title: path.clone(),
                path,
                page: None,
                state,
                missing: missing(*id, findings),
            });
        }
        drafts
    }

    fn is_css(&self, path: &str) -> bool {
        let Some(portal) = &self.portal else { return false };
        let folder = format!("themes/{}/static/", portal.site.policy.site.theme.as_str());
        path.starts_with(&folder) && path.ends_with(".css") && self.sources.find(path).is_some()
    }

    /// The address of the page that a file is shown on.
    fn page_of(&self, path: &str) -> Option<String> {
        let site = &self.portal.as_ref()?.site;
        if path == "policy.toml" {
            return Some(site.href(&routes::policy()));
        }
        let id = self.sources.find(path).map(|(id, _)| id);
        let advisory = site.shown().find(|advisory| Some(advisory.file) == id);
        let page = site.pages.iter().find(|page| page.path == path);
        let route = advisory.map(|it| routes::advisory(&it.id)).or_else(|| page.map(|it| it.route.clone()));
        route.map(|route| site.href(&route))
    }
}

fn state(held: Held) -> String {
    match held {
        Held::Draft => "draft".to_owned(),
        Held::Embargo(until) => format!("embargoed until {}", until.strftime("%Y-%m-%d %H:%M UTC")),
        Held::Future(when) => format!("dated {when}"),
        Held::Undated => "without a date".to_owned(),
    }
}
