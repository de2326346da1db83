//! Plan and key to release: every recipe baked, hashed, signed and handed on, in parallel and never all in memory.
//!
//! A stored signature whose artifact has not changed is used again, byte for byte, but only after it has been verified
//! like any other. What is signed anew is verified at once: a faulty key or card must not be found out by readers.
//! After all other files come SHA256SUMS, which lists them for `sha256sum -c`, and the manifest, which lists everything.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};

use jiff::{SignedDuration, Timestamp};
use rayon::prelude::*;
use sha2::{Digest, Sha256};

use crate::diag::Diagnostic;
use crate::formats::checksums;
use crate::formats::manifest::{FileRecord, Manifest, Signers};
use crate::openpgp::{NotVerified, Signer, SignerProblem, Verifier};
use crate::plan::{Entry, Plan, Seal};
use crate::routes::{self, OutPath};
use crate::site::{Site, policy};
use crate::{io, value};

/// How long a manifest is good for, unless the key or security.txt ends before.
const MANIFEST_DAYS: i64 = 90;

/// Where the files go. Called from many threads.
pub type Sink<'a> = dyn Fn(&OutPath, &[u8]) -> Result<(), io::Error> + Sync + 'a;

/// Why there is no release.
#[derive(Debug)]
pub enum Unreleased {
    /// Recipes that failed: templates of the site's own theme.
    Findings(Vec<Diagnostic>),
    /// The sink.
    Io(io::Error),
    /// The key.
    Signer(SignerProblem),
    /// A signature that was just made does not verify.
    Faulty {
        /// Over which file.
        path: OutPath,
        /// Why not.
        reason: NotVerified,
    },
}

/// The key of a build, and the signatures that were made before.
pub struct Seals<'a> {
    signer: &'a Signer,
    verifier: Verifier,
    store: &'a BTreeMap<String, Vec<u8>>,
    date: Timestamp,
    made: AtomicUsize,
    reused: AtomicUsize,
}

impl<'a> Seals<'a> {
    /// `store` holds earlier signatures, by the path that they have in the output.
    pub fn new(signer: &'a Signer, store: &'a BTreeMap<String, Vec<u8>>, date: Timestamp) -> Self {
        let verifier = Verifier::new(std::slice::from_ref(signer.certificate()), date);
        Self { signer, verifier, store, date, made: AtomicUsize::new(0), reused: AtomicUsize::new(0) }
    }

    fn stored(&self, path: &OutPath) -> Option<&'a [u8]> {
        self.store.get(path.as_str()).map(Vec::as_slice)
    }

    fn detached(&self, path: &OutPath, bytes: &[u8]) -> Result<Vec<u8>, Unreleased> {
        if let Some(stored) = self.stored(&path.with(".asc"))
            && self.verifier.detached(bytes, stored).is_ok()
        {
            self.reused.fetch_add(1, Ordering::Relaxed);
            return Ok(stored.to_vec());
        }
        let signature = self.signer.sign_detached(bytes, self.date).map_err(Unreleased::Signer)?;
        self.made.fetch_add(1, Ordering::Relaxed);
        match self.verifier.detached(bytes, &signature) {
            Ok(_) => Ok(signature),
            Err(reason) => Err(Unreleased::Faulty { path: path.clone(), reason }),
        }
    }

    fn cleartext(&self, path: &OutPath, bytes: &[u8]) -> Result<Vec<u8>, Unreleased> {
        let text = String::from_utf8_lossy(bytes);
        let same = |stored: &&[u8]| self.verifier.cleartext(stored).is_ok_and(|(signed, _)| signed == text);
        if let Some(stored) = self.stored(path).filter(same) {
            self.reused.fetch_add(1, Ordering::Relaxed);
            return Ok(stored.to_vec());
        }
        let signed = self.signer.sign_cleartext(&text, self.date).map_err(Unreleased::Signer)?;
        self.made.fetch_add(1, Ordering::Relaxed);
        match self.verifier.cleartext(&signed) {
            Ok(_) => Ok(signed),
            Err(reason) => Err(Unreleased::Faulty { path: path.clone(), reason }),
        }
    }
}

/// What was released.
#[derive(Debug)]
pub struct Release {
    /// Every file, in the order of paths, with the manifest.
    pub files: usize,
    /// Their bytes together.
    pub bytes: u64,
    /// Signatures that were made.
    pub made: usize,
    /// Signatures that were taken from the store.
    pub reused: usize,
}

