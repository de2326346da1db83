//! Plan and key to release: every recipe baked, hashed, signed and handed on, in parallel and never all in memory.
//!
//! After the files of the plan come those that go on from release to release ([`memory`]), then SHA256SUMS, which lists
//! both for `sha256sum -c`, and the manifest, which lists everything. A release that is the one before, byte for byte, has its
//! manifest too: the version moves only when something that readers see has moved.
//!
//! Without a key the signatures must all be in the store already: then the same bytes come out on every machine.

pub mod handover;
pub mod issue;
pub mod memory;
pub mod seals;

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use rayon::prelude::*;

use crate::diag::Diagnostic;
use crate::formats::checksums;
use crate::formats::manifest::{FileRecord, Manifest};
use crate::io;
use crate::openpgp::{Fingerprint, NotVerified, Signer, SignerProblem, Verified};
use crate::plan::{Digest, Entry, Plan, Seal};
use crate::routes::{self, OutPath};
use crate::site::Site;

pub use memory::{Forgotten, Memory};
use seals::Listed;
pub use seals::Seals;

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
    /// Files without a signature that holds, and nobody to sign them.
    Missing(Vec<OutPath>),
    /// The manifest that was signed is not that of these files, and nobody is there to sign another.
    Stale(Vec<String>),
    /// The manifest that was signed has ended, and nobody is there to sign another.
    Ended,
    /// Too few of the signers have signed.
    TooFew {
        /// How many have.
        have: usize,
        /// How many must.
        need: u32,
        /// Those who have not.
        waiting: Vec<Fingerprint>,
    },
}

/// What was released.
#[derive(Debug)]
pub struct Release {
    /// How many files it has, with the manifest and its signature.
    pub files: usize,
    /// Their bytes together.
    pub bytes: u64,
    /// Signatures that were made.
    pub made: usize,
    /// Signatures that were taken from the store.
    pub reused: usize,
    /// The manifest's version.
    pub version: u64,
    /// When the manifest ends.
    pub expires: jiff::Timestamp,
    /// Signers who have not signed the manifest, where too few have.
    pub waiting: Vec<Fingerprint>,
    /// What readers begin with: the manifest, security.txt and SHA256SUMS with their signatures.
    pub first_read: Vec<FileRecord>,
}

/// Who signs a release, and what it goes on from.
pub struct Course<'a> {
    /// The signatures.
    pub seals: Seals<'a>,
    /// The release before.
    pub memory: Option<Memory>,
    /// Statements of succession and their signatures that are new or have more signatures than the release before had.
    pub statements: BTreeMap<OutPath, Vec<u8>>,
    /// The instant at which all must hold.
    pub judged: jiff::Timestamp,
    /// Whether a manifest that too few have signed is a result: of `sign`, not of a build.
    pub partial: bool,
}

/// Bakes the plan into the sink. `course` is `None` for an unsigned site; `step` is called after every file.
pub fn release(
    site: &Site,
    plan: &Plan,
    course: Option<Course<'_>>,
    sink: &Sink<'_>,
    step: &(dyn Fn() + Sync),
) -> Result<Release, Unreleased> {
    let seals = course.as_ref().map(|course| &course.seals);
    if seals.and_then(Seals::hand).is_some_and(Signer::is_held) {
        try_recipes(site, plan)?;
    }
    let memory = course.as_ref().and_then(|course| course.memory.as_ref());
    let judged = seals.zip(memory).and_then(|(seals, it)| seals.judged(&it.bytes, &it.signatures));
    let listed = memory.filter(|_| judged.is_some()).map_or(Listed::NOTHING, Listed::by);
    let records = bake(site, plan, seals.map(|seals| (seals, listed)), sink, step)?;
    match course {
        None => finish_unsigned(site, records, sink),
        Some(course) => finish(site, records, course, judged, sink),
    }
}

/// Whether every recipe bakes. Nobody is to touch a card for a site that comes to nothing.
fn try_recipes(site: &Site, plan: &Plan) -> Result<(), Unreleased> {
    let failed = plan.bake(site, |_, _, baked, _| baked.err()).into_iter().flatten();
    let findings: Vec<Diagnostic> = failed.map(|finding| *finding).collect();
    if findings.is_empty() { Ok(()) } else { Err(Unreleased::Findings(findings)) }
}

