//! The folder of committed signatures, as the policy names it: what is in it, and what a run leaves there.
#![allow(clippy::disallowed_methods, reason = "I/O boundary")]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use crate::cli::exit::Failure;
use crate::cli::globals::Globals;
use crate::cli::load::Loaded;
use crate::diag::escape::short;
use crate::formats::manifest::Manifest;
use crate::model::policy::Policy;
use crate::routes::OutPath;
use crate::sign::issue;
use crate::{io, routes};

/// The largest file of a store that is read: manifests of the largest portals.
const CAP: u64 = crate::sign::memory::MANIFEST_CAP;

/// Files of the store, by their path in it.
pub type Files = BTreeMap<String, Vec<u8>>;

/// Its name, fit to be printed.
pub fn name(policy: &Policy) -> String {
    policy.signing.as_ref().map_or_else(String::new, |signing| short(signing.store.as_str(), 80))
}

/// The folder of the store.
pub fn folder(globals: &Globals, policy: &Policy) -> Option<PathBuf> {
    policy.signing.as_ref().map(|signing| globals.root.join(signing.store.as_str()))
}

/// Reports a stored manifest that has ended, or will within `days`. Whether it is signed is for the build to say.
pub fn check(globals: &Globals, loaded: &mut Loaded, days: u16) -> Result<(), Failure> {
    let signing = loaded.parsed.policy.as_ref().and_then(|policy| policy.signing.as_ref());
    let Some(signing) = signing else { return Ok(()) };
    let file = globals.root.join(signing.store.as_str()).join(routes::manifest().as_str());
    if !file.is_file() {
        return Ok(());
    }
    let bytes = io::read::read_named(&file, CAP)?;
    if let Ok(manifest) = Manifest::parse(&bytes) {
        let judged = loaded.sources.judged;
        issue::check_life(&manifest, signing.store.span, judged, days, &mut loaded.diags);
    }
    Ok(())
}

/// Everything in the store; nothing, if there is none yet.
pub fn read(globals: &Globals, policy: &Policy) -> Result<Files, Failure> {
    let Some(signing) = &policy.signing else { return Ok(Files::new()) };
    io::store::read(&globals.root, Path::new(signing.store.as_str()), CAP).map_err(Failure::Io)
}

/// What became of the store, in files.
pub struct Changes {
    /// Made or replaced.
    pub written: usize,
    /// Removed.
    pub pruned: usize,
}

/// Makes the store hold `kept`, where `before` was; files that are none of ours stay.
pub fn save(folder: &Path, before: &Files, kept: &Files) -> Result<Changes, Failure> {
    let mut new: BTreeMap<String, &[u8]> = kept
        .iter()
        .filter(|(path, bytes)| before.get(*path) != Some(*bytes))
        .map(|(path, bytes)| (path.clone(), bytes.as_slice()))
        .collect();
    let changes = new.len();
    let gone: Vec<String> = before
        .iter()
        .filter(|(path, bytes)| is_ours(path, bytes) && !kept.contains_key(*path))
        .map(|(path, _)| path.clone())
        .collect();
    if !new.is_empty() || !gone.is_empty() {
        // A checkout that makes two bytes of a line feed would break every signature.
        if !before.contains_key(".gitattributes") {
            new.insert(".gitattributes".to_owned(), b"* -text\n");
        }
        io::store::save(folder, &new, &turn, &gone)?;
    }
    Ok(Changes { written: changes, pruned: gone.len() })
}

/// When a file is written. The manifest comes last, and its signature just before it: whoever pulls the plug between those
/// two leaves the manifest of the release before, which has its own signature among the history.
fn turn(path: &str) -> u8 {
    let manifest = routes::manifest().file();
    match () {
        () if path == manifest.as_str() => 2,
        () if path == manifest.with(".asc").as_str() => 1,
        () => 0,
    }
}

/// Whether a file of the store is one that `sign` writes; others, such as a README or a certificate, stay.
pub fn is_ours(path: &str, bytes: &[u8]) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    name.starts_with(io::store::UNFINISHED)
        || (path.ends_with(".asc") && bytes.starts_with(b"-----BEGIN PGP SIGNATURE-----"))
        || path == routes::security_txt().as_str()
        || path == routes::manifest().as_str()
        || OutPath::parse(path).is_some_and(|path| path.tells_of_the_past())
}