/// Bakes the plan into the sink. `seals` is `None` for an unsigned site; `step` is called after every file.
pub fn release(
    site: &Site,
    plan: &Plan,
    seals: Option<&Seals<'_>>,
    sink: &Sink<'_>,
    step: &(dyn Fn() + Sync),
) -> Result<Release, Unreleased> {
    let entries: Vec<(&OutPath, &Entry)> = plan.entries().collect();
    let baked: Vec<Result<Vec<FileRecord>, Unreleased>> = entries
        .par_iter()
        .map(|(path, entry)| {
            let records = make(site, path, entry, seals, sink);
            step();
            records
        })
        .collect();
    let mut records = Vec::with_capacity(baked.len());
    let mut findings = Vec::new();
    for result in baked {
        match result {
            Ok(made) => records.extend(made),
            Err(Unreleased::Findings(found)) => findings.extend(found),
            Err(other) => return Err(other),
        }
    }
    if !findings.is_empty() {
        return Err(Unreleased::Findings(findings));
    }
    records.sort_by(|a, b| a.path.cmp(&b.path));
    let sums = checksums::checksums(&records);
    records.extend(put(&routes::checksums().file(), &sums, Seal::Detached, seals, sink)?);
    records.sort_by(|a, b| a.path.cmp(&b.path));
    let manifest = manifest(site, records.clone(), seals).to_json();
    records.extend(put(&routes::manifest().file(), &manifest, Seal::Detached, seals, sink)?);
    Ok(Release {
        files: records.len(),
        bytes: records.iter().map(|record| record.size).sum(),
        made: seals.map_or(0, |seals| seals.made.load(Ordering::Relaxed)),
        reused: seals.map_or(0, |seals| seals.reused.load(Ordering::Relaxed)),
    })
}

fn make(
    site: &Site,
    path: &OutPath,
    entry: &Entry,
    seals: Option<&Seals<'_>>,
    sink: &Sink<'_>,
) -> Result<Vec<FileRecord>, Unreleased> {
    let bytes = (entry.recipe)(site).map_err(|finding| Unreleased::Findings(vec![*finding]))?;
    put(path, &bytes, entry.seal, seals, sink)
}

/// Signs one file as it wants to be, and hands it on.
fn put(
    path: &OutPath,
    bytes: &[u8],
    seal: Seal,
    seals: Option<&Seals<'_>>,
    sink: &Sink<'_>,
) -> Result<Vec<FileRecord>, Unreleased> {
    let mut records = Vec::with_capacity(2);
    let mut write = |path: &OutPath, bytes: &[u8]| {
        sink(path, bytes).map_err(Unreleased::Io)?;
        records.push(FileRecord {
            path: path.clone(),
            size: bytes.len() as u64,
            sha256: Sha256::digest(bytes).into(),
        });
        Ok(())
    };
    match (seal, seals) {
        (Seal::None, _) | (_, None) => write(path, bytes)?,
        (Seal::Detached, Some(seals)) => {
            let signature = seals.detached(path, bytes)?;
            write(path, bytes)?;
            write(&path.with(".asc"), &signature)?;
        }
        (Seal::Cleartext, Some(seals)) => {
            let signed: Cow<'_, [u8]> = seals.cleartext(path, bytes)?.into();
            write(path, &signed)?;
        }
    }
    Ok(records)
}

fn manifest(site: &Site, files: Vec<FileRecord>, seals: Option<&Seals<'_>>) -> Manifest {
    // Whole seconds: what is written must read back as the same value.
    let issued = Timestamp::from_second(site.date.as_second()).unwrap_or(Timestamp::UNIX_EPOCH);
    let usual = issued.checked_add(SignedDuration::from_hours(MANIFEST_DAYS * 24)).unwrap_or(issued);
    let review = policy::expires(&site.policy).map(|day| value::date::When::Day(day).timestamp());
    let key = seals.and_then(|seals| seals.signer.expires());
    let ends = [Some(usual), review.filter(|end| *end > issued), key];
    let expires = ends.into_iter().flatten().min().unwrap_or(usual);
    let fingerprints = seals.map(|seals| seals.signer.certificate().fingerprint());
    let threshold = site.policy.signing.as_ref().map_or(1, |signing| signing.threshold.value);
    Manifest {
        // Nothing is remembered between builds, and still a later site has a higher version.
        version: u64::try_from(issued.as_second()).unwrap_or_default(),
        origin: site.base.as_str().to_owned(),
        issued,
        expires,
        previous: None,
        signers: Signers {
            threshold: if fingerprints.is_some() { threshold } else { 0 },
            fingerprints: fingerprints.into_iter().collect(),
        },
        files,
    }
}
