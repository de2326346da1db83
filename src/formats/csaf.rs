//! CSAF 2.0: one document for each advisory, and the files by which programs find and verify them all.
//!
//! In go published advisories, out comes what a trusted provider has (CSAF 2.0 §7.2.3): signed documents with their hashes,
//! `provider-metadata.json`, a ROLIE feed with its service and category documents, and, as a courtesy, `index.txt` and
//! `changes.csv`. Every date comes from an advisory or from the policy's review, and nothing comes from other advisories
//! or from the policy's known releases: a document changes when its advisory does.

mod advisory;
mod document;
mod listings;
mod notes;
mod products;
mod provider;
mod publisher;
mod remedies;
mod rolie;
mod scores;
#[cfg(test)]
mod tests;
mod tracking;
mod vulnerability;

use super::Format;
use super::parts::alike;
use crate::plan::{Seal, Sketch};
use crate::routes::{self, Route};
use crate::site::Site;
use crate::site::advisory::Advisory;

/// CSAF documents and their provider.
pub struct Csaf;

impl Format for Csaf {
    fn name(&self) -> &'static str {
        "CSAF"
    }

    fn standard(&self) -> &'static str {
        "CSAF 2.0"
    }

    fn plan(&self, site: &Site, plan: &mut Sketch) {
        for (at, advisory) in site.advisories.iter().enumerate() {
            let document = move |site: &Site| bytes(site, &site.advisories[at]);
            plan.summed(advisory.front.id.span, self.name(), &route(advisory), document).about = Some(at);
        }
        let signed = Seal::Detached;
        plan.bytes(self.name(), &routes::csaf_provider(), signed, provider::write);
        plan.bytes(self.name(), &routes::csaf_feed(), signed, rolie::feed);
        plan.bytes(self.name(), &routes::csaf_service(), signed, rolie::service);
        plan.bytes(self.name(), &routes::csaf_category(), signed, rolie::categories);
        plan.bytes(self.name(), &routes::csaf_index(), Seal::None, listings::index);
        plan.bytes(self.name(), &routes::csaf_changes(), Seal::None, listings::changes);
    }

    fn holds(&self, before: &Site, now: &Site) -> bool {
        alike(before, now, |old, new| route(old) == route(new))
    }
}

/// Where the document of an advisory lies.
pub fn route(advisory: &Advisory) -> Route {
    routes::csaf_document(&advisory.id, advisory.published.day().year())
}

/// The document of an advisory.
pub fn bytes(site: &Site, advisory: &Advisory) -> Vec<u8> {
    super::json::write(&document::of(site, advisory))
}
