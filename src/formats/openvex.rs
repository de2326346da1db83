//! OpenVEX: for each product one document that says of its releases which vulnerabilities hit them.
//!
//! In go the advisories about a product, out come statements about its known releases, by the same verdicts as the pages
//! of releases. OpenVEX has no ranges: where the policy names no releases, the versions stand in for them that an
//! advisory itself names. A withdrawn advisory keeps a statement, so that whoever read it before learns of it.

mod statement;
mod status;

use serde::Serialize;

use super::{Format, instant, json};
use crate::plan::{Seal, Sketch};
use crate::routes;
use crate::site::Site;
use crate::site::advisory::{Advisory, Target};

use statement::Statement;

/// OpenVEX documents.
pub struct OpenVex;

impl Format for OpenVex {
    fn name(&self) -> &'static str {
        "OpenVEX"
    }

    fn standard(&self) -> &'static str {
        "OpenVEX 0.2.0"
    }

    fn plan(&self, site: &Site, plan: &mut Sketch) {
        for (at, product) in site.policy.products.iter().enumerate().filter(|(at, _)| has_document(site, *at))
        {
            let route = routes::vex(product.id.as_str());
            plan.bytes(self.name(), &route, Seal::None, move |site| json::write(&document(site, at)));
        }
    }
}

/// Whether any advisory speaks of a product: a document without statements is none.
pub fn has_document(site: &Site, product: usize) -> bool {
    about(site, product).next().is_some()
}

fn about(site: &Site, product: usize) -> impl Iterator<Item = &Advisory> {
    let is = move |advisory: &&Advisory| {
        advisory.affected.iter().any(|entry| entry.target == Target::Product(product))
    };
    site.shown().filter(is)
}

#[derive(Serialize)]
struct Document<'a> {
    #[serde(rename = "@context")]
    context: &'static str,
    #[serde(rename = "@id")]
    id: String,
    author: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    role: Option<&'static str>,
    timestamp: String,
    last_updated: String,
    version: usize,
    statements: Vec<Statement>,
}

fn document(site: &Site, product: usize) -> Document<'_> {
    let entry = &site.policy.products[product];
    let project = &site.policy.project;
    // Oldest first, so that what is new comes at the end.
    let mut held: Vec<&Advisory> = about(site, product).collect();
    held.sort_by(|a, b| (a.published, &a.id).cmp(&(b.published, &b.id)));
    let newest = held.iter().map(|advisory| instant::changed(advisory)).max().unwrap_or_default();
    let oldest = held.first().map(|advisory| instant::whole(advisory.published)).unwrap_or_default();
    // Each revision and each release that becomes known changes the document, and neither ever goes away.
    let revisions: usize = held.iter().map(|advisory| advisory.revisions.len()).sum();
    Document {
        context: "https://openvex.dev/ns/v0.2.0",
        id: site.url(&routes::vex(entry.id.as_str())),
        author: project.publisher.as_ref().map_or(&project.name, |publisher| &publisher.name).as_str(),
        role: project
            .publisher
            .as_ref()
            .map(|publisher| crate::source::fields::Words::word(publisher.category)),
        timestamp: instant::rfc3339(oldest),
        last_updated: instant::rfc3339(newest),
        version: revisions + entry.releases.len(),
        statements: held.iter().flat_map(|advisory| statement::of(site, product, advisory)).collect(),
    }
}
