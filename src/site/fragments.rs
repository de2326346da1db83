//! Markdown of `content/` that has no front matter of its own: part of the policy, or a page all the same.
//!
//! A file that a `[[section]]` names is that section's text. Any other is a page, titled by its first heading, or else
//! by its name: what somebody put into `content/` must not go missing for want of three lines.

use std::collections::{BTreeMap, BTreeSet};

use crate::markdown;
use crate::model::page::Page;
use crate::model::parsed::File;
use crate::model::policy::Policy;
use crate::model::policy::section::SectionText;
use crate::source::{Span, Spanned};
use crate::value::line::Line;

/// The texts of sections by path, and the pages with those that no section names among them.
pub fn sort(
    files: Vec<File<()>>,
    mut pages: Vec<File<Page>>,
    policy: &Policy,
) -> (BTreeMap<String, String>, Vec<File<Page>>) {
    let named: BTreeSet<&str> = policy
        .sections
        .iter()
        .filter_map(|section| match &section.text {
            SectionText::File(file) => Some(file.as_str()),
            SectionText::Body(_) | SectionText::Empty => None,
        })
        .collect();
    // A page may be a section too: then its text stands in both places.
    let own = pages.iter().filter(|page| named.contains(page.path.as_str()));
    let mut texts: BTreeMap<String, String> =
        own.map(|page| (page.path.clone(), page.body.to_string())).collect();
    for file in files {
        if named.contains(file.path.as_str()) {
            texts.insert(file.path, file.body.to_string());
        } else {
            pages.push(page(file));
        }
    }
    pages.sort_by(|a, b| a.path.cmp(&b.path));
    (texts, pages)
}

fn page(file: File<()>) -> File<Page> {
    let span = Span::start_of(file.id);
    let first = file.body.lines().next().unwrap_or_default();
    let heading = first.strip_prefix("# ").and_then(|title| Line::parse(markdown::plain(title).trim()).ok());
    // The heading becomes the page's own; the lines below keep their places.
    let skipped = if heading.is_some() { first.len() } else { 0 };
    let title = heading.unwrap_or_else(|| {
        let name = file.path.rsplit('/').next().unwrap_or_default().trim_end_matches(".md");
        Line::literal(&name.replace(['-', '_'], " "))
    });
    let front =
        Page { span, title: Spanned { span, value: title }, weight: 1000, menu: false, description: None };
    File {
        id: file.id,
        path: file.path,
        front,
        body: file.body.without(skipped),
        body_offset: skipped,
        sound: file.sound,
    }
}
