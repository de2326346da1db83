//! What hits one release, and where to go from it.

use std::cmp::Ordering;

use serde::Serialize;

use super::link::Link;
use super::row::Row;
use crate::model::policy::product::Product;
use crate::routes;
use crate::site::Site;
use crate::site::support::{self, Verdict};

/// The page of one release.
#[derive(Debug, Serialize)]
pub struct Version {
    /// The product's name.
    pub product: String,
    /// The release.
    pub version: String,
    /// The page of all releases.
    pub all: String,
    /// What hits it or may, newest first.
    pub hits: Vec<Hit>,
    /// The next known release that nothing hits.
    pub upgrade: Option<Link>,
    /// Its row of the support table.
    pub support: Option<Support>,
}

/// An advisory that hits the release, or may.
#[derive(Debug, Serialize)]
pub struct Hit {
    /// The advisory.
    pub row: Row,
    /// The first safe release on the same line.
    pub safe: Option<String>,
    /// Whether it cannot be told.
    pub unsure: bool,
}

/// What the support table says of a release.
#[derive(Debug, Serialize)]
pub struct Support {
    /// The row's versions as printed.
    pub versions: String,
    /// Its status.
    pub status: &'static str,
    /// `yes`, `partly` or `no`.
    pub tone: &'static str,
    /// Until when; may be empty.
    pub until: String,
}

/// The page of all known releases of a product.
#[derive(Debug, Serialize)]
pub struct Versions {
    /// The product's name.
    pub product: String,
    /// Newest first, where that can be told.
    pub releases: Vec<Release>,
}

/// One release in the list.
#[derive(Debug, Serialize)]
pub struct Release {
    /// The release.
    pub version: String,
    /// Its page.
    pub href: String,
    /// How many advisories hit it.
    pub hits: usize,
    /// How many may.
    pub unsure: usize,
    /// Its row of the support table.
    pub support: Option<Support>,
}

/// Whether nothing is known to hit a release, nor may.
pub fn is_clean(site: &Site, product: usize, version: &str) -> bool {
    support::hits(site, product, version).is_empty()
}

impl Version {
    /// The page of a release; `clean` are the releases that nothing hits, in the order of the policy.
    pub fn of(site: &Site, product: usize, version: &str, clean: &[String]) -> Self {
        let entry = &site.policy.products[product];
        let hit = |(advisory, verdict): (&crate::site::advisory::Advisory, Verdict<'_>)| Hit {
            row: Row::of(site, advisory),
            safe: if let Verdict::Hit(safe) = verdict { safe.map(str::to_owned) } else { None },
            unsure: verdict == Verdict::Unknown,
        };
        Self {
            product: entry.name.as_str().to_owned(),
            version: version.to_owned(),
            all: site.href(&routes::versions(entry.id.as_str())),
            hits: support::hits(site, product, version).into_iter().map(hit).collect(),
            upgrade: upgrade(entry, version, clean)
                .map(|to| Link::to(site, &routes::version(entry.id.as_str(), to), to)),
            support: support_of(site, entry, version),
        }
    }
}

/// The smallest clean release after this one. Where the scheme cannot order, the policy's own order counts.
fn upgrade<'c>(product: &Product, version: &str, clean: &'c [String]) -> Option<&'c str> {
    let place = |version: &str| product.releases.iter().position(|release| release.as_str() == version);
    let compare =
        |a: &str, b: &str| product.scheme.compare(a, b).or_else(|| place(a)?.partial_cmp(&place(b)?));
    let later =
        clean.iter().map(String::as_str).filter(|other| compare(other, version) == Some(Ordering::Greater));
    later.min_by(|a, b| compare(a, b).unwrap_or(Ordering::Equal))
}

fn support_of(site: &Site, product: &Product, version: &str) -> Option<Support> {
    let row = support::row(product, version)?;
    Some(Support {
        versions: row.versions.as_printed().to_owned(),
        status: row.status.value.label(),
        tone: super::support::tone(row.status.value),
        until: super::support::until(row, site.today()),
    })
}

impl Versions {
    /// The page of all releases.
    pub fn of(site: &Site, product: usize) -> Self {
        let entry = &site.policy.products[product];
        let release = |version: &str| {
            let hits = support::hits(site, product, version);
            let unsure = hits.iter().filter(|(_, verdict)| *verdict == Verdict::Unknown).count();
            Release {
                version: version.to_owned(),
                href: site.href(&routes::version(entry.id.as_str(), version)),
                hits: hits.len() - unsure,
                unsure,
                support: support_of(site, entry, version),
            }
        };
        let mut versions: Vec<&str> = entry.releases.iter().map(|release| release.as_str()).collect();
        // Only where each pair can be told apart is there an order to sort by.
        let ordered = versions.iter().all(|version| entry.scheme.compare(version, version).is_some())
            && entry.scheme != crate::value::scheme::Scheme::Text;
        if ordered {
            versions.sort_by(|a, b| entry.scheme.compare(b, a).unwrap_or(Ordering::Equal));
        }
        Self {
            product: entry.name.as_str().to_owned(),
            releases: versions.into_iter().map(release).collect(),
        }
    }
}
