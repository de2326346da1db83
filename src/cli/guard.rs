//! `build --previous` and `check --against`: the publish guard, and the place that it looks at.

use std::collections::BTreeSet;
use std::path::Path;

use super::exit::Failure;
use super::globals::Globals;
use super::{load::Resolved, verify};
use crate::diag::Level;
use crate::diag::escape::short;
use crate::guard::{Outcome, Unreachable, guard};
use crate::io;
use crate::plan::Plan;
use crate::verify::place::Place;

/// A place where the last release lies.
pub struct Past {
    place: Box<dyn Place>,
    /// As it was named, fit to be printed.
    shown: String,
    option: &'static str,
    remote: bool,
}

impl Past {
    /// The folder of `--previous`, beneath the root unless absolute.
    pub fn folder(globals: &Globals, folder: &Path) -> Result<Self, Failure> {
        let place = io::folder::Folder::open(&globals.root.join(folder))?;
        let shown = io::escape::path(folder);
        Ok(Self { place: Box::new(place), shown, option: "--previous", remote: false })
    }

    /// The folder or the address of `--against`.
    pub fn named(globals: &Globals, word: &str) -> Result<Self, Failure> {
        let remote = word.contains("://");
        let root = globals.root.join(word);
        let word_there = if remote { word } else { root.to_str().unwrap_or(word) };
        let (place, _) = verify::place(word_there)?;
        Ok(Self { place, shown: short(word, 120), option: "--against", remote })
    }

    /// Compares, and adds what is found to the findings of the run.
    pub fn compare(&self, globals: &Globals, plan: &Plan, resolved: &mut Resolved) -> Result<(), Failure> {
        let broken = broken(resolved);
        let Resolved { site: Some(site), diags, .. } = resolved else { return Ok(()) };
        let lanes = verify::lanes(self.remote)?;
        let outcome = lanes.install(|| guard(self.place.as_ref(), site, plan, &broken, diags));
        let outcome = outcome.map_err(|unreachable| self.failed(&unreachable))?;
        match outcome {
            Outcome::All => globals.detail(&format!("compared with what is public in `{}`", self.shown)),
            Outcome::Addresses => globals.say(&format!(
                "warning: `{}` has no `osv/all.json`: only addresses were compared, not dates and not what is said",
                self.shown
            )),
            // What is empty is that of a first release.
            Outcome::Nothing if self.is_empty() => {}
            Outcome::Nothing => return Err(self.nothing()),
        }
        Ok(())
    }

    fn is_empty(&self) -> bool {
        self.place.names().is_ok_and(|names| names.is_some_and(|names| names.is_empty()))
    }

    fn nothing(&self) -> Failure {
        let message = format!("`{}` has nothing to compare with", self.shown);
        let help = format!(
            "name the portal as it is published, which has `osv/all.json`; before the first release leave {} out",
            self.option
        );
        Failure::content(message, help)
    }

    fn failed(&self, unreachable: &Unreachable) -> Failure {
        let Unreachable { path, why } = unreachable;
        let message = format!("`{path}` of `{}` cannot be read: {why}", self.shown);
        Failure::world(message, "nothing was compared; try again, or compare with a copy in a folder")
    }
}

/// Names of files that have an error, without the `.md`: the advisories in them are missing for that reason.
fn broken(resolved: &Resolved) -> BTreeSet<String> {
    let denied = resolved.diags.iter().filter(|found| resolved.levels.of(found.rule) == Level::Deny);
    let files = denied.filter_map(|found| Some(&resolved.sources.file(found.place()?.file).path));
    let names = files.filter_map(|path| path.rsplit('/').next()?.strip_suffix(".md"));
    names.map(str::to_owned).collect()
}
