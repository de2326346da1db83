//! Further pages of `content/`, and the files that are copied beside them.

use std::collections::BTreeMap;

use super::links::Links;
use super::lint::Anchor;
use super::{active, prose, secrets};
use crate::diag::Diagnostics;
use crate::diag::escape::visible;
use crate::markdown::Heading;
use crate::model::page::Page as Front;
use crate::model::parsed::File;
use crate::routes::{self, Route};
use crate::rules::{input, output};
use crate::source::{FileId, Sources, Span};

/// A page of `content/`.
#[derive(Debug)]
pub struct Page {
    /// Its address.
    pub route: Route,
    /// Its file, from the root.
    pub path: String,
    /// Its front matter.
    pub front: Front,
    /// Its text as HTML.
    pub html: String,
    /// Its headings.
    pub headings: Vec<Heading>,
    /// Its links to headings of other pages.
    pub anchors: Vec<Anchor>,
}

/// A file that is copied as it is.
#[derive(Debug)]
pub struct Asset {
    /// Its address.
    pub route: Route,
    /// Its file.
    pub file: FileId,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// Renders the pages, ordered by folder, weight and path.
pub fn resolve(files: Vec<File<Front>>, links: &Links, diags: &mut Diagnostics) -> Vec<Page> {
    let page = |file: File<Front>| {
        let context = prose::Context { file: file.id, path: &file.path, offset: file.body_offset };
        let leads = |target: &str| links.resolve(&file.path, target);
        let rendered = prose::render(&file.body, &context, "c-", 2, &leads, diags);
        let anchors = Anchor::of(&rendered, |part| context.span(part));
        Page {
            route: routes::content_page(&file.path),
            html: rendered.html,
            headings: rendered.headings,
            anchors,
            path: file.path,
            front: file.front,
        }
    };
    let mut pages: Vec<Page> = files.into_iter().map(page).collect();
    pages.sort_by(|a, b| {
        (folder(&a.path), a.front.weight, &a.path).cmp(&(folder(&b.path), b.front.weight, &b.path))
    });
    let mut seen: BTreeMap<String, (String, Span)> = BTreeMap::new();
    pages.retain(|page| {
        let key = page.route.file().key();
        let Some((other, first)) = seen.get(&key) else {
            seen.insert(key, (page.path.clone(), page.front.span));
            return true;
        };
        let message = format!("`{}` and `{other}` are one page, `/{}`", visible(&page.path), page.route);
        let place = Span::start_of(page.front.span.file);
        let finding = output::PATH_COLLISION.at(place, message).and(Span::start_of(first.file), "the other");
        diags.push(finding.help("rename one of them"));
        false
    });
    pages
}

fn folder(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

/// The copied files. One that would run in a browser is a finding, and is in no plan.
pub fn assets(ids: &[FileId], sources: &Sources, diags: &mut Diagnostics) -> Vec<Asset> {
    let mut assets = Vec::with_capacity(ids.len());
    for id in ids {
        let file = sources.file(*id);
        // One that holds a secret key has been reported, and is in no plan: not even a preview copies it.
        if secrets::holds_one(file) {
            continue;
        }
        if let Some(active) = active::find(&file.path, &file.bytes) {
            let help = "take that out, or move the file to the `static/` folder of the site's theme, which is trusted";
            let message = format!("`{}` has {}", visible(&file.path), active.what);
            let finding = input::ACTIVE_CONTENT.at(Span::new(*id, active.at..active.at), message);
            diags.push(finding.help(help));
            continue;
        }
        let route = routes::content_file(&file.path);
        assets.push(Asset { route, file: *id, bytes: file.bytes.clone() });
    }
    assets
}
