//! Whether a build would come to what lies in the output already.
#![allow(clippy::disallowed_methods, reason = "I/O boundary")]

use std::path::Path;

use rayon::prelude::*;
use sha2::{Digest, Sha256};

use super::Args;
use crate::cli::globals::Globals;
use crate::cli::load::Resolved;
use crate::cli::receipt::{Course, Receipt};
use crate::cli::signing::Signing;
use crate::formats::manifest::hex;
use crate::io::publish::{self, Published};
use crate::routes;
use crate::sign::{Memory, Release, issue};
use crate::site::Mark;

/// The receipt of a build that depends on nothing but what is in the site's folder and the key.
pub(super) fn receipt(
    args: &Args,
    globals: &Globals,
    resolved: &Resolved,
    signing: Option<&Signing>,
    output: &Path,
    dated: bool,
) -> Option<Receipt> {
    let site = resolved.site.as_ref()?;
    if args.previous.is_some() || !matches!(site.mark, Mark::Signed | Mark::Unsigned) {
        return None;
    }
    let hand = signing.and_then(|signing| signing.hand.as_ref());
    let hand = hand.map(|hand| hand.certificate().fingerprint().to_string()).unwrap_or_default();
    let memory = signing.and_then(|signing| signing.memory.as_ref());
    let lasts = memory.is_none_or(|memory| issue::lasts(memory, !hand.is_empty(), resolved.sources.judged));
    let other: [&[u8]; 3] = [hand.as_bytes(), &stored(signing), &[lasts.into()]];
    let course = Course { command: "build", root: &globals.root, output: Some(output), dated, other: &other };
    Receipt::of(site, &resolved.sources, &course)
}

/// Whether the output is as the last build over the same inputs left it.
pub(super) fn is_as_left(receipt: &Receipt, signing: Option<&Signing>, output: &Path) -> bool {
    let memory = signing.and_then(|signing| signing.memory.as_ref());
    let Some(noted) = receipt.outcome() else { return false };
    let standing = publish::standing(output).ok().flatten();
    standing.is_some_and(|standing| outcome(&standing, memory.map(Memory::hash)) == noted)
}

/// Notes how a build has left the output.
pub(super) fn keep(receipt: &Receipt, release: &Release, signed: bool, published: Published, output: &Path) {
    let path = routes::manifest().file();
    let manifest = release.first_read.iter().find(|record| signed && record.path == path);
    let standing = published.standing.or_else(|| publish::standing(output).ok().flatten());
    if let Some(standing) = standing {
        receipt.keep(&outcome(&standing, manifest.map(|record| record.sha256)));
    }
}

/// How the output stands, and which manifest is in force, if it is signed.
fn outcome(standing: &str, manifest: Option<[u8; 32]>) -> String {
    let manifest = manifest.map_or_else(|| "unsigned".to_owned(), |hash| hex(&hash));
    format!("{standing} {manifest}")
}

/// The hash of all stored signatures.
fn stored(signing: Option<&Signing>) -> Vec<u8> {
    let Some(signing) = signing else { return Vec::new() };
    let files: Vec<(&String, &Vec<u8>)> = signing.store().iter().collect();
    let hashes: Vec<[u8; 32]> = files
        .par_iter()
        .map(|(path, bytes)| {
            Sha256::new().chain_update(path).chain_update([0]).chain_update(bytes).finalize().into()
        })
        .collect();
    Sha256::digest(hashes.concat()).to_vec()
}
