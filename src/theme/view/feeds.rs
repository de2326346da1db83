//! What can be subscribed to.

use serde::Serialize;

use super::link::Link;
use crate::routes::{self, Route};
use crate::site::Site;
use crate::value::severity::Severity;

/// The three kinds of feed: part of the address, name, and one sentence.
const KINDS: [(&str, &str, &str); 3] = [
    ("atom", "Atom", "For feed readers and most chat systems (RFC 4287)."),
    ("rss", "RSS", "For programs that know only RSS 2.0."),
    ("json", "JSON Feed", "For scripts: the same entries as JSON Feed 1.1."),
];

/// The page.
#[derive(Debug, Serialize)]
pub struct Feeds {
    /// Feeds of everything.
    pub formats: Vec<Feed>,
    /// Feeds of a part.
    pub groups: Vec<Group>,
    /// Other files for machines.
    pub data: Vec<Feed>,
    /// Where else advisories are announced.
    pub announce: Vec<Announce>,
}

/// A feed of everything.
#[derive(Debug, Serialize)]
pub struct Feed {
    /// Its format.
    pub label: String,
    /// Who it is for.
    pub text: &'static str,
    /// Its address within the host.
    pub href: String,
    /// The whole address, to copy.
    pub url: String,
}

/// Feeds of a part.
#[derive(Debug, Serialize)]
pub struct Group {
    /// Unique on the page.
    pub id: &'static str,
    /// Heading.
    pub title: &'static str,
    /// What the table shows.
    pub caption: &'static str,
    /// Heading of the first column.
    pub column: &'static str,
    /// One row per part.
    pub rows: Vec<Row>,
}

/// One part.
#[derive(Debug, Serialize)]
pub struct Row {
    /// Which.
    pub label: String,
    /// Its feeds.
    pub links: Vec<Link>,
}

/// A place of announcements.
#[derive(Debug, Serialize)]
pub struct Announce {
    /// Its name.
    pub name: String,
    /// Its page.
    pub href: Option<String>,
    /// Its feed.
    pub feed: Option<String>,
}

impl Feeds {
    /// Gathers it; `data` are the other files for machines: what each is, one sentence, and its route.
    pub fn of(site: &Site, data: Vec<(String, &'static str, Route)>) -> Self {
        let format = |(label, text, route): (String, &'static str, Route)| Feed {
            label,
            text,
            href: site.href(&route),
            url: site.url(&route),
        };
        let feeds = KINDS.map(|(kind, label, text)| (label.to_owned(), text, routes::feed(kind)));
        let row = |label: &str, route: &dyn Fn(&str) -> Route| Row {
            label: label.to_owned(),
            links: KINDS.iter().map(|(kind, label, _)| Link::to(site, &route(kind), *label)).collect(),
        };
        let products = site.policy.products.iter().map(|product| {
            row(product.name.as_str(), &|kind| routes::product_feed(product.id.as_str(), kind))
        });
        let severities = Severity::ALL.into_iter().rev().filter(|level| *level != Severity::None);
        let severities =
            severities.map(|level| row(level.label(), &|kind| routes::severity_feed(level.as_str(), kind)));
        let groups = [
            Group {
                id: "products",
                title: "By product",
                caption: "Advisories about one product",
                column: "Product",
                rows: products.collect(),
            },
            Group {
                id: "severities",
                title: "By severity",
                caption: "Advisories of one severity",
                column: "Severity",
                rows: severities.collect(),
            },
        ];
        let announce = |place: &crate::model::policy::advisories::Announce| Announce {
            name: place.name.as_str().to_owned(),
            href: place.url.as_ref().map(|url| url.as_str().to_owned()),
            feed: place.feed.as_ref().map(|url| url.as_str().to_owned()),
        };
        Self {
            formats: feeds.into_iter().map(format).collect(),
            data: data.into_iter().map(format).collect(),
            groups: groups.into_iter().filter(|group| !group.rows.is_empty()).collect(),
            announce: site.policy.advisories.announce.iter().map(announce).collect(),
        }
    }
}
