//! The output as a value: which path is made by which recipe.
//!
//! Formats add their files to a [`Sketch`] each, and the [`Plan`] is made of all; nothing is computed until a recipe is
//! baked. `build` bakes all of them in parallel, `check` bakes them and keeps none. Files that tell the size and hash of
//! others are baked after those. Two files that want the same path are a finding, not a race.

mod claims;

use std::borrow::Cow;
use std::collections::BTreeSet;

use rayon::prelude::*;
use sha2::{Digest as _, Sha256};

use crate::diag::{Diagnostic, Diagnostics};
use crate::routes::{OutPath, Route};
use crate::site::Site;
use crate::source::Span;
use crate::value::share::SHARE;

/// What a recipe makes: bytes of its own, or bytes that the site holds already.
pub type Baked<'s> = Result<Cow<'s, [u8]>, Box<Diagnostic>>;

/// A pure function from the site to the bytes of one file. It can fail in two ways: a template of the site's own theme,
/// and a contact that does not fit into one line of security.txt.
type Recipe = Box<dyn for<'s> Fn(&'s Site) -> Baked<'s> + Send + Sync>;

/// The same for a file that tells of others what they came to.
type Account = Box<dyn for<'s> Fn(&'s Site, &Lookup<'_>) -> Baked<'s> + Send + Sync>;

/// What a file of the plan came to; `None` for one that is not planned, could not be baked, or is baked after others
/// itself.
pub type Lookup<'a> = dyn Fn(&OutPath) -> Option<Digest> + Sync + 'a;

/// What a baked file came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Digest {
    /// Its length in bytes.
    pub size: u64,
    /// SHA-256 of its bytes.
    pub sha256: [u8; 32],
}

impl Digest {
    /// The digest of these bytes.
    pub fn of(bytes: &[u8]) -> Self {
        Self { size: bytes.len() as u64, sha256: Sha256::digest(bytes).into() }
    }
}

/// How a file is made.
enum Making {
    /// From the site alone.
    First(Recipe),
    /// From the site and what other files came to.
    After(Account),
}

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
    making: Making,
    /// How it is signed.
    pub seal: Seal,
    /// Whether its hashes stand beside it, in `.sha256` and `.sha512` (CSAF 2.0 §7.1.18). They come from the bytes that
    /// the recipe made, so that nothing is baked twice.
    pub summed: bool,
    /// Whether its making cannot fail.
    pub sure: bool,
    /// Who made the entry, for the message when two want the same path.
    pub owner: &'static str,
    /// The one advisory that it is about, by its place in `site.advisories`.
    pub about: Option<usize>,
    /// Whether it is a page under another name, which only leads elsewhere.
    pub leads_elsewhere: bool,
}

impl Entry {
    fn new(owner: &'static str, making: Making, seal: Seal) -> Self {
        Self { making, seal, summed: false, sure: false, owner, about: None, leads_elsewhere: false }
    }

    /// Whether its length does not grow with the number of advisories.
    fn is_small(&self) -> bool {
        self.about.is_some() || self.leads_elsewhere
    }

    /// Whether it tells of other files.
    pub fn is_account(&self) -> bool {
        matches!(self.making, Making::After(_))
    }

    /// A file that `recipe` makes without fail.
    fn sure<F>(owner: &'static str, seal: Seal, recipe: F) -> Self
    where
        F: Fn(&Site) -> Vec<u8> + Send + Sync + 'static,
    {
        let making = Making::First(Box::new(move |site| Ok(Cow::Owned(recipe(site)))));
        Self { sure: true, ..Self::new(owner, making, seal) }
    }

    /// Makes its bytes. `lookup` tells what other files came to, if it wants to know.
    pub fn bake<'s>(&self, site: &'s Site, lookup: &Lookup<'_>) -> Baked<'s> {
        match &self.making {
            Making::First(recipe) => recipe(site),
            Making::After(account) => account(site, lookup),
        }
    }
}

/// What hashes beside a file are called after it.
pub const BESIDE: [&str; 2] = [".sha256", ".sha512"];

/// One file that a format asks for.
struct Wish {
    path: OutPath,
    entry: Entry,
    /// Where the site's sources say so, if they do.
    place: Option<Span>,
}

/// The files that formats ask for, in the order in which they do.
#[derive(Default)]
pub struct Sketch {
    wishes: Vec<Wish>,
    /// Paths of files that are made once all others are there, and who makes them.
    reserved: Vec<(OutPath, &'static str)>,
}

impl Sketch {
    /// Adds a file that `recipe` makes.
    pub fn add<F>(&mut self, owner: &'static str, route: &Route, seal: Seal, recipe: F)
    where
        F: for<'s> Fn(&'s Site) -> Baked<'s> + Send + Sync + 'static,
    {
        self.add_from(None, owner, route, seal, recipe);
    }

