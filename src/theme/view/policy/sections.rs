//! Sections as written, and after them the facts that none of them shows and no other page tells.

use std::cell::RefCell;
use std::collections::BTreeSet;

use super::Section;
use super::marker;
use crate::diag::Diagnostic;
use crate::markdown::{self, Options};
use crate::model::policy::section::{Section as Entry, SectionText};
use crate::site::Site;
use crate::site::prose::Marker;
use crate::theme::html::Html;

/// Facts in a sensible order: heading and the markers below it.
const DEFAULT: &[(&str, &[&str])] = &[
    ("Supported versions", &["support"]),
    ("Reporting a vulnerability", &["contacts", "report"]),
    ("What to include", &["include"]),
    ("What to leave out", &["exclude"]),
    ("What to expect", &["response"]),
    ("Disclosure", &["disclosure", "phases"]),
    ("Severity", &["severity"]),
    ("Scope", &["scope"]),
    ("Safe harbour", &["safe-harbor"]),
    ("Rewards", &["bounty"]),
    ("Credit", &["credit"]),
    ("Keys", &["keys"]),
    ("Known limitations", &["limitations"]),
    ("Early notice", &["embargo"]),
    ("Audits", &["audits"]),
];

/// Facts with a page of their own: a policy with sections may leave these out.
const TOLD_ELSEWHERE: &[&str] = &["support", "contacts", "report", "include", "exclude", "keys"];

/// The markers that a text has asked for.
pub(super) type Used = RefCell<BTreeSet<String>>;

/// The sections of the page; `used` holds what the introduction shows already.
pub(super) fn of(site: &Site, used: &Used) -> Result<Vec<Section>, Box<Diagnostic>> {
    let mut ids = Ids::default();
    let mut sections = Vec::new();
    let mut above = 1;
    for (at, section) in site.policy.sections.iter().enumerate() {
        let title = section.title.as_str();
        // A gap between levels loses readers who jump from heading to heading.
        let level = section.level.clamp(2, above + 1).min(6);
        above = level;
        let html = text(site, section, at, level, used)?;
        sections.push(Section { title: title.to_owned(), level, id: ids.of(title), html });
    }
    let elsewhere = if site.policy.sections.is_empty() { &[] } else { TOLD_ELSEWHERE };
    for (title, markers) in DEFAULT {
        let mut html = String::new();
        for name in *markers {
            if used.borrow().contains(*name) || elsewhere.contains(name) {
                continue;
            }
            html.push_str(marker::render(site, Marker { name, product: None, told: false })?.as_str().trim());
        }
        if !html.is_empty() {
            sections.push(Section {
                title: (*title).to_owned(),
                level: 2,
                id: ids.of(title),
                html: Html::trusted(html),
            });
        }
    }
    Ok(sections)
}

fn text(site: &Site, section: &Entry, at: usize, level: u8, used: &Used) -> Result<Html, Box<Diagnostic>> {
    let (from, text) = match &section.text {
        SectionText::Body(text) => ("policy.toml", text.as_str()),
        SectionText::File(file) => {
            let text = site.fragments.get(file.as_str()).map_or("", String::as_str);
            (file.as_str(), text)
        }
        SectionText::Empty => return Ok(Html::default()),
    };
    markdown(site, from, text, &format!("s{at}-"), (level + 1).min(6), used)
}

/// A text with its markers filled in.
pub(super) fn markdown(
    site: &Site,
    from: &str,
    text: &str,
    id_prefix: &str,
    top_level: u8,
    used: &Used,
) -> Result<Html, Box<Diagnostic>> {
    let failed: RefCell<Option<Box<Diagnostic>>> = RefCell::new(None);
    let markers = |name: &str| {
        let marker = Marker::parse(name, &site.policy)?;
        used.borrow_mut().insert(marker.name.to_owned());
        if marker.told {
            return Some(String::new());
        }
        let html = marker::render(site, marker);
        html.map_err(|problem| failed.replace(Some(problem))).ok().map(|html| html.as_str().to_owned())
    };
    let resolve = |target: &str| site.links.resolve(from, target);
    let html =
        markdown::render(text, &Options { id_prefix, top_level, resolve: &resolve, markers: Some(&markers) })
            .html;
    match failed.into_inner() {
        Some(problem) => Err(problem),
        None => Ok(Html::trusted(html)),
    }
}

/// Ids of headings on one page.
#[derive(Default)]
struct Ids(Vec<String>);

impl Ids {
    /// Words of the title with hyphens between them; a number where that is taken.
    fn of(&mut self, title: &str) -> String {
        let words = title.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
        let slug = words.map(str::to_lowercase).collect::<Vec<_>>().join("-");
        let slug = if slug.is_empty() { "section".to_owned() } else { slug };
        let taken = |id: &String| self.0.contains(id) || id == "main";
        let numbered = (2..).map(|n| format!("{slug}-{n}"));
        let id = std::iter::once(slug.clone()).chain(numbered).find(|id| !taken(id)).unwrap_or(slug);
        self.0.push(id.clone());
        id
    }
}
