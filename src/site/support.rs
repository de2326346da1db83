//! What the support table says about one release, and what hits it.

use super::Site;
use super::advisory::{Advisory, Affected, Target};
use crate::model::advisory::affected::AffectedStatus;
use crate::model::policy::product::{Product, Support};
use crate::value::scheme::Scheme;
use crate::value::support::{Versions, row_for};

/// Where `std` and `cargo` come from, in our own word: OSV has none.
pub const RUST_TOOLCHAIN: &str = "Rust toolchain";

/// How versions of an OSV ecosystem compare.
pub fn scheme_of(ecosystem: &str) -> Scheme {
    match ecosystem.split(':').next().unwrap_or_default() {
        "crates.io" | "npm" | "Go" | "Hex" | "Pub" | "NuGet" | "SwiftURL" | "Julia" | "Bitnami"
        | RUST_TOOLCHAIN => Scheme::Semver,
        "PyPI" => Scheme::Pep440,
        _ => Scheme::Text,
    }
}

/// The row of the support table that speaks of a release; a plain row is an exception to a wider one.
pub fn row<'p>(product: &'p Product, version: &str) -> Option<&'p Support> {
    let rows: Vec<Versions> = product.support.iter().map(|row| row.versions.value.clone()).collect();
    row_for(&rows, version, product.scheme).map(|at| &product.support[at])
}

/// What one advisory says about one release.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict<'s> {
    /// It is hit; the first safe release on its line or after, where one is known.
    Hit(Option<&'s str>),
    /// It cannot be told.
    Unknown,
}

/// Every advisory that hits a release or may, newest first.
pub fn hits<'s>(site: &'s Site, product: usize, version: &str) -> Vec<(&'s Advisory, Verdict<'s>)> {
    let mut hits = Vec::new();
    for advisory in site.shown().filter(|advisory| !advisory.is_withdrawn()) {
        for affected in
            advisory.affected.iter().filter(|affected| affected.target == Target::Product(product))
        {
            hits.extend(verdict(affected, version).map(|verdict| (advisory, verdict)));
        }
    }
    hits
}

/// What one entry of an advisory says about one release; `None` where the release is not hit. Pages and every machine
/// format ask here, so that none can disagree.
pub fn verdict<'s>(affected: &'s Affected, version: &str) -> Option<Verdict<'s>> {
    let status = affected.text.status.value;
    let known_safe =
        affected.unaffected.iter().any(|list| list.matches(version, affected.scheme) == Some(true));
    if known_safe || status == AffectedStatus::NotAffected {
        return None;
    }
    match affected.ranges.contains(version) {
        _ if affected.ranges.is_empty() => Some(Verdict::Unknown),
        // What is looked into are the versions that are named, and no others.
        Some(false) => None,
        Some(true) if status == AffectedStatus::Affected => {
            Some(Verdict::Hit(affected.ranges.first_fixed_after(version)))
        }
        Some(true) | None => Some(Verdict::Unknown),
    }
}
