//! A page of `content/`.

use serde::Serialize;

use super::link::Link;
use crate::site::Site;
use crate::site::pages::Page;
use crate::theme::html::Html;

/// The page.
#[derive(Debug, Serialize)]
pub struct Content {
    /// Its title.
    pub heading: String,
    /// Its text; HTML.
    pub html: Html,
    /// Pages of the same folder, itself among them; empty for a page alone.
    pub siblings: Vec<Sibling>,
    /// The page before it.
    pub previous: Option<Link>,
    /// The page after it.
    pub next: Option<Link>,
}

/// A page of the same folder.
#[derive(Debug, Serialize)]
pub struct Sibling {
    /// Its address.
    pub href: String,
    /// Its title.
    pub label: String,
    /// Whether it is this page.
    pub current: bool,
}

impl Content {
    /// The page at this place of `site.pages`, which are ordered by folder and weight.
    pub fn of(site: &Site, page: &Page) -> Self {
        let folder = folder(&page.path);
        // Pages of the root are no chapter: each stands for itself.
        let siblings: Vec<&Page> = match folder {
            "content" => Vec::new(),
            _ => site.pages.iter().filter(|other| self::folder(&other.path) == folder).collect(),
        };
        let at = siblings.iter().position(|other| other.path == page.path);
        let link = |place: Option<usize>| {
            let page = siblings.get(place?)?;
            Some(Link::to(site, &page.route, page.front.title.as_str()))
        };
        let sibling = |other: &&Page| Sibling {
            href: site.href(&other.route),
            label: other.front.title.as_str().to_owned(),
            current: other.path == page.path,
        };
        Self {
            heading: page.front.title.as_str().to_owned(),
            html: Html::trusted(page.html.clone()),
            previous: link(at.and_then(|at| at.checked_sub(1))),
            next: link(at.map(|at| at + 1)),
            siblings: if siblings.len() > 1 { siblings.iter().map(sibling).collect() } else { Vec::new() },
        }
    }
}

fn folder(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}
