//! The signatures of a release: found in a store and verified, or made and verified.
//!
//! In go a file's path and bytes, out comes the signature that belongs to them. A stored one is used again, byte for byte,
//! but only after it has been judged like any stranger's; its numbers need not be looked at again where the manifest of
//! the release before, whose own signature has been judged, lists both the file and the signature with these bytes.
//! Of what is made, the first signature is judged like a stranger's: key, certificate and date are the same for all. What a
//! card or an agent makes is checked each time, by the signer: a faulty one must not be found out by readers.

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

use jiff::Timestamp;

use super::{Memory, Unreleased};
use crate::formats::manifest::FileRecord;
use crate::openpgp::{Certificate, Fingerprint, NotVerified, Signer, Verified, Verifier, canonical};
use crate::plan::Digest;
use crate::routes::OutPath;
use crate::verify::place::Place;

/// The largest signature file that is looked at, and the largest security.txt.
const STORED_CAP: u64 = 64 << 10;

/// The signatures of one release. Many threads may use it at once.
pub struct Seals<'a> {
    hand: Option<&'a Signer>,
    verifier: Verifier,
    stores: Vec<&'a dyn Place>,
    date: Timestamp,
    made: AtomicUsize,
    /// Whether a signature that was made has been judged.
    proven: AtomicBool,
    reused: AtomicUsize,
    missing: Mutex<BTreeSet<OutPath>>,
}

impl<'a> Seals<'a> {
    /// `hand` makes what is missing; without it, what is missing is noted. `certificates` are the signers' as the site
    /// publishes them: what does not verify with these verifies for nobody. `stores` hold earlier signatures, by the path
    /// that they have in the output, the first choice first. `date` is that of new signatures, `judged` the instant at
    /// which all must hold.
    pub fn new(
        hand: Option<&'a Signer>,
        certificates: &[Certificate],
        stores: Vec<&'a dyn Place>,
        date: Timestamp,
        judged: Timestamp,
    ) -> Self {
        Self {
            hand,
            verifier: Verifier::new(certificates, judged),
            stores,
            date,
            made: AtomicUsize::new(0),
            proven: AtomicBool::new(false),
            reused: AtomicUsize::new(0),
            missing: Mutex::default(),
        }
    }

    /// The key that signs what is missing.
    pub fn hand(&self) -> Option<&Signer> {
        self.hand
    }

    /// How many signatures were made.
    pub fn made(&self) -> usize {
        self.made.load(Ordering::Relaxed)
    }

    /// How many were taken from a store.
    pub fn reused(&self) -> usize {
        self.reused.load(Ordering::Relaxed)
    }

    /// The files whose signature was not found, where there is nobody to make it.
    pub fn take_missing(&self) -> Vec<OutPath> {
        let mut missing = self.missing.lock().unwrap_or_else(PoisonError::into_inner);
        std::mem::take(&mut *missing).into_iter().collect()
    }

    /// Who has signed this, if the signatures hold today.
    pub(super) fn judged(&self, bytes: &[u8], signatures: &[u8]) -> Option<Verified> {
        self.verifier.detached(bytes, signatures).ok()
    }

    /// The detached signature over a file. `None` if there is none and nobody to make it: that is noted.
    pub(super) fn detached(
        &self,
        path: &OutPath,
        (bytes, digest): (&[u8], Digest),
        listed: Listed<'_>,
    ) -> Result<Option<Vec<u8>>, Unreleased> {
        let beside = path.with(".asc");
        let known = listed.has(path, digest);
        let holds = |stored: &[u8]| match known && listed.has(&beside, Digest::of(stored)) {
            true => self.verifier.vouched(stored).is_ok(),
            false => self.verifier.detached(bytes, stored).is_ok(),
        };
        if let Some(stored) = self.stored(&beside, holds) {
            return Ok(Some(stored));
        }
        let Some(hand) = self.hand else {
            self.note(path);
            return Ok(None);
        };
        self.make(path, bytes, hand).map(Some)
    }

