//! What the release before left behind: its manifest, the manifests before that one, and the statements of succession.
//!
//! In goes a place laid out like the output, such as `signatures/` or the old site, and the certificates of those who may
//! have signed it; out come bytes to carry on. Nothing is believed because it lies there: a manifest counts if it was
//! validly signed on the day of its issue, and a carried file if that manifest lists it with these bytes.

use std::collections::BTreeMap;

use jiff::Timestamp;
use rayon::prelude::*;
use sha2::{Digest, Sha256};

use super::issue;
use crate::formats::manifest::Manifest;
use crate::openpgp::fitness::Unfit;
use crate::openpgp::{Certificate, Fingerprint, NotVerified, Verifier};
use crate::routes::{self, OutPath};
use crate::verify::place::Place;

/// The largest manifest that is read, in bytes: some hundred thousand files.
pub const MANIFEST_CAP: u64 = 64 << 20;

/// The largest signature, and the largest statement.
const SMALL: u64 = 64 << 10;

/// The newest manifests that stay published, at most; they are also bounded together by [`HISTORY_BYTES`].
const HISTORY: usize = 100;

/// What all former manifests may take together, in bytes.
const HISTORY_BYTES: usize = 32 << 20;

/// The release before.
#[derive(Debug)]
pub struct Memory {
    /// Its manifest.
    pub manifest: Manifest,
    /// The manifest's bytes.
    pub bytes: Vec<u8>,
    /// The file with its signatures.
    pub signatures: Vec<u8>,
    /// Primary fingerprints of those who signed it.
    pub signed_by: Vec<Fingerprint>,
    /// Former manifests and statements with their signatures, by path: they are published again.
    pub carried: BTreeMap<OutPath, Vec<u8>>,
    /// Listed by the manifest, but not there or with other bytes.
    pub lost: Vec<OutPath>,
}

/// Why a place has no release to go on from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Forgotten {
    /// There is no manifest.
    Nothing,
    /// There is one of another site: a change of address is a new beginning.
    Elsewhere,
    /// There is one, and it cannot count.
    Unusable(String),
}

impl Memory {
    /// Reads the release that `place` holds. `certificates` are those of its signers, now or before. `judged` is when they are
    /// asked to. `own` says that nobody but the owner writes there: then a signer who was revoked since has left a release
    /// to go on from all the same, or every theft of a key would end the chain.
    pub fn read(
        place: &dyn Place,
        origin: &str,
        certificates: &[Certificate],
        judged: Timestamp,
        own: bool,
    ) -> Result<Self, Forgotten> {
        let unusable = |why: String| Forgotten::Unusable(why);
        let read = |path: &OutPath, most| {
            place.read(path, most).map_err(|_| unusable(format!("its file `{path}` cannot be read")))
        };
        let path = routes::manifest().file();
        let Some(bytes) = read(&path, MANIFEST_CAP)? else {
            let names = place.names().ok().flatten().unwrap_or_default();
            let is_history =
                |path: &String| OutPath::parse(path).and_then(|it| it.history_version()).is_some();
            return Err(match names.keys().any(is_history) {
                true => unusable("its manifest is gone".into()),
                false => Forgotten::Nothing,
            });
        };
        let manifest = Manifest::parse(&bytes).map_err(|problem| unusable(problem.to_string()))?;
        if manifest.origin != origin {
            return Err(Forgotten::Elsewhere);
        }
        let signatures = read(&path.with(".asc"), SMALL)?
            .ok_or_else(|| unusable("its manifest is not signed".to_owned()))?;
        // A `sign` that was killed may have left the next manifest's signature beside this one, and put this one's into the
        // history already.
        let kept = routes::history(manifest.version).file();
        let signatures = match (read(&kept, MANIFEST_CAP)?, read(&kept.with(".asc"), SMALL)?) {
            (Some(same), Some(signatures)) if same == bytes => signatures,
            _ => signatures,
        };
        // It was published by the owner then, even if the key has ended since. A certificate that was extended may have
        // lost what bound its keys before; that one still holds now.
        let judge = |verifier: Verifier| verifier.detached(&bytes, &signatures);
        let verified = judge(Verifier::new(certificates, manifest.issued))
            .or_else(|_| judge(Verifier::new(certificates, judged)));
        // The numbers must hold all the same: whoever proposes a change to the store has no key.
        // Of a copy from a host a stolen subkey is forgiven, not a stolen primary: that thief can say anything.
        let forgiven = match &verified {
            Err(NotVerified::Unfit { problem: Unfit::SubkeyRevoked { .. }, .. }) => true,
            Err(NotVerified::Unfit { .. }) => own,
            _ => false,
        };
        let verified =
            if forgiven { judge(Verifier::forgiving(certificates, manifest.issued)) } else { verified };
        let signed_by = verified.map_err(|problem| unusable(problem.to_string()))?.signers();
        let past = manifest.files.par_iter().filter(|record| record.path.tells_of_the_past());
        let found = past.map(|record| {
            let found = place.read(&record.path, record.size).ok().flatten();
            (record.path.clone(), found.filter(|bytes| record.is_of(bytes)))
        });
        let (mut carried, mut lost) = (BTreeMap::new(), Vec::new());
        for (path, found) in found.collect::<Vec<_>>() {
            match found {
                Some(bytes) => {
                    carried.insert(path, bytes);
                }
                None => lost.push(path),
            }
        }
        let memory = Self { manifest, bytes, signatures, signed_by, carried, lost };
        match issue::oddity(&memory, judged).filter(|_| forgiven || !memory.is_complete()) {
            Some(why) if forgiven => {
                Err(unusable(format!("it was signed by a key that is revoked, and {why}")))
            }
            Some(why) => Err(unusable(format!("it was begun, and {why}"))),
            None => Ok(memory),
        }
    }

    /// Whether enough signers have signed it. What has too few signatures was never a release.
    pub fn is_complete(&self) -> bool {
        self.manifest.signers.waiting(&self.signed_by).is_empty()
    }

    /// SHA-256 of the manifest's bytes: what the next one calls `previous`.
    pub fn hash(&self) -> [u8; 32] {
        Sha256::digest(&self.bytes).into()
    }

    /// What the release after this one carries on: the manifest goes to the others, and the oldest leave when they are too
    /// many. A manifest that was never complete is forgotten.
    pub fn into_history(mut self) -> BTreeMap<OutPath, Vec<u8>> {
        if self.is_complete() {
            let path = routes::history(self.manifest.version).file();
            self.carried.insert(path.with(".asc"), self.signatures);
            self.carried.insert(path, self.bytes);
        }
        let mut versions: Vec<u64> = self.carried.keys().filter_map(OutPath::history_version).collect();
        versions.sort_unstable_by(|a, b| b.cmp(a));
        versions.dedup();
        let mut bytes = 0_usize;
        for (rank, version) in versions.into_iter().enumerate() {
            let path = routes::history(version).file();
            bytes = bytes.saturating_add(self.carried.get(&path).map_or(0, Vec::len));
            // The last one stays however large it is: without it nobody could follow the chain.
            if rank > 0 && (rank >= HISTORY || bytes > HISTORY_BYTES) {
                self.carried.remove(&path.with(".asc"));
                self.carried.remove(&path);
            }
        }
        self.carried
    }
}
