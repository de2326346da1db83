//! Whether a site is exactly what its pinned signers published, and fresh.
//!
//! In go a site that nobody trusts, certificates that somebody pinned, what was remembered of the last time, and the
//! instant; out comes a [`Verdict`] with every reason. Nothing of the site is believed before the manifest's signatures
//! hold, no key of the site counts unless it was pinned, and no stranger's word is printed unescaped.
//!
//! # In which order
//! 1. The manifest and its signature are read, in bounds. Its format, its origin and the fingerprints that it claims are
//!    looked at, to know what to ask for; none of that is believed.
//! 2. Certificates are gathered for the pins: those that were given, those remembered, and those at `keys/` of the site,
//!    which prove themselves by their fingerprint. They are merged, so that a revocation known once counts.
//! 3. Statements of succession lead from the pins to those who sign now.
//! 4. The manifest's signatures are judged in canonical form. Only then is it interpreted.
//! 5. Dates, and what is remembered: rollback, two sites of one version, a chain that does not lead here.
//! 6. Every file, in parallel: the exact set, sizes, hashes, and each signature over what it stands beside.
//!
//! What was signed in the past, by keys that may have ended since, is bound by its hash in the manifest alone.

mod authority;
mod chain;
pub mod files;
pub mod finding;
mod folder;
mod fresh;
mod host;
mod offer;
pub mod place;
pub mod remembered;
mod set;
mod signature;
mod succession;
pub mod verdict;

use std::collections::BTreeSet;

use jiff::{SignedDuration, Timestamp};

use crate::formats::manifest::Manifest;
use crate::openpgp::{Certificate, Fingerprint};
use crate::routes;
use authority::Authority;
use files::Files;
use finding::{Finding, Kind};
use offer::Offer;
use place::Place;
use remembered::Remembered;
use verdict::{Facts, Report, Verdict};

/// How far another clock may run ahead of ours.
const SKEW: SignedDuration = SignedDuration::from_mins(15);

/// What ends within this time is warned about (design, G17).
const SOON: SignedDuration = SignedDuration::from_hours(30 * 24);

/// The highest version: above it, not every reader of JSON tells a number from the next.
const HIGHEST: u64 = 1 << 53;

/// Whom the user trusts, by their own word.
#[derive(Debug, Clone, Default)]
pub struct Trust {
    /// Primary fingerprints of those whose signatures count. Where there is none, what is remembered counts.
    pub pins: BTreeSet<Fingerprint>,
    /// Certificates that the user has. They are of no weight unless their fingerprints are pinned.
    pub certificates: Vec<Certificate>,
    /// How many of the pinned must have signed, at least. The manifest may ask for more, never for fewer.
    pub threshold: Option<u32>,
    /// Where nobody is pinned or remembered, believe whom the site names.
    pub first_use: bool,
}

/// What is asked about a place.
pub struct Question<'a> {
    /// Whom the user trusts.
    pub trust: &'a Trust,
    /// What was learned the last time.
    pub remembered: Option<&'a Remembered>,
    /// The base URL under which the site is expected.
    pub origin: Option<&'a str>,
    /// The instant of judgement.
    pub now: Timestamp,
    /// Whether the chain of manifests is followed back to the first.
    pub history: bool,
    /// Called after each file, with the number of all. From many threads.
    pub step: &'a (dyn Fn(usize) + Sync),
}

/// The origin that a place claims, so that what is remembered of it can be looked up. Proves nothing.
///
/// # Errors
/// There is no manifest, or it has no such claim.
pub fn claimed_origin(place: &dyn Place) -> Result<String, Box<Finding>> {
    Ok(Offer::read(place)?.claim()?.origin)
}

/// Judges a place.
pub fn verify(place: &dyn Place, question: &Question<'_>) -> Verdict {
    let mut report = Report::default();
    match Offer::read(place) {
        Err(finding) => report.findings.push(*finding),
        Ok(offer) => {
            judge(place, question, &offer, &mut report);
            // What changed while it was read is no evidence against anybody.
            let suspect = report.findings.iter().any(|finding| finding.kind == Kind::Content);
            if suspect && Offer::read(place).is_ok_and(|again| again != offer) {
                report.findings = vec![Finding::changing()];
                report.facts = None;
            }
        }
    }
    report.verdict()
}

/// Judges a place by the certificates that are to have signed it. Nothing is remembered.
pub fn published(
    place: &dyn Place,
    certificates: &[Certificate],
    threshold: u32,
    origin: &str,
    now: Timestamp,
) -> Verdict {
    let trust = Trust {
        pins: certificates.iter().map(Certificate::fingerprint).collect(),
        certificates: certificates.to_vec(),
        threshold: Some(threshold),
        first_use: false,
    };
    let step: &(dyn Fn(usize) + Sync) = &|_| {};
    let origin = Some(origin);
    verify(place, &Question { trust: &trust, remembered: None, origin, now, history: false, step })
}