    /// A file in its clear-text frame; like [`detached`](Self::detached).
    pub(super) fn cleartext(&self, path: &OutPath, bytes: &[u8]) -> Result<Option<Vec<u8>>, Unreleased> {
        let text = String::from_utf8_lossy(bytes);
        let same = |stored: &[u8]| self.verifier.cleartext(stored).is_ok_and(|(signed, _)| signed == text);
        if let Some(stored) = self.stored(path, same) {
            return Ok(Some(stored));
        }
        let Some(hand) = self.hand else {
            self.note(path);
            return Ok(None);
        };
        let signed = hand.sign_cleartext(&text, self.date).map_err(Unreleased::Signer)?;
        self.made.fetch_add(1, Ordering::Relaxed);
        self.verifier.cleartext(&signed).map_err(|reason| faulty(path, reason))?;
        Ok(Some(signed))
    }

    /// The signatures over a file that several may have to sign: those `held`, which were judged, and the hand's if it is
    /// wanted among `signers` and fewer than `threshold` are there. Tells who has signed then.
    pub(super) fn joint(
        &self,
        path: &OutPath,
        bytes: &[u8],
        held: Option<(&[u8], &Verified)>,
        signers: &[Fingerprint],
        threshold: u32,
    ) -> Result<(Vec<u8>, Vec<Fingerprint>), Unreleased> {
        let known = |verified: &Verified| -> Vec<Fingerprint> {
            verified.signers().into_iter().filter(|signer| signers.contains(signer)).collect()
        };
        let signed_by = held.map(|(_, verified)| known(verified)).unwrap_or_default();
        let enough = u32::try_from(signed_by.len()).unwrap_or(u32::MAX) >= threshold;
        let hand = self.hand.filter(|hand| {
            let ours = hand.certificate().fingerprint();
            !enough && signers.contains(&ours) && !signed_by.contains(&ours)
        });
        let Some(hand) = hand else {
            self.reused.fetch_add(signed_by.len(), Ordering::Relaxed);
            return Ok((held.map(|(stored, _)| stored.to_vec()).unwrap_or_default(), signed_by));
        };
        let ours = self.make(path, bytes, hand)?;
        let joined = match held {
            Some((stored, _)) => {
                canonical::join(stored, &ours).map_err(|problem| faulty(path, NotVerified::Form(problem)))?
            }
            None => ours,
        };
        let verified = self.verifier.detached(bytes, &joined).map_err(|reason| faulty(path, reason))?;
        self.reused.fetch_add(signed_by.len(), Ordering::Relaxed);
        Ok((joined, known(&verified)))
    }

    fn make(&self, path: &OutPath, bytes: &[u8], hand: &Signer) -> Result<Vec<u8>, Unreleased> {
        let signature = hand.sign_detached(bytes, self.date).map_err(Unreleased::Signer)?;
        self.made.fetch_add(1, Ordering::Relaxed);
        if !self.proven.load(Ordering::Relaxed) {
            self.verifier.detached(bytes, &signature).map_err(|reason| faulty(path, reason))?;
            self.proven.store(true, Ordering::Relaxed);
        }
        Ok(signature)
    }

    /// The first stored file that holds; a store that cannot be read has none.
    fn stored(&self, path: &OutPath, holds: impl Fn(&[u8]) -> bool) -> Option<Vec<u8>> {
        let read = |store: &&dyn Place| store.read(path, STORED_CAP).ok().flatten();
        let found = self.stores.iter().filter_map(read).find(|stored| holds(stored))?;
        self.reused.fetch_add(1, Ordering::Relaxed);
        Some(found)
    }

    fn note(&self, path: &OutPath) {
        self.missing.lock().unwrap_or_else(PoisonError::into_inner).insert(path.clone());
    }
}

/// What a manifest lists whose signature holds.
#[derive(Debug, Clone, Copy)]
pub(super) struct Listed<'m>(&'m [FileRecord]);

impl Listed<'_> {
    /// That of a release whose signature was judged.
    pub(super) fn by(memory: &Memory) -> Listed<'_> {
        Listed(&memory.manifest.files)
    }

    /// No manifest.
    pub(super) const NOTHING: Listed<'static> = Listed(&[]);

    /// Whether a file came to this.
    fn has(&self, path: &OutPath, digest: Digest) -> bool {
        let at = self.0.binary_search_by(|record| record.path.cmp(path));
        at.is_ok_and(|at| self.0[at] == FileRecord::known(path, digest))
    }
}

fn faulty(path: &OutPath, reason: NotVerified) -> Unreleased {
    Unreleased::Faulty { path: path.clone(), reason }
}
