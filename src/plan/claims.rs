//! Whether two files of a plan could not lie in one folder: the same path, names that differ only in case, or a file
//! where the other needs a folder.
//!
//! In go the sketches, out comes which of their files must be left out, and why. Hardly any site has such files, and
//! every build asks; so there are two ways to look: by hashes, which is quick and only ever suspects too much, and by
//! the paths themselves.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::hash::{DefaultHasher, Hasher};

use rayon::prelude::*;

use super::{BESIDE, Seal, Sketch, Wish};
use crate::diag::Diagnostics;
use crate::routes::OutPath;
use crate::rules::output;
use crate::source::Span;

impl Wish {
    /// What is appended to its path for the files beside it, and who makes them.
    fn beside(&self) -> impl Iterator<Item = (&'static str, &'static str)> {
        let signature = (self.entry.seal == Seal::Detached).then_some((".asc", "signatures"));
        let sums = BESIDE.iter().filter(|_| self.entry.summed).map(|suffix| (*suffix, "checksums"));
        signature.into_iter().chain(sums)
    }
}

/// Hashes of paths and of the folders above them, by their keys.
#[derive(Default)]
struct Hashes {
    files: Vec<u64>,
    folders: Vec<u64>,
    /// The folder that was seen last, as it was written.
    last: String,
    key: String,
}

impl Hashes {
    /// Adds a path, and those of the files beside it.
    fn add(&mut self, path: &OutPath, beside: impl Iterator<Item = &'static str>) {
        let text = path.as_str();
        self.key.clear();
        if text.is_ascii() {
            self.key.push_str(text);
            self.key.make_ascii_lowercase();
        } else {
            self.key.push_str(&path.key());
        }
        self.files.push(hash(&self.key));
        let length = self.key.len();
        for suffix in beside {
            self.key.push_str(suffix);
            self.files.push(hash(&self.key));
            self.key.truncate(length);
        }
        let folder = text.rsplit_once('/').map_or("", |(folder, _)| folder);
        if folder != self.last {
            let above = self.key.match_indices('/').map(|(end, _)| hash(&self.key[..end]));
            self.folders.extend(above);
            self.last.clear();
            self.last.push_str(folder);
        }
    }
}

fn hash(key: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    hasher.write(key.as_bytes());
    hasher.finish()
}

/// Whether all files of the sketches can surely lie side by side. Where two hashes agree it says no, rightly or not.
pub(super) fn are_apart(sketches: &[Sketch]) -> bool {
    let of_wishes = sketches.par_iter().flat_map(|sketch| {
        sketch.wishes.par_iter().fold(Hashes::default, |mut hashes, wish| {
            hashes.add(&wish.path, wish.beside().map(|(suffix, _)| suffix));
            hashes
        })
    });
    let mut all: Vec<Hashes> = of_wishes.collect();
    let mut of_reserved = Hashes::default();
    sketches
        .iter()
        .flat_map(|sketch| &sketch.reserved)
        .for_each(|(path, _)| of_reserved.add(path, std::iter::empty()));
    all.push(of_reserved);
    let gathered = |of: fn(&Hashes) -> &[u64]| all.iter().map(of).collect::<Vec<_>>().concat();
    let (mut files, mut folders) = (gathered(|it| &it.files), gathered(|it| &it.folders));
    files.par_sort_unstable();
    folders.par_sort_unstable();
    folders.dedup();
    files.windows(2).all(|pair| pair[0] != pair[1])
        && folders.par_iter().all(|folder| files.binary_search(folder).is_err())
}

/// Who wants a path, and where in the site's sources that is said, if it is.
struct Claim {
    path: OutPath,
    owner: &'static str,
    place: Option<Span>,
}

/// Gives each path to the first that wants it. Out come the numbers of the wishes that are refused, counted over all
/// sketches.
pub(super) fn settle(sketches: &[Sketch], diags: &mut Diagnostics) -> BTreeSet<usize> {
    let mut claims = Claims::default();
    let reserved = sketches.iter().flat_map(|sketch| &sketch.reserved);
    for (path, owner) in reserved {
        claims.claim(Claim { path: path.clone(), owner, place: None }, diags);
    }
    let mut refused = BTreeSet::new();
    for (at, wish) in sketches.iter().flat_map(|sketch| &sketch.wishes).enumerate() {
        let claim = Claim { path: wish.path.clone(), owner: wish.entry.owner, place: wish.place };
        if !claims.claim(claim, diags) {
            refused.insert(at);
            continue;
        }
        for (suffix, owner) in wish.beside() {
            claims.claim(Claim { path: wish.path.with(suffix), owner, place: None }, diags);
        }
    }
    refused
}

/// Paths that are taken.
#[derive(Default)]
struct Claims {
    /// Asked, never listed: their order would be another in each run.
    keys: HashMap<String, Claim>,
    /// Folders of the files above: no file may have such a name.
    folders: HashSet<String>,
}

impl Claims {
    /// Takes a path, unless another has it: then that is a finding.
    fn claim(&mut self, claim: Claim, diags: &mut Diagnostics) -> bool {
        let key = claim.path.key();
        let Some(other) = self.clash(&key) else {
            let above = key.match_indices('/').map(|(end, _)| key[..end].to_owned());
            self.folders.extend(above);
            self.keys.insert(key, claim);
            return true;
        };
        let (path, owner) = (&claim.path, claim.owner);
        let both = format!("`{path}` of {owner} and `{}` of {}", other.path, other.owner);
        let message = if other.path.key() == key {
            format!("{both} are one file")
        } else {
            format!("{both} would be a file and a folder of one name")
        };
        let finding = match (claim.place, other.place) {
            (Some(place), Some(second)) => output::PATH_COLLISION.at(place, message).and(second, "the other"),
            (Some(place), None) | (None, Some(place)) => output::PATH_COLLISION.at(place, message),
            (None, None) => output::PATH_COLLISION.anywhere(message),
        };
        diags.push(finding.help("rename one of them"));
        false
    }

    /// The entry that cannot lie beside a new one: the same file, a file where the new one needs a folder, or a file
    /// in a folder of the new one's name.
    fn clash(&self, key: &str) -> Option<&Claim> {
        let above = key.match_indices('/').map(|(end, _)| &key[..end]);
        if let Some(taken) = above.chain([key]).find_map(|path| self.keys.get(path)) {
            return Some(taken);
        }
        if !self.folders.contains(key) {
            return None;
        }
        let within = |path: &OutPath| path.key().strip_prefix(key).is_some_and(|rest| rest.starts_with('/'));
        self.keys.values().filter(|claim| within(&claim.path)).min_by_key(|claim| &claim.path)
    }
}
