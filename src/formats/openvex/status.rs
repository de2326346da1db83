//! What advisories say of single versions, as OpenVEX's four states.

use std::collections::BTreeMap;

use crate::model::advisory::affected::AffectedStatus;
use crate::model::policy::product::Product;
use crate::site::advisory::Affected;
use crate::site::support::{Verdict, verdict};
use crate::value::range::End;

/// A state, the gravest last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Status {
    /// It is not hit.
    NotAffected,
    /// It was hit, and a release has mended it.
    Fixed,
    /// It cannot be told.
    UnderInvestigation,
    /// It is hit.
    Affected,
}

impl Status {
    /// The word of OpenVEX.
    pub(super) fn word(self) -> &'static str {
        match self {
            Self::NotAffected => "not_affected",
            Self::Fixed => "fixed",
            Self::UnderInvestigation => "under_investigation",
            Self::Affected => "affected",
        }
    }
}

/// Versions by state, in the order of the policy; an empty list is the product as a whole.
pub(super) fn by_status(product: &Product, entries: &[&Affected]) -> BTreeMap<Status, Vec<String>> {
    let whole = |status| BTreeMap::from([(status, Vec::new())]);
    let open: Vec<&&Affected> =
        entries.iter().filter(|entry| entry.text.status.value != AffectedStatus::NotAffected).collect();
    if open.is_empty() {
        return whole(Status::NotAffected);
    }
    if open.iter().all(|entry| entry.ranges.is_empty()) {
        return whole(Status::UnderInvestigation);
    }
    let known: Vec<String> = product.releases.iter().map(|release| release.as_str().to_owned()).collect();
    let versions = if known.is_empty() { named(&open) } else { known };
    if versions.is_empty() {
        let affected = open.iter().any(|entry| entry.text.status.value == AffectedStatus::Affected);
        return whole(if affected { Status::Affected } else { Status::UnderInvestigation });
    }
    let mut states: BTreeMap<Status, Vec<String>> = BTreeMap::new();
    for version in versions {
        let state = open.iter().map(|entry| state(entry, &version)).max();
        states.entry(state.unwrap_or(Status::UnderInvestigation)).or_default().push(version);
    }
    states
}

fn state(entry: &Affected, version: &str) -> Status {
    // What may be no flaw has nothing that mends it.
    let affected = entry.text.status.value == AffectedStatus::Affected;
    let mended =
        |fix: &str| affected && entry.scheme.compare(fix, version).is_some_and(std::cmp::Ordering::is_le);
    match verdict(entry, version) {
        Some(Verdict::Hit(_)) => Status::Affected,
        Some(Verdict::Unknown) => Status::UnderInvestigation,
        None if entry.ranges.fixes().any(mended) => Status::Fixed,
        None => Status::NotAffected,
    }
}

/// The versions that advisories name themselves.
fn named(entries: &[&&Affected]) -> Vec<String> {
    let mut versions: Vec<String> = Vec::new();
    for range in entries.iter().flat_map(|entry| &entry.ranges) {
        let end = match &range.end {
            End::Fixed(end) | End::LastAffected(end) => Some(end),
            End::Open => None,
        };
        // What ends in `-0` is a place in SemVer's order, not a release.
        for version in std::iter::once(&range.introduced).chain(end) {
            if version != "0" && !version.ends_with("-0") && !versions.contains(version) {
                versions.push(version.clone());
            }
        }
    }
    versions
}
