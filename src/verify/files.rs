//! Every file of a site: in goes the authentic manifest, out comes each that is not what it says.
//!
//! Files are read one at a time per thread and not kept. A file and the signature beside it are judged together.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

use jiff::Timestamp;
use rayon::prelude::*;
use sha2::{Digest, Sha256};

use super::finding::{Finding, quoted};
use super::place::{Fault, Place};
use super::verdict::Report;
use super::{Question, fresh, offer, set, signature};
use crate::formats::checksums;
use crate::formats::manifest::{FileRecord, Manifest};
use crate::openpgp::{NotVerified, Verifier};
use crate::routes::{self, OutPath};

/// Files that have grown are read up to this many bytes, to say what stands in a signature that has.
const CURIOSITY: u64 = 64 * 1024;

const CHANGED: &str = "do not use this copy; fetch it again, and tell the owner if it stays like this";

/// What the manifest lists, and who signs.
pub struct Files<'a> {
    manifest: &'a Manifest,
    verifier: &'a Verifier,
    by_path: BTreeMap<&'a str, &'a FileRecord>,
    by_hash: OnceLock<BTreeMap<[u8; 32], &'a str>>,
}

/// Listed files that are known not to be there.
#[derive(Default)]
pub(super) struct Absent<'a>(BTreeSet<&'a str>);

impl<'a> Absent<'a> {
    pub(super) fn insert(&mut self, record: &'a FileRecord) {
        self.0.insert(record.path.as_str());
    }

    /// Looks at all files that are there.
    pub(super) fn judge_all(
        &self,
        place: &dyn Place,
        files: &Files<'_>,
        question: &Question<'_>,
        report: &mut Report,
    ) {
        let all = files.records().len();
        let found: Vec<Report> = files
            .records()
            .par_iter()
            .filter(|record| files.artifact_of(record).is_none())
            .map(|record| {
                let report = files.check(place, record, self, question.now);
                (question.step)(all);
                if files.signature_of(record).is_some() {
                    (question.step)(all);
                }
                report
            })
            .filter(|report| {
                !(report.findings.is_empty() && report.warnings.is_empty() && report.unknown.is_empty())
            })
            .collect();
        for one in found {
            report.findings.extend(one.findings);
            report.warnings.extend(one.warnings);
            report.unknown.extend(one.unknown);
        }
    }
}

/// What was found in place of a file.
enum Content {
    /// What the manifest says.
    Same(Vec<u8>),
    /// Something else, and in which way.
    Other(Vec<u8>, String),
    /// Nothing that could be looked at; the report says why, or the caller knew.
    Nothing,
}

impl<'a> Files<'a> {
    /// The files of a manifest that is authentic. `verifier` knows the certificates of its signers.
    pub fn new(manifest: &'a Manifest, verifier: &'a Verifier) -> Self {
        let by_path = manifest.files.iter().map(|record| (record.path.as_str(), record)).collect();
        Self { manifest, verifier, by_path, by_hash: OnceLock::new() }
    }

