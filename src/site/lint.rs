//! Lints: what is sound and still a bad idea, one file for each family of rules.
//!
//! In go the tables and texts of the policy, the pages and the published advisories; out come findings, each at the
//! place that its author would change. A function has the name of its rule. Nothing here changes what is published,
//! and no draft is looked at.

mod advisories;
mod anchors;
mod claims;
mod contacts;
mod keys;
mod promises;
mod prose;
mod reviews;
mod sections;
mod sentences;
mod severities;
mod tables;
mod thanks;
mod versions;
mod words;

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::diag::Diagnostics;
use crate::model::advisory::Advisory as Front;
use crate::model::page::Page;
use crate::model::parsed::File;
use crate::model::policy::Policy;
use crate::source::{Sources, Span};
use crate::value::date::When;

pub use anchors::Anchor;

/// What lints are about before anything is rendered.
pub struct Subject<'a> {
    /// The policy.
    pub policy: &'a Policy,
    /// The Markdown of files that sections include, by path.
    pub fragments: &'a BTreeMap<String, String>,
    /// The pages of `content/`.
    pub pages: &'a [File<Page>],
    /// The advisories that are published.
    pub advisories: &'a [Arc<File<Front>>],
    /// All bytes, and the dates.
    pub sources: &'a Sources,
}

impl Subject<'_> {
    /// The header of a table of `policy.toml`, such as `[bounty]`, for findings about the table as a whole or about its
    /// absence; else the file's beginning.
    fn table(&self, header: &str) -> Span {
        let file = self.policy.document.reviewed.span.file;
        let text = crate::source::text::lenient(&self.sources.file(file).bytes);
        let mut at = 0;
        for line in text.split_inclusive('\n') {
            if line.starts_with(header) {
                return Span::new(file, at..at + header.len());
            }
            at += line.len();
        }
        Span::start_of(file)
    }
}

/// Looks at the tables and words of a site.
pub fn check(subject: &Subject<'_>, diags: &mut Diagnostics) {
    let today = When::Instant(subject.sources.judged).day();
    contacts::check(subject, diags);
    promises::check(subject, diags);
    tables::check(subject, today, diags);
    sections::check(subject, diags);
    let texts = prose::all(subject);
    contacts::policy_none(subject, &texts, diags);
    for text in texts.iter().filter(|text| text.policy) {
        sections::inner_headings(text, subject, diags);
    }
    keys::check(subject, &texts, diags);
    words::check(subject, &texts, diags);
    let told = prose::Told::all(&texts);
    claims::check(subject, &told, diags);
    contacts::contact_unconfirmed(subject, &told, diags);
    keys::told::check(subject, &told, diags);
    promises::told::check(subject, &told, diags);
    reviews::check(subject, &told, today, diags);
    sentences::broken_sentence(subject, &told, diags);
    severities::severity_unknown(subject, &told, diags);
    tables::until::until_format_told(subject, &told, diags);
    thanks::hof_empty(subject, &told, diags);
}

/// Looks at what only the rendered site shows: links between its pages, and advisories beside each other.
pub fn check_rendered(
    advisories: &[Arc<super::advisory::Advisory>],
    pages: &[super::pages::Page],
    policy_anchors: &[Anchor],
    base: &crate::value::url::BaseUrl,
    diags: &mut Diagnostics,
) {
    anchors::check(advisories, pages, policy_anchors, base, diags);
    advisories::check(advisories, diags);
}
