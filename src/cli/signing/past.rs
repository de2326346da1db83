//! The release to go on from, wherever it is.
#![allow(clippy::disallowed_methods, reason = "I/O boundary")]

use std::path::Path;

use super::{certificates, store};
use crate::cli::exit::Failure;
use crate::cli::globals::Globals;
use crate::cli::load::Loaded;
use crate::diag::escape::short;
use crate::formats::succession::Succession;
use crate::io;
use crate::io::folder::Folder;
use crate::model::policy::Policy;
use crate::openpgp::{Certificate, Fingerprint};
use crate::sign::{Forgotten, Memory};
use crate::verify::place::Place;

/// Where an earlier release may lie.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Spot<'a> {
    /// In the folder that `--previous` names, which may be a copy of what a host serves.
    Named(&'a Path),
    /// In the committed store.
    Store,
    /// In the old output.
    Output(&'a Path),
}

/// The release to go on from, if there is one, and the folder with further signatures, if that is not the store.
type Found = (Option<Memory>, Option<Box<dyn Place>>);

/// What is looked at to find the release before.
pub(super) struct Past<'a> {
    pub(super) loaded: &'a Loaded,
    pub(super) policy: &'a Policy,
    pub(super) store: &'a dyn Place,
    /// Whether there is a key. Without one, only what is committed counts: the same bytes must come out on every machine.
    pub(super) with_key: bool,
}

impl Past<'_> {
    /// Looks in the store, and in `previous`; else, where there is a key, in the old `output`.
    pub(super) fn find(
        &self,
        globals: &Globals,
        origin: &str,
        previous: Option<&Path>,
        output: Option<&Path>,
    ) -> Result<Found, Failure> {
        let output = output.filter(|folder| self.with_key && previous.is_none() && folder.is_dir());
        let spot = previous.map(Spot::Named).or(output.map(Spot::Output));
        let folder = previous.or(output).map(open).transpose()?;
        let mut spots: Vec<(Spot<'_>, &dyn Place)> = vec![(Spot::Store, self.store)];
        spots.extend(spot.zip(folder.as_deref()));
        // Whose key is revoked may have signed what was published before.
        let certificates = certificates(self.loaded, self.policy, |_| true);
        let mut memory: Option<Memory> = None;
        for (spot, place) in spots {
            let own = !matches!(spot, Spot::Named(_));
            match Memory::read(place, origin, &certificates, self.loaded.sources.judged, own) {
                Ok(read) => memory = Some(self.newer(memory, read, spot)?),
                Err(why) => self.pass_over(globals, spot, place, why)?,
            }
        }
        match &memory {
            Some(memory) => tell(globals, memory, &certificates),
            None if self.with_key => {
                globals.say("there is no release to go on from: this one is version 1");
            }
            None => {}
        }
        Ok((memory, folder))
    }

    /// A release must go on from the newest there is: readers have seen it.
    fn newer(&self, memory: Option<Memory>, read: Memory, spot: Spot<'_>) -> Result<Memory, Failure> {
        match memory {
            Some(stored) if stored.manifest.version >= read.manifest.version => Ok(stored),
            Some(stored) if !self.with_key => Err(set_back(&stored, &read, &self.shown(spot))),
            _ => Ok(read),
        }
    }

    /// Tells why a spot has no release to go on from, or fails where it should have one.
    fn pass_over(
        &self,
        globals: &Globals,
        spot: Spot<'_>,
        place: &dyn Place,
        why: Forgotten,
    ) -> Result<(), Failure> {
        let shown = self.shown(spot);
        let text = match (why, spot) {
            (Forgotten::Nothing, Spot::Named(_)) => return check_empty(place, &shown),
            (Forgotten::Nothing, _) => return Ok(()),
            (Forgotten::Elsewhere, _) => "that of another site".to_owned(),
            (Forgotten::Unusable(why), Spot::Output(_)) => format!("not gone on from: {why}"),
            (Forgotten::Unusable(why), _) => return Err(unusable(&shown, &why, spot == Spot::Store)),
        };
        let text = format!("warning: the release in `{shown}` is {text}");
        // An old output is often a trial, unsigned or with a throwaway key.
        if matches!(spot, Spot::Output(_)) {
            globals.detail(&text);
        } else {
            globals.say(&text);
        }
        Ok(())
    }

    fn shown(&self, spot: Spot<'_>) -> String {
        match spot {
            Spot::Store => store::name(self.policy),
            Spot::Named(path) | Spot::Output(path) => io::escape::path(path),
        }
    }
}

/// What somebody should know of the release before.
fn tell(globals: &Globals, memory: &Memory, certificates: &[Certificate]) {
    for former in former_without_key(memory, certificates) {
        globals.say(&format!(
            "warning: `{former}` handed over to others, and no [[key]] has its certificate: who pinned it cannot \
             follow; keep the [[key]], without a `purpose`"
        ));
    }
    globals.detail(&format!("the release before is version {}", memory.manifest.version));
    for path in &memory.lost {
        let shown = short(path.as_str(), 120);
        globals.say(&format!("warning: `{shown}` of the release before is lost or changed"));
    }
}

/// A folder with an earlier release; its files are read one by one, as they are asked for.
fn open(folder: &Path) -> Result<Box<dyn Place>, Failure> {
    Ok(Box::new(Folder::open(folder)?))
}

/// A folder that was named for its release and has none; one without any file is that of a first release.
fn check_empty(place: &dyn Place, shown: &str) -> Result<(), Failure> {
    if place.names().is_ok_and(|names| names.is_some_and(|names| names.is_empty())) {
        return Ok(());
    }
    let message = format!("there is no release in `{shown}`");
    Err(Failure::content(
        message,
        "name the folder that has `.well-known/secsite/manifest.json`, or leave --previous out",
    ))
}

/// Those who handed over to others, as the release before tells, and whose certificate is no longer published.
fn former_without_key(memory: &Memory, certificates: &[Certificate]) -> Vec<Fingerprint> {
    let statements = memory.carried.iter().filter(|(path, _)| path.succession_number().is_some());
    let mut former: Vec<Fingerprint> = statements
        .filter_map(|(_, bytes)| Succession::parse(bytes).ok())
        .flat_map(|statement| statement.from.fingerprints)
        .filter(|from| certificates.iter().all(|certificate| certificate.fingerprint() != *from))
        .collect();
    former.sort();
    former.dedup();
    former
}

/// A release that was named, or committed, and cannot be gone on from. To begin anew would tell every reader who knows a
/// later version that the site was rolled back, and would throw its history away.
fn unusable(place: &str, why: &str, stored: bool) -> Failure {
    let anew = "to begin anew at version 1, which readers who know a later one will refuse,";
    let help = if stored {
        format!(
            "restore that folder as it was committed; if another key signs now, say which one it `succeeds`; \
             {anew} delete `{place}/.well-known/secsite`"
        )
    } else {
        format!("name the folder of the last release as it was published; {anew} leave --previous out")
    };
    Failure::content(format!("the release in `{place}` cannot be gone on from: {why}"), help)
}

/// A store that is older than what was published.
fn set_back(stored: &Memory, published: &Memory, place: &str) -> Failure {
    let (ours, theirs) = (stored.manifest.version, published.manifest.version);
    let message =
        format!("the store has version {ours}, and `{place}` version {theirs}, which readers have seen");
    Failure::content(message, "bring the store up to date, or run `secsite sign` where the key is")
}
