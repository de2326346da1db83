//! The output as a value: which path is made by which recipe.
//!
//! Formats add entries; nothing is computed until a recipe is baked. `build` bakes all of them in parallel, `check`
//! bakes them and keeps none. Two entries that want the same path are a finding, not a race.

use std::borrow::Cow;
use std::collections::BTreeMap;

use crate::diag::{Diagnostic, Diagnostics};
use crate::routes::{OutPath, Route};
use crate::rules::output;
use crate::site::Site;

/// What a recipe makes: bytes of its own, or bytes that the site holds already.
pub type Baked<'s> = Result<Cow<'s, [u8]>, Box<Diagnostic>>;

/// A pure function from the site to the bytes of one file. It can fail in two ways: a template of the site's own theme,
/// and a contact that does not fit into one line of security.txt.
pub type Recipe = Box<dyn for<'s> Fn(&'s Site) -> Baked<'s> + Send + Sync>;

/// How a file is signed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Seal {
    /// Only by the manifest.
    None,
    /// By a detached signature beside it.
    Detached,
    /// In the clear-text frame: security.txt alone (RFC 9116 §2.3).
    Cleartext,
}

/// One file to be.
pub struct Entry {
    /// Makes its bytes.
    pub recipe: Recipe,
    /// How it is signed.
    pub seal: Seal,
    /// Who made the entry, for the message when two want the same path.
    pub owner: &'static str,
}

/// All files to be, by path.
#[derive(Default)]
pub struct Plan {
    entries: BTreeMap<OutPath, Entry>,
    keys: BTreeMap<String, (OutPath, &'static str)>,
    diags: Diagnostics,
}

impl Plan {
    /// Adds a file that `recipe` makes.
    pub fn add<F>(&mut self, owner: &'static str, route: &Route, seal: Seal, recipe: F)
    where
        F: for<'s> Fn(&'s Site) -> Baked<'s> + Send + Sync + 'static,
    {
        let path = route.file();
        if let Some((other, by)) = self.clash(&path.key()) {
            let message = if other.key() == path.key() {
                format!("`{path}` of {owner} and `{other}` of {by} are one file")
            } else {
                format!("`{path}` of {owner} and `{other}` of {by} would be a file and a folder of one name")
            };
            self.diags.push(output::PATH_COLLISION.anywhere(message).help("rename one of them"));
            return;
        }
        self.keys.insert(path.key(), (path.clone(), owner));
        self.entries.insert(path, Entry { recipe: Box::new(recipe), seal, owner });
    }

    /// Adds a file whose making cannot fail.
    pub fn bytes<F>(&mut self, owner: &'static str, route: &Route, seal: Seal, recipe: F)
    where
        F: Fn(&Site) -> Vec<u8> + Send + Sync + 'static,
    {
        self.add(owner, route, seal, move |site| Ok(Cow::Owned(recipe(site))));
    }

    /// The entry that cannot lie beside a new one: the same file, a file where the new one needs a folder, or a file
    /// in a folder of the new one's name.
    fn clash(&self, key: &str) -> Option<&(OutPath, &'static str)> {
        let folders = key.match_indices('/').map(|(end, _)| &key[..end]);
        if let Some(taken) = folders.chain([key]).find_map(|path| self.keys.get(path)) {
            return Some(taken);
        }
        let within = format!("{key}/");
        self.keys
            .range(within.clone()..)
            .next()
            .filter(|(path, _)| path.starts_with(&within))
            .map(|(_, taken)| taken)
    }

    /// Whether a path is taken already.
    pub fn has(&self, route: &Route) -> bool {
        self.keys.contains_key(&route.file().key())
    }

    /// The files in the order of their paths.
    pub fn entries(&self) -> impl Iterator<Item = (&OutPath, &Entry)> {
        self.entries.iter()
    }

    /// The pages, in the order of their files.
    pub fn pages(&self) -> impl Iterator<Item = Route> {
        self.entries.keys().filter_map(OutPath::page)
    }

    /// How many files there are.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// Hands over what was found while planning.
    pub fn take_findings(&mut self, diags: &mut Diagnostics) {
        diags.append(std::mem::take(&mut self.diags));
    }
}