/// The records of all files of the plan, by path.
fn bake(
    site: &Site,
    plan: &Plan,
    seals: Option<(&Seals<'_>, Listed<'_>)>,
    sink: &Sink<'_>,
    step: &(dyn Fn() + Sync),
) -> Result<Vec<FileRecord>, Unreleased> {
    let records = Mutex::new(Vec::with_capacity(2 * plan.len()));
    let keep = |record| records.lock().unwrap_or_else(PoisonError::into_inner).push(record);
    let failed = plan.bake(site, |path, entry, baked, digest| {
        let made = baked.map_err(|finding| Unreleased::Findings(vec![*finding])).and_then(|bytes| {
            let digest = digest.unwrap_or_else(|| Digest::of(&bytes));
            make(path, entry, (&bytes, digest), seals, sink, &keep)
        });
        step();
        made.err().map(Box::new)
    });
    let mut findings = Vec::new();
    for problem in failed.into_iter().flatten() {
        match *problem {
            Unreleased::Findings(found) => findings.extend(found),
            other => return Err(other),
        }
    }
    if !findings.is_empty() {
        return Err(Unreleased::Findings(findings));
    }
    let mut records = records.into_inner().unwrap_or_else(PoisonError::into_inner);
    records.par_sort_unstable_by(|a: &FileRecord, b| a.path.cmp(&b.path));
    Ok(records)
}

/// Makes the files of one entry, and hands on the record of each.
fn make(
    path: &OutPath,
    entry: &Entry,
    (bytes, digest): (&[u8], Digest),
    seals: Option<(&Seals<'_>, Listed<'_>)>,
    sink: &Sink<'_>,
    keep: &dyn Fn(FileRecord),
) -> Result<(), Unreleased> {
    match (entry.seal, seals) {
        (Seal::None, _) | (_, None) => keep(put_known(path, bytes, digest, sink)?),
        (Seal::Detached, Some((seals, listed))) => {
            let signature = seals.detached(path, (bytes, digest), listed)?;
            keep(put_known(path, bytes, digest, sink)?);
            if let Some(signature) = signature {
                keep(put(&path.with(".asc"), &signature, sink)?);
            }
        }
        (Seal::Cleartext, Some((seals, _))) => {
            let signed: Option<Cow<'_, [u8]>> = seals.cleartext(path, bytes)?.map(Cow::from);
            if let Some(signed) = signed {
                keep(put(path, &signed, sink)?);
            }
        }
    }
    if entry.summed {
        for (suffix, sum) in checksums::beside(path, bytes, digest) {
            keep(put(&path.with(suffix), &sum, sink)?);
        }
    }
    Ok(())
}

/// Hands one file on.
fn put(path: &OutPath, bytes: &[u8], sink: &Sink<'_>) -> Result<FileRecord, Unreleased> {
    put_known(path, bytes, Digest::of(bytes), sink)
}

/// The same, where the digest of its bytes is known.
fn put_known(
    path: &OutPath,
    bytes: &[u8],
    digest: Digest,
    sink: &Sink<'_>,
) -> Result<FileRecord, Unreleased> {
    sink(path, bytes).map_err(Unreleased::Io)?;
    Ok(FileRecord::known(path, digest))
}

fn finish_unsigned(
    site: &Site,
    mut records: Vec<FileRecord>,
    sink: &Sink<'_>,
) -> Result<Release, Unreleased> {
    let (path, sums) = (routes::checksums().file(), checksums::checksums(&records));
    insert(&mut records, FileRecord::of(&path, &sums));
    let mut manifest = issue::next(site, issue::signers(site), None, None);
    manifest.files = records;
    let (sums, manifested) =
        rayon::join(|| sink(&path, &sums), || sink(&routes::manifest().file(), &manifest.to_json()));
    sums.and(manifested).map_err(Unreleased::Io)?;
    Ok(Release { files: manifest.files.len() + 1, ..Release::of(&manifest, (0, 0), Vec::new()) })
}

