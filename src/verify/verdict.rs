//! What came of it: reasons against a site, facts about it, and what to keep in mind.

use jiff::Timestamp;

use super::finding::{Finding, Kind};
use super::remembered::Remembered;
use crate::openpgp::Fingerprint;

/// The answer to a [`Question`](super::Question).
#[derive(Debug, Clone)]
pub struct Verdict {
    /// Every reason against the site, sorted by path. None if it is what its signers published, and fresh.
    pub findings: Vec<Finding>,
    /// What will be a reason soon, or is odd.
    pub warnings: Vec<Finding>,
    /// What nobody can know from here, in sentences.
    pub unknown: Vec<String>,
    /// What the manifest says, once it is authentic.
    pub facts: Option<Facts>,
    /// What to store for the next time.
    pub remember: Option<Remembered>,
}

impl Verdict {
    /// The strongest reason's kind; `None` if there is no reason.
    pub fn kind(&self) -> Option<Kind> {
        self.findings.iter().map(|finding| finding.kind).min()
    }
}

/// What an authentic manifest says, and who vouches for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Facts {
    /// Base URL of the site.
    pub origin: String,
    /// Counts releases.
    pub version: u64,
    /// When it was released.
    pub issued: Timestamp,
    /// From then on it is stale.
    pub expires: Timestamp,
    /// Pinned signers whose signatures hold, by primary fingerprint, sorted.
    pub signers: Vec<Fingerprint>,
    /// How many of them were needed.
    pub needed: u32,
    /// Those who were pinned and have handed over to these, sorted.
    pub former: Vec<Fingerprint>,
    /// Issuers of further signatures, by keys that nobody pinned. They prove nothing.
    pub strangers: Vec<Fingerprint>,
    /// How many files the site has, with the manifest and its signature.
    pub files: usize,
    /// Their bytes, without those two.
    pub bytes: u64,
    /// How many manifests the site has in one chain, with this one, if that was asked for.
    pub history: Option<u64>,
    /// Whether the signers are believed because the site named them.
    pub first_use: bool,
}

/// A verdict in the making.
#[derive(Debug, Default)]
pub(super) struct Report {
    pub(super) findings: Vec<Finding>,
    pub(super) warnings: Vec<Finding>,
    pub(super) unknown: Vec<String>,
    pub(super) facts: Option<Facts>,
    pub(super) remember: Option<Remembered>,
}

impl Report {
    pub(super) fn verdict(self) -> Verdict {
        let Self { mut findings, mut warnings, unknown, facts, remember } = self;
        for list in [&mut findings, &mut warnings] {
            list.sort_by(|a, b| (&a.path, a.code, &a.message).cmp(&(&b.path, b.code, &b.message)));
            list.dedup();
        }
        Verdict { findings, warnings, unknown, facts, remember }
    }
}
