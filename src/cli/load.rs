//! From a folder to a [`Site`], with every finding on the way.
#![allow(clippy::disallowed_methods, reason = "I/O boundary")]

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use jiff::Timestamp;

use super::exit::{Exit, Failure};
use super::globals::Globals;
use crate::diag::{Diagnostics, Findings, Levels};
use crate::model::parsed::{self, Parsed};
use crate::plan::Plan;
use crate::site::{self, Options, Site, visibility};
use crate::source::{FileId, Sources};
use crate::{formats, io, rules};

/// A folder's inputs, read and decoded.
pub struct Loaded {
    /// The bytes.
    pub sources: Sources,
    /// The values.
    pub parsed: Parsed,
    /// What was found so far.
    pub diags: Diagnostics,
    /// Files whose text is not shown where others read along.
    pub private: BTreeSet<FileId>,
    /// The levels that count.
    pub levels: Levels,
    /// Whether the date of the run was asked for, by flag or by environment.
    pub dated: bool,
}

impl Loaded {
    /// Lets pages say what they said at an earlier date; keys and reviews are still judged by the date of the run.
    pub fn as_of(&mut self, date: Timestamp) {
        self.sources.date = date;
        // What was to be held back then is so still.
        self.private.extend(visibility::private_files(&self.parsed, &self.sources));
    }
}

/// Reads a site as it is.
pub fn read(globals: &Globals) -> Result<BTreeMap<String, Vec<u8>>, Failure> {
    match io::read::read_site(&globals.root, &[]) {
        Ok(tree) => Ok(tree.files),
        Err(errors) => Err(unreadable(&globals.root, errors)),
    }
}

/// Reads and decodes a site. `ignored` are folders that are output, not input.
pub fn load(globals: &Globals, ignored: &[PathBuf], date: Option<&str>) -> Result<Loaded, Failure> {
    let clock = io::clock::now();
    let asked = self::date(date)?;
    let date = asked.unwrap_or(clock);
    globals.detail(&format!("everything is judged as of {}", date.strftime("%Y-%m-%dT%H:%M:%SZ")));
    let files = match io::read::read_site(&globals.root, ignored) {
        Ok(tree) => tree.files,
        Err(errors) => return Err(unreadable(&globals.root, errors)),
    };
    let sources = Sources::new(files, date, clock);
    let mut diags = Diagnostics::default();
    let parsed = parsed::parse(&sources, &mut diags);
    let private = visibility::private_files(&parsed, &sources);
    let mut levels = globals.levels();
    if let Some(policy) = &parsed.policy {
        for (rule, level) in &policy.lints {
            levels.set(rule, *level);
        }
    }
    Ok(Loaded { sources, parsed, diags, private, levels, dated: asked.is_some() })
}

/// A policy that cannot be read is a matter of usage; any other file, of the world.
fn unreadable(root: &Path, errors: Vec<io::Error>) -> Failure {
    if errors.iter().any(|error| error.path == root && error.kind() == Some(std::io::ErrorKind::NotFound)) {
        let message = format!("there is no folder `{}`", io::escape::path(root));
        return Failure::usage(
            message,
            "name the site's folder with --root DIR; `secsite init DIR` makes one",
        );
    }
    let policy = root.join("policy.toml");
    if errors.iter().any(|error| error.path == policy || error.path == Path::new("policy.toml")) {
        let text = Failure::Io(errors).text().unwrap_or_default();
        return Failure::Refused { exit: Exit::Usage, message: text, help: String::new() };
    }
    Failure::Io(errors)
}

/// The date that is asked for: by the flag, else by `SOURCE_DATE_EPOCH`.
fn date(flag: Option<&str>) -> Result<Option<Timestamp>, Failure> {
    if let Some(text) = flag {
        return text.parse().map(Some).map_err(|_| {
            let shown = crate::diag::escape::short(text, 60);
            Failure::usage(
                format!("`{shown}` is not a date"),
                "write --date as 2026-11-22T00:00:00Z (RFC 3339)",
            )
        });
    }
    match std::env::var("SOURCE_DATE_EPOCH") {
        Err(_) => Ok(None),
        Ok(text) if text.is_empty() => Ok(None),
        Ok(text) => {
            let seconds = text.parse().ok().and_then(|seconds| Timestamp::from_second(seconds).ok());
            seconds.map(Some).ok_or_else(|| {
                let shown = crate::diag::escape::short(&text, 60);
                Failure::usage(
                    format!("SOURCE_DATE_EPOCH is `{shown}`"),
                    "set it to seconds since 1970, or unset it",
                )
            })
        }
    }
}

/// What came of loading and resolving.
pub struct Resolved {
    /// The site, if there is a policy.
    pub site: Option<Site>,
    /// The bytes, for excerpts.
    pub sources: Sources,
    /// What was found.
    pub diags: Diagnostics,
    /// Files whose text is not shown where others read along.
    pub private: BTreeSet<FileId>,
    /// The levels that count.
    pub levels: Levels,
    /// Whether the policy could not be read at all.
    pub policy_unreadable: bool,
}

impl Resolved {
    /// The files that there will be, if there is a site. What is found while they are planned joins the rest.
    pub fn plan(&mut self) -> Option<Plan> {
        let mut plan = formats::plan(self.site.as_ref()?);
        plan.take_findings(&mut self.diags);
        Some(plan)
    }

    /// Takes what was found so far, by the levels that count.
    pub fn judge(&mut self) -> Findings {
        std::mem::take(&mut self.diags).judge(&self.levels)
    }

    /// Prints findings, with what the sources say there.
    pub fn print(&self, globals: &Globals, findings: &Findings) -> Result<(), Failure> {
        globals.print(findings, &self.sources, &self.private)
    }

    /// How a run ends that findings have stopped.
    pub fn stopped(&self) -> Exit {
        if self.policy_unreadable { Exit::Usage } else { Exit::Content }
    }
}

/// Looks across the files.
pub fn resolve(loaded: Loaded, options: &Options) -> Resolved {
    let Loaded { sources, parsed, mut diags, private, levels, .. } = loaded;
    let policy_unreadable = parsed.policy_unreadable;
    let site = site::resolve(&sources, parsed, options, &mut diags);
    Resolved { site, sources, diags, private, levels, policy_unreadable }
}

/// Sets levels from `--allow`.
pub fn allow(levels: &mut Levels, allowed: &[String]) -> Result<(), Failure> {
    for id in allowed {
        let Some(rule) = rules::find(id) else {
            let near = crate::source::fields::nearest(id, rules::RULES.iter().map(|rule| rule.id));
            let help = near.map_or_else(
                || "`secsite explain` lists all rules".to_owned(),
                |near| format!("did you mean `{near}`?"),
            );
            return Err(Failure::usage(
                format!("there is no rule `{}`", crate::diag::escape::short(id, 60)),
                help,
            ));
        };
        if !rule.adjustable {
            return Err(Failure::usage(format!("`{id}` cannot be allowed"), "mend what it reports"));
        }
        levels.set(id, crate::diag::Level::Allow);
    }
    Ok(())
}
