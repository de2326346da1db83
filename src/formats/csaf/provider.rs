//! `provider-metadata.json`: who publishes, by which keys, and where the documents are (CSAF 2.0 §7.1.7).

use jiff::Timestamp;
use serde::Serialize;

use super::publisher::Publisher;
use super::tracking::dates;
use crate::formats::instant::{rfc3339, whole};
use crate::routes;
use crate::site::{Mark, Site};
use crate::value::date::When;

#[derive(Serialize)]
struct Provider {
    canonical_url: String,
    distributions: [Distribution; 1],
    last_updated: String,
    #[serde(rename = "list_on_CSAF_aggregators")]
    list_on_csaf_aggregators: bool,
    metadata_version: &'static str,
    #[serde(rename = "mirror_on_CSAF_aggregators")]
    mirror_on_csaf_aggregators: bool,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    public_openpgp_keys: Vec<Key>,
    publisher: Publisher,
    role: &'static str,
}

#[derive(Serialize)]
struct Distribution {
    rolie: Rolie,
}

#[derive(Serialize)]
struct Rolie {
    categories: [String; 1],
    feeds: [Feed; 1],
    services: [String; 1],
}

#[derive(Serialize)]
struct Feed {
    summary: &'static str,
    tlp_label: &'static str,
    url: String,
}

#[derive(Serialize)]
struct Key {
    fingerprint: String,
    url: String,
}

/// Whether the documents of this build are signed; without that the provider is not a trusted one (CSAF 2.0 §7.2.3).
pub(super) fn is_signed(site: &Site) -> bool {
    matches!(site.mark, Mark::Signed | Mark::DevKey) && site.signing_key().is_some()
}

pub(super) fn write(site: &Site) -> Vec<u8> {
    let signed = is_signed(site);
    let certificates = site.signing_keys().filter(|_| signed).filter_map(|key| key.certificate.as_ref());
    let key = |fingerprint: String| Key { url: site.url(&routes::certificate(&fingerprint)), fingerprint };
    crate::formats::json::write(&Provider {
        canonical_url: site.url(&routes::csaf_provider()),
        distributions: [Distribution {
            rolie: Rolie {
                categories: [site.url(&routes::csaf_category())],
                feeds: [Feed {
                    summary: "All advisories",
                    tlp_label: "WHITE",
                    url: site.url(&routes::csaf_feed()),
                }],
                services: [site.url(&routes::csaf_service())],
            },
        }],
        last_updated: rfc3339(updated(site)),
        list_on_csaf_aggregators: true,
        metadata_version: "2.0",
        mirror_on_csaf_aggregators: true,
        public_openpgp_keys: certificates.map(|it| key(it.fingerprint().to_string())).collect(),
        publisher: Publisher::of(site),
        role: if signed { "csaf_trusted_provider" } else { "csaf_provider" },
    })
}

/// The last change of any document, or the review of the policy that says who publishes.
pub(super) fn updated(site: &Site) -> Timestamp {
    let reviewed = whole(When::Day(site.dated()));
    site.advisories.iter().map(|advisory| dates(advisory).1).fold(reviewed, Ord::max)
}
