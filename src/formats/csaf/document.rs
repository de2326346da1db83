//! A whole document. Keys stand in the order of the alphabet (CSAF 2.0 §6.2.13), so fields do too.

use serde::Serialize;

use super::advisory::Profile;
use super::notes::{self, Note};
use super::products::{self, Tree};
use super::publisher::Publisher;
use super::tracking::Tracking;
use super::vulnerability::{self, Vulnerability};
use crate::model::advisory::history::links;
use crate::routes;
use crate::site::Site;
use crate::site::advisory::Advisory;
use crate::theme::view::advisory::words;

#[derive(Serialize)]
pub(super) struct Csaf {
    document: Document,
    #[serde(skip_serializing_if = "Option::is_none")]
    product_tree: Option<Tree>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    vulnerabilities: Vec<Vulnerability>,
}

#[derive(Serialize)]
struct Document {
    #[serde(skip_serializing_if = "Vec::is_empty")]
    acknowledgments: Vec<Acknowledgment>,
    #[serde(skip_serializing_if = "Option::is_none")]
    aggregate_severity: Option<AggregateSeverity>,
    category: &'static str,
    csaf_version: &'static str,
    distribution: Distribution,
    lang: String,
    notes: Vec<Note>,
    publisher: Publisher,
    references: Vec<Reference>,
    title: String,
    tracking: Tracking,
}

#[derive(Serialize)]
struct Acknowledgment {
    names: [String; 1],
    summary: &'static str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    urls: Vec<String>,
}

#[derive(Serialize)]
struct AggregateSeverity {
    text: &'static str,
}

#[derive(Serialize)]
struct Distribution {
    tlp: Tlp,
}

#[derive(Serialize)]
struct Tlp {
    label: &'static str,
}

#[derive(Serialize)]
struct Reference {
    category: &'static str,
    summary: String,
    url: String,
}

/// The document of an advisory.
pub(super) fn of(site: &Site, advisory: &Advisory) -> Csaf {
    let profile = Profile::of(advisory);
    // What was taken back says nothing about products any more, as CSAF 2.1 has it.
    let items = if advisory.is_withdrawn() { Vec::new() } else { products::items(site, advisory) };
    Csaf {
        document: Document {
            acknowledgments: acknowledgments(advisory),
            aggregate_severity: advisory.severity.map(|it| AggregateSeverity { text: it.label() }),
            category: profile.category(),
            csaf_version: "2.0",
            // Everything on a public site is, in the words of TLP 1.0 that CSAF 2.0 uses.
            distribution: Distribution { tlp: Tlp { label: "WHITE" } },
            lang: site.policy.document.language.as_str().to_owned(),
            notes: notes::of_document(site, advisory),
            publisher: Publisher::of(site),
            references: references(site, advisory, profile),
            title: notes::title(advisory),
            tracking: Tracking::of(advisory),
        },
        product_tree: Tree::of(site, advisory, &items),
        vulnerabilities: vulnerability::all(site, advisory, &items),
    }
}

fn acknowledgments(advisory: &Advisory) -> Vec<Acknowledgment> {
    let thanks = advisory.front.credits.iter().map(|credit| {
        let summary = words::credit(credit.kind);
        if credit.anonymous || credit.name.as_str().trim().is_empty() {
            return Acknowledgment { names: ["Anonymous".to_owned()], summary, urls: Vec::new() };
        }
        let urls = links(credit).iter().map(|url| url.as_str().to_owned()).collect();
        Acknowledgment { names: [credit.name.as_str().to_owned()], summary, urls }
    });
    thanks.collect()
}

/// This document and its page first. A notice needs one that leads elsewhere (CSAF 2.0 §4.3): the policy, if no other.
fn references(site: &Site, advisory: &Advisory, profile: Profile) -> Vec<Reference> {
    let front = &advisory.front;
    let mut references: Vec<Reference> = Vec::new();
    let mut add = |category, summary: &str, url: String| {
        if references.iter().all(|it| it.url != url) {
            references.push(Reference { category, summary: summary.to_owned(), url });
        }
    };
    add("self", "This document", site.url(&super::route(advisory)));
    add("self", "The same as a page", site.url(&routes::advisory(&advisory.id)));
    if let Some(id) = front.withdrawn.as_ref().and_then(|withdrawn| withdrawn.superseded_by.as_ref()) {
        add("external", "Superseding document", site.url(&routes::advisory(id)));
    }
    for reference in &front.references {
        add("external", words::reference(reference.kind), reference.url.as_str().to_owned());
    }
    for alias in front.aliases.iter().chain(&front.upstream) {
        if let Some(url) = alias.url() {
            add("external", alias.as_str(), url);
        }
    }
    if profile == Profile::Informational && references.iter().all(|it| it.category == "self") {
        let (summary, url) = ("Security policy".to_owned(), site.url(&routes::policy()));
        references.push(Reference { category: "external", summary, url });
    }
    references
}