    pub(super) fn records(&self) -> &'a [FileRecord] {
        &self.manifest.files
    }

    pub(super) fn has(&self, path: &str) -> bool {
        self.by_path.contains_key(path)
    }

    /// The listed signature over a file.
    fn signature_of(&self, record: &FileRecord) -> Option<&'a FileRecord> {
        self.by_path.get(record.path.with(".asc").as_str()).copied()
    }

    /// The listed file that a signature is over.
    fn artifact_of(&self, record: &FileRecord) -> Option<&'a FileRecord> {
        self.by_path.get(record.path.as_str().strip_suffix(".asc")?).copied()
    }

    /// Why one listed file, or the signature beside it, is not what was published; nothing, if it is. A signature is
    /// looked at with the file that it is over.
    pub fn judge(&self, place: &dyn Place, path: &OutPath, now: Timestamp) -> Vec<Finding> {
        let Some(record) = self.by_path.get(path.as_str()) else { return Vec::new() };
        let record = self.artifact_of(record).unwrap_or(record);
        self.check(place, record, &Absent::default(), now).findings
    }

    /// One file, with the signature beside it.
    fn check(&self, place: &dyn Place, record: &FileRecord, absent: &Absent<'_>, now: Timestamp) -> Report {
        let mut report = Report::default();
        let content = self.content(place, record, absent, &mut report);
        let path = record.path.as_str();
        if record.path == routes::security_txt().file() {
            self.clear_signed(path, &content, now, &mut report);
        } else if let Content::Other(_, how) = &content {
            report.findings.push(changed(path, how, None));
        }
        if let (true, Content::Same(bytes)) = (record.path == routes::checksums().file(), &content) {
            self.sums(path, bytes, &mut report);
        }
        if let Some(beside) = self.signature_of(record) {
            let armored = self.content(place, beside, absent, &mut report);
            self.signed(record, &content, beside, &armored, &mut report);
        }
        report
    }

    fn content(
        &self,
        place: &dyn Place,
        record: &FileRecord,
        absent: &Absent<'_>,
        report: &mut Report,
    ) -> Content {
        let path = record.path.as_str();
        if absent.0.contains(path) {
            return Content::Nothing;
        }
        let bytes = match place.read(&record.path, record.size.max(CURIOSITY)) {
            Ok(Some(bytes)) => bytes,
            Ok(None) if place.may_hide(&record.path) => {
                report.unknown.push(format!("{}, which this host keeps to itself", quoted(path)));
                return Content::Nothing;
            }
            Ok(None) => {
                report.findings.push(set::missing_file(path));
                return Content::Nothing;
            }
            Err(Fault::TooLarge) => {
                let how = format!("it has more than the {} bytes that were published", record.size);
                report.findings.push(changed(path, &how, None));
                return Content::Nothing;
            }
            Err(fault) => {
                report.findings.push(offer::fault(path, fault, String::new()));
                return Content::Nothing;
            }
        };
        let hash: [u8; 32] = Sha256::digest(&bytes).into();
        if bytes.len() as u64 == record.size && hash == record.sha256 {
            return Content::Same(bytes);
        }
        let how = if let Some(other) = self.with_hash(&hash).filter(|_| !bytes.is_empty()) {
            format!("it holds the bytes of {}", quoted(other))
        } else if bytes.len() as u64 != record.size {
            format!("it has {} bytes instead of {}", bytes.len(), record.size)
        } else {
            "its SHA-256 is another".to_owned()
        };
        Content::Other(bytes, how)
    }

    fn with_hash(&self, hash: &[u8; 32]) -> Option<&'a str> {
        let by_hash = self.by_hash.get_or_init(|| {
            self.records().iter().map(|record| (record.sha256, record.path.as_str())).collect()
        });
        by_hash.get(hash).copied()
    }

    /// security.txt, which carries its signature inside.
    fn clear_signed(&self, path: &str, content: &Content, now: Timestamp, report: &mut Report) {
        match content {
            Content::Nothing => {}
            Content::Other(bytes, how) => {
                let reason = self.verifier.cleartext(bytes).err();
                report.findings.push(changed(path, how, reason.as_ref()));
            }
            Content::Same(bytes) => match self.verifier.cleartext(bytes) {
                Ok((text, _)) => fresh::security_txt(&text, now, report),
                Err(reason) => report.findings.push(signature::finding(path, &reason)),
            },
        }
    }

    /// A detached signature. One that the owner published, but somebody else made, as of a program for download, is no
    /// reason against the site.
    fn signed(
        &self,
        record: &FileRecord,
        content: &Content,
        beside: &FileRecord,
        armored: &Content,
        report: &mut Report,
    ) {
        let path = beside.path.as_str();
        match (content, armored) {
            (_, Content::Nothing) => {}
            (Content::Same(bytes), Content::Other(armored, how)) => {
                let reason = self.verifier.detached(bytes, armored).err();
                report.findings.push(changed(path, how, reason.as_ref()));
            }
            (_, Content::Other(_, how)) => report.findings.push(changed(path, how, None)),
            (Content::Same(bytes), Content::Same(armored)) if !record.path.tells_of_the_past() => {
                let Err(reason) = self.verifier.detached(bytes, armored) else { return };
                let sums = record.path == routes::checksums().file();
                if signature::is_foreign(&reason) && !sums {
                    let message = format!("{}: {reason}; it counts as any other file does", quoted(path));
                    let help = "if it is yours, and not of a file that others sign, sign the site again";
                    report.warnings.push(fresh::warning("foreign-signature", path, message, help));
                } else {
                    report.findings.push(signature::finding(path, &reason));
                }
            }
            (_, Content::Same(_)) => {}
        }
    }

    /// `SHA256SUMS` has all files but itself and those that tell of the past, which it may have.
    fn sums(&self, path: &str, bytes: &[u8], report: &mut Report) {
        let own = routes::checksums().file();
        let beside = own.with(".asc");
        let listed = checksums::listed(bytes, self.records());
        let complete = listed.is_some_and(|listed| {
            let listed: BTreeSet<&str> = listed.iter().map(|record| record.path.as_str()).collect();
            self.records().iter().all(|record| {
                listed.contains(record.path.as_str())
                    || record.path == own
                    || record.path == beside
                    || record.path.tells_of_the_past()
            })
        });
        if !complete {
            let message = format!("{} does not say what the manifest says", quoted(path));
            report.findings.push(Finding::content("checksums-differ", path, message, CHANGED));
        }
    }
}

/// A file with other bytes than those published.
fn changed(path: &str, how: &str, reason: Option<&NotVerified>) -> Finding {
    let reason = reason.map(|reason| format!("; {reason}")).unwrap_or_default();
    let message = format!("{} is not what was published: {how}{reason}", quoted(path));
    Finding::content("changed", path, message, CHANGED)
}
