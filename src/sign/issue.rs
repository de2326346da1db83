//! Which manifest a release has: the one in force, if nothing that it lists has changed, else the next.
//!
//! In go the records of all files and the release before, out comes a manifest to be signed. So a draft that is edited, or a
//! second build, moves no version; a changed byte moves it by one and chains the new manifest to the old.

use jiff::{SignedDuration, Timestamp};
use sha2::{Digest, Sha256};

use super::memory::Memory;
use crate::diag::Diagnostics;
use crate::formats::manifest::{FileRecord, Manifest, Signers};
use crate::openpgp::Certificate;
use crate::routes::{self, OutPath};
use crate::rules::output as rules;
use crate::site::{NOTICE_DAYS, Site, policy};
use crate::source::Span;
use crate::value::date::When;

/// What to do about signatures that do not fit the site any more.
pub const SIGN_AGAIN: &str = "run `secsite sign` where the key is, and commit what it writes";

/// How long a manifest is good for, unless the key or security.txt ends before.
const MANIFEST_DAYS: i64 = 90;

/// A manifest that ends within this is issued anew by whoever can.
const NOTICE: SignedDuration = SignedDuration::from_hours(NOTICE_DAYS as i64 * 24);

/// How far another signer's clock may run ahead of ours.
const SKEW: SignedDuration = SignedDuration::from_mins(15);

/// Who signs this site, and how many must.
pub fn signers(site: &Site) -> Signers {
    let fingerprints = site.signing_certificates().iter().map(Certificate::fingerprint).collect();
    let wanted = site.policy.signing.as_ref().map_or(1, |signing| signing.threshold.value);
    // The throwaway key of a development build stands in for all of them.
    Signers::new(fingerprints, wanted)
}

/// Whether the manifest in force lists these files, and these signers. `files` are all but the checksums, which follow
/// from them.
pub fn says_the_same(memory: &Memory, signers: &Signers, files: &[FileRecord]) -> bool {
    memory.manifest.signers == *signers && listed(memory).eq(files)
}

/// Whether it is still good. `renews` tells whether somebody could sign a new one: then one that ends soon does not do.
pub fn lasts(memory: &Memory, renews: bool, judged: Timestamp) -> bool {
    let notice = if renews { NOTICE } else { SignedDuration::ZERO };
    memory.manifest.expires.duration_since(judged) > notice
}

/// Why a manifest that some signers have begun is none that this program would have made. Whoever signs it too vouches for
/// all that it says, and one of the signers' keys may be in other hands. Files and signers are compared elsewhere.
pub fn oddity(memory: &Memory, judged: Timestamp) -> Option<String> {
    let manifest = &memory.manifest;
    let usual = manifest.issued.checked_add(SignedDuration::from_hours(MANIFEST_DAYS * 24));
    let before = manifest.version.checked_sub(1).filter(|version| *version > 0);
    let before = before.map(|version| memory.carried.get(&routes::history(version).file()));
    let follows = match before {
        None => manifest.previous.is_none(),
        Some(before) => before.is_some_and(|bytes| manifest.previous == Some(Sha256::digest(bytes).into())),
    };
    let day = |at| When::Instant(at).day();
    if manifest.issued.duration_since(judged) > SKEW {
        Some(format!("it is dated {}, in the future", day(manifest.issued)))
    } else if usual.is_ok_and(|usual| manifest.expires > usual) {
        Some(format!("it ends on {}, more than {MANIFEST_DAYS} days after its issue", day(manifest.expires)))
    } else if !follows {
        Some(format!("its version {} does not come after the one before", manifest.version))
    } else {
        None
    }
}

/// Whether a manifest that was signed has ended, or will within `days`. `place` is where the policy names the store.
pub fn check_life(manifest: &Manifest, place: Span, judged: Timestamp, days: u16, diags: &mut Diagnostics) {
    let left = manifest.expires.duration_since(judged);
    let day = When::Instant(manifest.expires).day();
    let finding = if left <= SignedDuration::ZERO {
        rules::EXPIRED_MANIFEST.at(place, format!("the signed manifest ended on {day}"))
    } else if left <= SignedDuration::from_hours(i64::from(days) * 24) {
        rules::MANIFEST_EXPIRES_SOON.at(place, format!("the signed manifest ends on {day}"))
    } else {
        return;
    };
    diags.push(finding.help(SIGN_AGAIN));
}

/// What it lists, but for the checksums.
fn listed(memory: &Memory) -> impl Iterator<Item = &FileRecord> {
    let sums = routes::checksums().file();
    let signature = sums.with(".asc");
    memory.manifest.files.iter().filter(move |record| record.path != sums && record.path != signature)
}

/// The next manifest, without its files. `until` is when the hand that signs it can no longer.
pub fn next(site: &Site, signers: Signers, memory: Option<&Memory>, until: Option<Timestamp>) -> Manifest {
    // Whole seconds: what is written must read back as the same value.
    let issued = Timestamp::from_second(site.date.as_second()).unwrap_or(Timestamp::UNIX_EPOCH);
    let usual = issued.checked_add(SignedDuration::from_hours(MANIFEST_DAYS * 24)).unwrap_or(issued);
    let review = policy::expires(&site.policy).map(|day| When::Day(day).timestamp());
    let ends = [Some(usual), review.filter(|end| *end > issued), until];
    // What too few have signed was never a release: the next one takes its place, or the chain would have a gap.
    let step = |memory: &Memory| u64::from(memory.is_complete());
    Manifest {
        version: memory.map_or(1, |memory| memory.manifest.version.saturating_add(step(memory))),
        origin: site.base.as_str().to_owned(),
        issued,
        expires: ends.into_iter().flatten().min().unwrap_or(usual),
        previous: memory.and_then(|memory| {
            if memory.is_complete() { Some(memory.hash()) } else { memory.manifest.previous }
        }),
        signers,
        files: Vec::new(),
    }
}

/// How the files differ from those of the manifest in force, a line each, as somebody would list them.
pub fn differences(memory: &Memory, files: &[FileRecord]) -> Vec<String> {
    let find = |records: &[FileRecord], path: &OutPath| {
        let at = records.binary_search_by(|record| record.path.cmp(path)).ok()?;
        Some(records[at].sha256)
    };
    let mut lines: Vec<String> = Vec::new();
    for record in files {
        match find(&memory.manifest.files, &record.path) {
            None => lines.push(format!("new: {}", record.path)),
            Some(hash) if hash != record.sha256 => lines.push(format!("changed: {}", record.path)),
            Some(_) => {}
        }
    }
    let gone = listed(memory).filter(|record| find(files, &record.path).is_none());
    lines.extend(gone.map(|record| format!("gone: {}", record.path)));
    lines
}