/// Everything after the plan's own files. `records` are sorted; `before` is who has signed the release before.
fn finish(
    site: &Site,
    mut records: Vec<FileRecord>,
    course: Course<'_>,
    before: Option<Verified>,
    sink: &Sink<'_>,
) -> Result<Release, Unreleased> {
    let Course { seals, memory, statements, judged, partial } = course;
    let signers = issue::signers(site);
    let renews = seals.hand().is_some();
    let missing = seals.take_missing();
    if !missing.is_empty() {
        return Err(Unreleased::Missing(missing));
    }
    let mut carried = memory.as_ref().map(|memory| memory.carried.clone()).unwrap_or_default();
    carried.extend(statements.clone());
    add(&mut records, &carried);
    let kept = memory.as_ref().is_some_and(|memory| issue::says_the_same(memory, &signers, &records));
    let lasts = memory.as_ref().is_some_and(|memory| issue::lasts(memory, renews, judged));
    if !(renews || kept && lasts) {
        return Err(match memory {
            None => Unreleased::Missing(vec![routes::manifest().file()]),
            Some(_) if kept => Unreleased::Ended,
            Some(memory) => Unreleased::Stale(issue::differences(&memory, &records)),
        });
    }
    let mut sums = BTreeMap::new();
    if kept && lasts {
        sums = summed(&mut records, &seals)?;
    }
    let (manifest, bytes, stored) = match memory {
        Some(memory) if memory.manifest.files == records && lasts => {
            (memory.manifest, memory.bytes, before.map(|before| (memory.signatures, before)))
        }
        // The signature of the checksums alone is gone.
        _ if !renews => return Err(Unreleased::Missing(vec![routes::checksums().file()])),
        memory => {
            let until = seals.hand().and_then(Signer::expires);
            let mut manifest = issue::next(site, signers.clone(), memory.as_ref(), until);
            records.retain(|record| !record.path.tells_of_the_past() && !sums.contains_key(&record.path));
            if let Some(memory) = memory {
                carried = memory.into_history();
                carried.extend(statements);
            }
            add(&mut records, &carried);
            sums = summed(&mut records, &seals)?;
            manifest.files = records;
            let bytes = manifest.to_json();
            (manifest, bytes, None)
        }
    };
    let path = routes::manifest().file();
    let held = stored.as_ref().map(|(signatures, by)| (signatures.as_slice(), by));
    let (signatures, signed_by) =
        seals.joint(&path, &bytes, held, &signers.fingerprints, signers.threshold)?;
    let waiting = signers.waiting(&signed_by);
    if !waiting.is_empty() && !partial {
        return Err(Unreleased::TooFew { have: signed_by.len(), need: signers.threshold, waiting });
    }
    for (path, bytes) in carried.iter().chain(&sums) {
        sink(path, bytes).map_err(Unreleased::Io)?;
    }
    let about = [put(&path, &bytes, sink)?, put(&path.with(".asc"), &signatures, sink)?];
    let mut release = Release::of(&manifest, (seals.made(), seals.reused()), waiting);
    release.first_read.extend(about);
    Ok(release)
}

/// Adds files that are there already, and sorts.
fn add(records: &mut Vec<FileRecord>, files: &BTreeMap<OutPath, Vec<u8>>) {
    records.extend(files.iter().map(|(path, bytes)| FileRecord::of(path, bytes)));
    records.sort_by(|a, b| a.path.cmp(&b.path));
}

/// Adds the checksums of all files, and their signature if there is one; gives these two.
fn summed(
    records: &mut Vec<FileRecord>,
    seals: &Seals<'_>,
) -> Result<BTreeMap<OutPath, Vec<u8>>, Unreleased> {
    let path = routes::checksums().file();
    let sums = checksums::checksums(records);
    let mut made = BTreeMap::new();
    if let Some(signature) = seals.detached(&path, (&sums, Digest::of(&sums)), Listed::NOTHING)? {
        made.insert(path.with(".asc"), signature);
    }
    made.insert(path, sums);
    for (path, bytes) in &made {
        insert(records, FileRecord::of(path, bytes));
    }
    Ok(made)
}

/// Puts a record in its place among sorted ones.
fn insert(records: &mut Vec<FileRecord>, record: FileRecord) {
    let at = records.partition_point(|other| other.path < record.path);
    records.insert(at, record);
}

impl Release {
    fn of(manifest: &Manifest, (made, reused): (usize, usize), waiting: Vec<Fingerprint>) -> Self {
        let sums = routes::checksums().file();
        let first = [sums.with(".asc"), sums, routes::security_txt().file()];
        let first_read = manifest.files.iter().filter(|record| first.contains(&record.path));
        Self {
            first_read: first_read.cloned().collect(),
            files: manifest.files.len() + 2,
            bytes: manifest.files.iter().map(|record| record.size).sum(),
            made,
            reused,
            version: manifest.version,
            expires: manifest.expires,
            waiting,
        }
    }
}
