//! The folder of committed signatures, as the policy names it.
#![allow(clippy::disallowed_methods, reason = "I/O boundary")]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use crate::cli::exit::Failure;
use crate::cli::globals::Globals;
use crate::cli::load::Loaded;
use crate::diag::escape::short;
use crate::formats::manifest::Manifest;
use crate::model::policy::Policy;
use crate::sign::issue;
use crate::{io, routes};

/// The largest file of a store that is read: manifests of the largest portals.
const CAP: u64 = crate::sign::memory::MANIFEST_CAP;

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
pub fn read(globals: &Globals, policy: &Policy) -> Result<BTreeMap<String, Vec<u8>>, Failure> {
    let Some(signing) = &policy.signing else { return Ok(BTreeMap::new()) };
    io::store::read(&globals.root, Path::new(signing.store.as_str()), CAP).map_err(Failure::Io)
}