    /// Adds a file that something in the sources asked for: a collision is reported there.
    pub fn add_from<F>(
        &mut self,
        place: impl Into<Option<Span>>,
        owner: &'static str,
        route: &Route,
        seal: Seal,
        recipe: F,
    ) where
        F: for<'s> Fn(&'s Site) -> Baked<'s> + Send + Sync + 'static,
    {
        let making = Making::First(Box::new(recipe));
        self.wish(place.into(), route, Entry::new(owner, making, seal));
    }

    /// Adds a page of bounded size, which cannot fail if it is `sure` that the template is not one of the site's own.
    pub fn bounded<F>(
        &mut self,
        place: impl Into<Option<Span>>,
        owner: &'static str,
        route: &Route,
        sure: bool,
        recipe: F,
    ) -> &mut Entry
    where
        F: for<'s> Fn(&'s Site) -> Baked<'s> + Send + Sync + 'static,
    {
        let making = Making::First(Box::new(recipe));
        self.wish(place.into(), route, Entry { sure, ..Entry::new(owner, making, Seal::None) })
    }

    /// Adds a file that tells what others came to. These must be baked from the site alone.
    pub fn add_after<F>(&mut self, owner: &'static str, route: &Route, account: F) -> &mut Entry
    where
        F: for<'s> Fn(&'s Site, &Lookup<'_>) -> Baked<'s> + Send + Sync + 'static,
    {
        let making = Making::After(Box::new(account));
        self.wish(None, route, Entry::new(owner, making, Seal::None))
    }

    /// Adds a signed file with its hashes beside it, whose making cannot fail.
    pub fn summed<F>(&mut self, place: Span, owner: &'static str, route: &Route, recipe: F) -> &mut Entry
    where
        F: Fn(&Site) -> Vec<u8> + Send + Sync + 'static,
    {
        let entry = Entry { summed: true, ..Entry::sure(owner, Seal::Detached, recipe) };
        self.wish(Some(place), route, entry)
    }

    /// Adds a file whose making cannot fail.
    pub fn bytes<F>(&mut self, owner: &'static str, route: &Route, seal: Seal, recipe: F) -> &mut Entry
    where
        F: Fn(&Site) -> Vec<u8> + Send + Sync + 'static,
    {
        self.wish(None, route, Entry::sure(owner, seal, recipe))
    }

    /// Keeps a path for a file that is made once all others are there.
    pub fn reserve(&mut self, owner: &'static str, path: OutPath) {
        self.reserved.push((path, owner));
    }

    fn wish(&mut self, place: Option<Span>, route: &Route, entry: Entry) -> &mut Entry {
        let at = self.wishes.len();
        self.wishes.push(Wish { path: route.file(), entry, place });
        &mut self.wishes[at].entry
    }

    /// The files, by their paths.
    pub fn files(&self) -> impl Iterator<Item = (&OutPath, &Entry)> {
        self.wishes.iter().map(|wish| (&wish.path, &wish.entry))
    }
}

/// All files to be, by path.
#[derive(Default)]
pub struct Plan {
    /// Sorted.
    entries: Vec<(OutPath, Entry)>,
    diags: Diagnostics,
}

impl Plan {
    /// The files of all sketches. Of two that want the same path, the one that comes later is left out, which is a finding.
    pub fn of(sketches: Vec<Sketch>) -> Self {
        let mut diags = Diagnostics::default();
        let refused = if claims::are_apart(&sketches) {
            BTreeSet::new()
        } else {
            claims::settle(&sketches, &mut diags)
        };
        let mut entries = Vec::with_capacity(sketches.iter().map(|sketch| sketch.wishes.len()).sum());
        let wishes = sketches.into_iter().flat_map(|sketch| sketch.wishes).enumerate();
        let wishes = wishes.filter(|(at, _)| refused.is_empty() || !refused.contains(at));
        entries.extend(wishes.map(|(_, wish)| (wish.path, wish.entry)));
        entries.par_sort_unstable_by(|(a, _), (b, _)| a.cmp(b));
        Self { entries, diags }
    }

    /// Whether a file is planned.
    pub fn has(&self, route: &Route) -> bool {
        self.get(&route.file()).is_some()
    }

    /// The file of a path.
    pub fn get(&self, path: &OutPath) -> Option<&Entry> {
        self.place(path).map(|at| &self.entries[at].1)
    }

    fn place(&self, path: &OutPath) -> Option<usize> {
        self.entries.binary_search_by(|(other, _)| other.cmp(path)).ok()
    }

    /// Puts other bytes where a recipe was.
    #[cfg(test)]
    pub(crate) fn bend(&mut self, path: &OutPath, bytes: Vec<u8>) {
        if let Some(at) = self.place(path) {
            self.entries[at].1.making = Making::First(Box::new(move |_| Ok(Cow::Owned(bytes.clone()))));
        }
    }

    /// Bakes all files, from many threads, and hands each to `take`, with its digest where that was needed anyway; gives
    /// what that gives, in no order that counts.
    pub fn bake<'p, 's, T, F>(&'p self, site: &'s Site, take: F) -> Vec<T>
    where
        T: Send,
        F: Fn(&OutPath, &Entry, Baked<'s>, Option<Digest>) -> T + Sync,
    {
        let (mut large, mut small, mut after) = (Vec::new(), Vec::new(), Vec::new());
        for (path, entry) in &self.entries {
            match &entry.making {
                Making::First(recipe) if entry.is_small() => small.push((path, entry, recipe)),
                Making::First(recipe) => large.push((path, entry, recipe)),
                Making::After(account) => after.push((path, entry, account)),
            }
        }
        let first = |files: Vec<(&'p OutPath, &'p Entry, &Recipe)>| {
            let baked = files.into_par_iter().with_max_len(SHARE).map(|(path, entry, recipe)| {
                let baked = recipe(site);
                let digest = baked.as_ref().ok().map(|bytes| Digest::of(bytes));
                (take(path, entry, baked, digest), (path, digest))
            });
            let (mut taken, mut digests) = (Vec::new(), Vec::new());
            baked.unzip_into_vecs(&mut taken, &mut digests);
            (taken, digests)
        };
        // What may be large begins at once, so that nobody waits for the last of it.
        let ((mut taken, of_large), (others, of_small)) = rayon::join(|| first(large), || first(small));
        // Both come in the order of the paths.
        let lookup = |path: &OutPath| {
            [&of_small, &of_large].into_iter().find_map(|digests| {
                let at = digests.binary_search_by(|(other, _)| (*other).cmp(path)).ok()?;
                digests[at].1
            })
        };
        taken.extend(others);
        taken.par_extend(
            after
                .into_par_iter()
                .with_max_len(SHARE)
                .map(|(path, entry, account)| take(path, entry, account(site, &lookup), None)),
        );
        taken
    }

    /// Bakes one file alone, and what it tells of; `None` if it is not planned.
    pub fn bake_one<'s>(&self, site: &'s Site, path: &OutPath) -> Option<Baked<'s>> {
        let lookup = |other: &OutPath| match &self.get(other)?.making {
            Making::First(recipe) => Some(Digest::of(&recipe(site).ok()?)),
            Making::After(_) => None,
        };
        Some(self.get(path)?.bake(site, &lookup))
    }

    /// The files in the order of their paths.
    pub fn entries(&self) -> impl ExactSizeIterator<Item = (&OutPath, &Entry)> {
        self.entries.iter().map(|(path, entry)| (path, entry))
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
