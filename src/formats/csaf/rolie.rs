//! The ROLIE feed that lists every document with its side files, and the documents that lead to it (RFC 8322 in the JSON
//! of CSAF 2.0 §7.1.15 to §7.1.17).

use std::collections::BTreeSet;

use serde::{Serialize, Serializer};

use super::tracking::dates;
use super::{notes, products, provider};
use crate::formats::instant::rfc3339;
use crate::formats::json;
use crate::plan::BESIDE;
use crate::routes;
use crate::site::Site;
use crate::site::advisory::Advisory;

#[derive(Serialize)]
struct FeedFile<'s> {
    feed: Feed<'s>,
}

#[derive(Serialize)]
struct Feed<'s> {
    id: &'static str,
    title: String,
    link: [Link; 2],
    category: [Category; 1],
    updated: String,
    entry: Entries<'s>,
}

/// Each is made when its turn comes to be written.
struct Entries<'s>(&'s Site);

impl Serialize for Entries<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.0.advisories.iter().map(|advisory| Entry::of(self.0, advisory)))
    }
}

#[derive(Serialize)]
struct Entry {
    id: String,
    title: String,
    link: Vec<Link>,
    published: String,
    updated: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    category: Vec<Category>,
    content: Content,
    format: Format,
}

#[derive(Serialize)]
struct Link {
    rel: &'static str,
    href: String,
}

#[derive(Serialize)]
struct Category {
    #[serde(skip_serializing_if = "Option::is_none")]
    scheme: Option<&'static str>,
    term: String,
}

#[derive(Serialize)]
struct Content {
    r#type: &'static str,
    src: String,
}

#[derive(Serialize)]
struct Format {
    schema: &'static str,
    version: &'static str,
}

/// What the feed is about, as RFC 8322 §8.3 wants it said.
fn information_type() -> Category {
    Category { scheme: Some("urn:ietf:params:rolie:category:information-type"), term: "csaf".to_owned() }
}

/// The names of the products that an advisory is about.
fn terms<'a>(site: &'a Site, advisory: &'a Advisory) -> impl Iterator<Item = String> + 'a {
    advisory.affected.iter().map(|affected| products::name(site, affected))
}

/// About as many bytes as an entry takes.
const ENTRY: usize = 1536;

pub(super) fn feed(site: &Site) -> Vec<u8> {
    let room = ENTRY * (1 + site.advisories.len());
    json::write_with_room(
        room,
        &FeedFile {
            feed: Feed {
                id: "csaf-feed-tlp-white",
                title: title(site),
                link: [
                    Link { rel: "self", href: site.url(&routes::csaf_feed()) },
                    Link { rel: "service", href: site.url(&routes::csaf_service()) },
                ],
                category: [information_type()],
                updated: rfc3339(provider::updated(site)),
                entry: Entries(site),
            },
        },
    )
}

fn title(site: &Site) -> String {
    format!("{} security advisories (TLP:WHITE)", site.policy.project.name)
}

impl Entry {
    fn of(site: &Site, advisory: &Advisory) -> Self {
        let src = site.url(&super::route(advisory));
        let link = |rel, suffix: &str| Link { rel, href: format!("{src}{suffix}") };
        let mut links = vec![link("self", "")];
        links.extend(BESIDE.map(|suffix| link("hash", suffix)));
        if provider::is_signed(site) {
            links.push(link("signature", ".asc"));
        }
        let (published, updated) = dates(advisory);
        let terms: BTreeSet<String> = terms(site, advisory).collect();
        Self {
            id: advisory.id.as_str().to_owned(),
            title: notes::title(advisory),
            link: links,
            published: rfc3339(published),
            updated: rfc3339(updated),
            category: terms.into_iter().map(|term| Category { scheme: None, term }).collect(),
            content: Content { r#type: "application/json", src },
            format: Format {
                schema: "https://docs.oasis-open.org/csaf/csaf/v2.0/csaf_json_schema.json",
                version: "2.0",
            },
        }
    }
}

#[derive(Serialize)]
struct ServiceFile {
    service: Service,
}

#[derive(Serialize)]
struct Service {
    workspace: [Workspace; 1],
}

#[derive(Serialize)]
struct Workspace {
    title: String,
    collection: [Collection; 1],
}

#[derive(Serialize)]
struct Collection {
    title: String,
    href: String,
    categories: Categories,
}

#[derive(Serialize)]
struct Categories {
    category: Vec<Category>,
}

pub(super) fn service(site: &Site) -> Vec<u8> {
    let collection = Collection {
        title: title(site),
        href: site.url(&routes::csaf_feed()),
        categories: Categories { category: vec![information_type()] },
    };
    let title = format!("{} CSAF documents", site.policy.project.name);
    json::write(&ServiceFile {
        service: Service { workspace: [Workspace { title, collection: [collection] }] },
    })
}

#[derive(Serialize)]
struct CategoriesFile {
    categories: Categories,
}

/// The products that entries name, each once.
pub(super) fn categories(site: &Site) -> Vec<u8> {
    let terms: BTreeSet<String> = site.advisories.iter().flat_map(|advisory| terms(site, advisory)).collect();
    let products = terms.into_iter().map(|term| Category { scheme: None, term });
    let category = std::iter::once(information_type()).chain(products).collect();
    json::write(&CategoriesFile { categories: Categories { category } })
}
