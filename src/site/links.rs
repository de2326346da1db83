//! Where a link within the site may lead.
//!
//! Links are checked before anything is published. They may be relative to the Markdown file that holds them, name
//! another Markdown file, or begin with `/` from the portal's root.

use std::collections::HashSet;
use std::sync::Arc;

use crate::markdown::Target;
use crate::model::advisory::Advisory;
use crate::model::page::Page;
use crate::model::parsed::File;
use crate::routes::{self, Route};
use crate::source::{FileId, Sources};
use crate::value::id::AdvisoryId;
use crate::value::percent;
use crate::value::url::BaseUrl;

/// All routes that a link may lead to, and the base they stand on.
#[derive(Debug, Clone)]
pub struct Links {
    base: BaseUrl,
    // Asked, never listed: their order shows nowhere.
    routes: HashSet<String>,
    advisories: HashSet<String>,
    /// Routes of the pages of `content/`.
    pages: HashSet<String>,
}

impl Links {
    /// Collects the routes of everything that is published.
    pub fn collect(
        base: &BaseUrl,
        advisories: &[Arc<File<Advisory>>],
        pages: &[File<Page>],
        assets: &[FileId],
        sources: &Sources,
    ) -> Self {
        let fixed = [
            routes::home(),
            routes::report(),
            routes::policy(),
            routes::advisories(),
            routes::support(),
            routes::keys(),
            routes::thanks(),
            routes::feeds(),
            routes::verify(),
            routes::security_txt(),
            routes::checksums(),
            routes::manifest(),
            routes::support_calendar(),
            routes::renewals_calendar(),
            routes::feed("atom"),
            routes::feed("rss"),
            routes::feed("json"),
            routes::csaf_provider(),
            routes::csaf_feed(),
        ];
        let pages: Vec<Route> = pages.iter().map(|page| routes::content_page(&page.path)).collect();
        let own_pages = pages.iter().map(|route| route.as_str().to_owned()).collect();
        let assets = assets.iter().map(|id| routes::content_file(&sources.file(*id).path));
        let own = advisories.iter().map(|file| routes::advisory(&file.front.id));
        let all = fixed.into_iter().chain(pages).chain(assets).chain(own);
        Self {
            base: base.clone(),
            routes: all.map(|route| route.as_str().to_owned()).collect(),
            pages: own_pages,
            advisories: advisories.iter().map(|file| file.front.id.as_str().to_owned()).collect(),
        }
    }

    /// Whether an advisory of this id is published.
    pub fn has_advisory(&self, id: &str) -> bool {
        self.advisories.contains(id)
    }

    /// Whether a target is meant to be an advisory: it ends with an id, such as `EXAMPLE-2026-0009`.
    pub fn means_advisory(target: &str) -> bool {
        let cut = target.find(['?', '#']).unwrap_or(target.len());
        let last = target[..cut].trim_end_matches('/').rsplit('/').next().unwrap_or_default();
        let id = AdvisoryId::parse(last.strip_suffix(".md").unwrap_or(last));
        id.is_ok_and(|id| id.year().is_some())
    }

    /// What a link in the file at `from` leads to, as an address within the host.
    pub fn resolve(&self, from: &str, target: &str) -> Target {
        match self.find(from, target) {
            Some((route, rest)) => Target::Href(format!("{}{route}{rest}", self.base.path())),
            None if target.starts_with('#') => Target::Unchanged,
            None => Target::Missing {
                help: "name a file of `content/`, an advisory's id, or a page such as `/policy/`".into(),
            },
        }
    }

    /// The same with scheme and host, for text that is read elsewhere; what leads nowhere stays as it is.
    pub fn resolve_absolute(&self, target: &str) -> Target {
        match self.find("", target) {
            Some((route, rest)) => Target::Href(self.base.join(&format!("{route}{rest}"))),
            None => Target::Unchanged,
        }
    }

    /// The route of a target and what follows it (`?…`, `#…`).
    fn find(&self, from: &str, target: &str) -> Option<(String, String)> {
        let cut = target.find(['?', '#']).unwrap_or(target.len());
        let (path, rest) = target.split_at(cut);
        if path.is_empty() {
            return None;
        }
        let id = path.trim_end_matches('/').rsplit('/').next().unwrap_or_default();
        let id = id.strip_suffix(".md").unwrap_or(id);
        if self.advisories.contains(id) {
            return Some((format!("advisories/{id}/"), prefixed(rest, "d-")));
        }
        let joined =
            if let Some(absolute) = path.strip_prefix('/') { absolute.to_owned() } else { join(from, path)? };
        // `a%20b.md` is how Markdown spells the file `a b.md`.
        let route = self
            .route_of(&joined)
            .or_else(|| self.route_of(&percent::decoded(&joined).filter(|text| *text != joined)?))?;
        let rest = if self.pages.contains(&route) { prefixed(rest, "c-") } else { rest.to_owned() };
        Some((route, rest))
    }

    /// A file of `content/`, a Markdown file, or a page with or without its slash.
    fn route_of(&self, path: &str) -> Option<String> {
        let path = path.strip_prefix("content/").unwrap_or(path);
        let markdown = path.ends_with(".md").then(|| routes::content_page(path));
        let slashed = Route::new(format!("{}/", path.trim_end_matches('/')));
        let plain = Route::new(path);
        let candidates = markdown.into_iter().chain([plain, slashed]);
        let mut known = candidates.filter(|route| self.routes.contains(route.as_str()));
        known.next().map(|route| route.encoded().into_owned())
    }
}

/// `?…#heading` with the prefix that headings of the page it leads to have there.
fn prefixed(rest: &str, prefix: &str) -> String {
    match rest.split_once('#') {
        Some((query, heading)) if !heading.is_empty() => format!("{query}#{prefix}{heading}"),
        _ => rest.to_owned(),
    }
}

/// `target` seen from the folder of `from`; `None` where it climbs out of the site.
fn join(from: &str, target: &str) -> Option<String> {
    let mut parts: Vec<&str> = from.split('/').collect();
    parts.pop();
    for part in target.split('/') {
        match part {
            "." => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}
