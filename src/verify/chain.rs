//! The chain of manifests: each has the hash of the one before, and the old ones lie under `history/`.
//!
//! In goes an authentic manifest, out comes whether it descends from one that was seen, and how long the chain is. An
//! old manifest is bound by the hash in the next, so nobody's signature is asked for.

use sha2::{Digest, Sha256};

use super::finding::{Finding, Kind, quoted};
use super::offer::{self, read};
use super::place::Place;
use super::remembered::Last;
use super::verdict::Report;
use crate::formats::manifest::Manifest;
use crate::routes;

const TELL: &str = "do not use this copy; compare it with the owner's, by another way than this site";

const TOO_SHORT: &str = "history-too-short";

/// One manifest of the chain.
struct Link<'a> {
    origin: &'a str,
    version: u64,
    previous: Option<[u8; 32]>,
}

impl<'a> Link<'a> {
    fn of(manifest: &'a Manifest) -> Self {
        Self { origin: &manifest.origin, version: manifest.version, previous: manifest.previous }
    }

    /// The link before this one; `None` at the beginning.
    fn before(&self, place: &dyn Place) -> Result<Option<Link<'a>>, Box<Finding>> {
        let Some(previous) = self.previous else { return Ok(None) };
        let version = self.version - 1;
        if version == 0 {
            return Err(broken("version 1 says that there was one before it"));
        }
        let path = routes::history(version).file();
        let bytes = read(place, &path, offer::LARGEST)?.ok_or_else(|| {
            let message = format!(
                "there is no {}, so the chain of manifests ends at version {}",
                quoted(path.as_str()),
                self.version
            );
            let help = "compare the site with the owner's word; if it is yours, keep all that was ever in `history/`";
            Finding::new(TOO_SHORT, Kind::Stale, path.as_str(), message, help)
        })?;
        let hash: [u8; 32] = Sha256::digest(&bytes).into();
        if hash != previous {
            let message = format!(
                "{} is not the manifest that version {} came after",
                quoted(path.as_str()),
                self.version
            );
            return Err(broken(&message));
        }
        match Manifest::parse(&bytes) {
            Ok(old) if old.version == version && old.origin == self.origin => {
                Ok(Some(Link { origin: self.origin, version, previous: old.previous }))
            }
            _ => Err(broken(&format!("{} is not the manifest of version {version}", quoted(path.as_str())))),
        }
    }
}

/// Whether the manifest may come after the one that was seen last.
pub(super) fn judge(
    place: &dyn Place,
    manifest: &Manifest,
    hash: [u8; 32],
    last: &Last,
    report: &mut Report,
) {
    if manifest.version < last.version {
        let message = format!(
            "the site is of version {}, and version {} was seen before: it was rolled back",
            manifest.version, last.version
        );
        report.findings.push(Finding::stale("rollback", message, TELL));
    } else if manifest.version == last.version {
        if hash != last.manifest {
            let message =
                format!("there are two sites of version {}: this one, and the one seen before", last.version);
            report.findings.push(Finding::stale("equivocation", message, TELL));
        }
    } else if let Err(finding) = descends(place, manifest, last) {
        report.findings.push(*finding);
    }
}

fn descends(place: &dyn Place, manifest: &Manifest, last: &Last) -> Result<(), Box<Finding>> {
    let mut link = Link::of(manifest);
    while link.version > last.version.saturating_add(1) {
        let Some(before) = link.before(place)? else { break };
        link = before;
    }
    if link.version == last.version.saturating_add(1) && link.previous == Some(last.manifest) {
        return Ok(());
    }
    let message = format!(
        "version {} does not come after the version {} that was seen before",
        manifest.version, last.version
    );
    Err(broken(&message))
}

/// How many manifests the site still has, followed from this one. Old ones leave when there are many, and what is
/// missing though it should be there is found with the other files.
pub(super) fn length(place: &dyn Place, manifest: &Manifest, report: &mut Report) -> Option<u64> {
    let mut link = Link::of(manifest);
    let mut count = 1;
    loop {
        match link.before(place) {
            Ok(None) => return Some(count),
            Ok(Some(before)) => link = before,
            Err(finding) if finding.code == TOO_SHORT => {
                report
                    .unknown
                    .push(format!("what came before version {}, which the site no longer has", link.version));
                return Some(count);
            }
            Err(finding) => {
                report.findings.push(*finding);
                return None;
            }
        }
        count += 1;
    }
}

fn broken(message: &str) -> Box<Finding> {
    Box::new(Finding::stale("broken-chain", format!("the chain of manifests is broken: {message}"), TELL))
}
