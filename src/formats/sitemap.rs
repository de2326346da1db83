//! `/sitemap.xml` (sitemaps.org 0.9): the pages that search engines should know.
//!
//! In go the routes of the pages that other formats have planned; addresses that only lead elsewhere are left out. The
//! one date that is given is an advisory's own: that of the build would say nothing.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::xml;
use crate::plan::{Entry, Seal, Sketch};
use crate::routes::{self, OutPath, Route};
use crate::site::Site;

/// How many addresses one file may hold; a further one begins there.
const MOST: usize = 50_000;

const NAMESPACE: &str = "http://www.sitemaps.org/schemas/sitemap/0.9";

const OWNER: &str = "sitemap";

/// The sitemap of all pages among these files. Above [`MOST`] pages it is a list of sitemaps.
pub(super) fn sketch<'a>(files: impl Iterator<Item = (&'a OutPath, &'a Entry)>) -> Sketch {
    let elsewhere = routes::disclosure_policy().file();
    let pages = files.filter(|(path, entry)| {
        path.as_str().ends_with("index.html") && !entry.leads_elsewhere && **path != elsewhere
    });
    let mut pages: Vec<OutPath> = pages.map(|(path, _)| path.clone()).collect();
    pages.par_sort_unstable();
    pages.dedup();
    let mut plan = Sketch::default();
    if pages.len() <= MOST {
        plan.bytes(OWNER, &routes::sitemap(), Seal::None, move |site| urls(site, &pages));
        return plan;
    }
    let parts = pages.len().div_ceil(MOST);
    for (at, part) in pages.chunks(MOST).enumerate() {
        let part = part.to_vec();
        plan.bytes(OWNER, &routes::sitemap_part(at + 1), Seal::None, move |site| urls(site, &part));
    }
    plan.bytes(OWNER, &routes::sitemap(), Seal::None, move |site| {
        let mut out =
            format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<sitemapindex xmlns=\"{NAMESPACE}\">\n");
        for part in 1..=parts {
            let url = xml::escape(&site.url(&routes::sitemap_part(part)));
            out.push_str(&format!("<sitemap><loc>{url}</loc></sitemap>\n"));
        }
        out.push_str("</sitemapindex>\n");
        out.into_bytes()
    });
    plan
}

fn urls(site: &Site, pages: &[OutPath]) -> Vec<u8> {
    let advisories = site.advisories.iter();
    let dates: BTreeMap<Route, _> = advisories.map(|it| (routes::advisory(&it.id), it.modified)).collect();
    let mut out = String::with_capacity(128 * (1 + pages.len()));
    out.push_str(&format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<urlset xmlns=\"{NAMESPACE}\">\n"));
    for page in pages.iter().filter_map(OutPath::page) {
        out.extend(["<url><loc>", &xml::escape(&site.url(&page)), "</loc>"]);
        if let Some(modified) = dates.get(&page) {
            out.push_str(&format!("<lastmod>{modified}</lastmod>"));
        }
        out.push_str("</url>\n");
    }
    out.push_str("</urlset>\n");
    out.into_bytes()
}