/// Fills the report. Ends early where nothing further could be believed.
fn judge(place: &dyn Place, question: &Question<'_>, offer: &Offer, report: &mut Report) {
    let claim = match offer.claim() {
        Ok(claim) => claim,
        Err(finding) => return report.findings.push(*finding),
    };
    let expected = question.origin.or(question.remembered.map(|it| it.origin.as_str()));
    let Some(mut authority) = Authority::gather(place, question, &claim, report) else { return };
    let walked = succession::walk(&mut authority, place, expected.unwrap_or(&claim.origin), question.now);
    if let Err(finding) = walked {
        report.findings.push(*finding);
        return remember(question, &authority, None, report);
    }
    let Some((manifest, mut facts)) = authenticate(question, offer, &authority, expected, report) else {
        return remember(question, &authority, None, report);
    };
    fresh::judge(&manifest, question.now, report);
    if let Some(last) = question.remembered.and_then(|it| it.last.as_ref()) {
        chain::judge(place, &manifest, offer.hash(), last, report);
    }
    if question.history {
        facts.history = chain::length(place, &manifest, report);
    }
    let signers: Vec<Fingerprint> = manifest.signers.fingerprints.clone();
    signers.iter().for_each(|signer| authority.learn(place, *signer));
    let verifier = authority.verifier(signers.iter().chain(&authority.pins), question.now);
    let files = Files::new(&manifest, &verifier);
    set::judge(place, &files, report).judge_all(place, &files, question, report);
    remember(question, &authority, Some((&manifest, offer.hash())), report);
    report.facts = Some(facts);
}

/// The manifest, once enough pinned signers vouch for it.
fn authenticate(
    question: &Question<'_>,
    offer: &Offer,
    authority: &Authority,
    expected: Option<&str>,
    report: &mut Report,
) -> Option<(Manifest, Facts)> {
    let verified = match authority.judge_manifest(offer, question.now) {
        Ok(verified) => verified,
        Err(findings) => {
            report.findings.extend(findings);
            return None;
        }
    };
    let path = routes::manifest().file();
    let manifest = match Manifest::parse(offer.manifest()) {
        Ok(manifest) => manifest,
        Err(problem) => {
            report.findings.push(Finding::content(
                "bad-manifest",
                path.as_str(),
                problem.to_string(),
                problem.help(),
            ));
            return None;
        }
    };
    if let Some(expected) = expected.filter(|expected| *expected != manifest.origin) {
        report.findings.push(Finding::other_origin(expected, &manifest.origin));
        return None;
    }
    if !(1..=HIGHEST).contains(&manifest.version) {
        let message = format!("version `{}` is not between 1 and {HIGHEST}", manifest.version);
        let help = "tell the owner; every release of a site has the version after the last one's";
        report.findings.push(Finding::content("version-out-of-range", path.as_str(), message, help));
        return None;
    }
    let signers = verified.signers();
    let needed = authority.threshold.max(manifest.signers.threshold);
    if let Some(finding) = authority.too_few(&signers, needed, &manifest.signers) {
        report.findings.push(finding);
        return None;
    }
    if let Some(end) = verified.expires {
        fresh::warn_key(end, question.now, report);
    }
    let facts = Facts {
        origin: manifest.origin.clone(),
        version: manifest.version,
        issued: manifest.issued,
        expires: manifest.expires,
        signers,
        needed,
        former: authority.former.difference(&authority.pins).copied().collect(),
        strangers: verified.unknown,
        files: manifest.files.len() + 2,
        bytes: manifest.files.iter().fold(0, |sum, file| sum.saturating_add(file.size)),
        history: None,
        first_use: authority.first_use,
    };
    Some((manifest, facts))
}

/// What is to be remembered. After a failure, only what certificates were found to say, and only of an origin that the
/// user has named or that is known already.
fn remember(
    question: &Question<'_>,
    authority: &Authority,
    seen: Option<(&Manifest, [u8; 32])>,
    report: &mut Report,
) {
    let good = seen.filter(|_| report.findings.is_empty());
    let origin = match (good, question.remembered, question.origin) {
        (Some((manifest, _)), ..) => manifest.origin.clone(),
        (None, Some(remembered), _) => remembered.origin.clone(),
        (None, None, Some(origin)) if !authority.first_use => origin.to_owned(),
        _ => return,
    };
    let mut next = match (good, question.remembered) {
        (None, Some(remembered)) => remembered.clone(),
        _ => Remembered {
            former: authority.former.clone(),
            ..Remembered::new(origin, authority.pins.clone(), authority.threshold)
        },
    };
    // Whoever holds one of two keys could ask for one signature the next time.
    let wanted = good.map_or(0, |(manifest, _)| manifest.signers.threshold);
    next.threshold = next.threshold.max(wanted);
    next.last = match good {
        Some((manifest, hash)) => {
            Some(remembered::Last { version: manifest.version, manifest: hash, at: question.now })
        }
        None => next.last,
    };
    let pinned =
        |fingerprint: &Fingerprint| authority.was_pinned(fingerprint) || next.pins.contains(fingerprint);
    let certificates = question.remembered.iter().flat_map(|it| &it.certificates);
    let gathered = authority.certificates.values().filter(|it| pinned(&it.fingerprint()));
    let certificates: Vec<Certificate> = certificates.chain(gathered).cloned().collect();
    next.learn(certificates);
    report.remember = Some(next);
}
