//! An advisory's page: state, what to do, who is hit, the story, and where it comes from.

mod advice;
mod affected;
mod bands;
mod facts;
pub mod words;

use serde::Serialize;

use super::day::Day;
use super::severity::Severity;
use crate::model::advisory::history::links;
use crate::site::Site;
use crate::site::advisory::Advisory as Entry;
use crate::theme::html::Html;
use crate::value::alias::{Alias, AliasKind};

pub use advice::Advice;
pub use affected::{Releases, Row, Symbols, circumstances};
pub use bands::Band;
pub use facts::Fact;

/// The page.
#[derive(Debug, Serialize)]
pub struct Advisory {
    /// Its id.
    pub id: String,
    /// Its title; HTML.
    pub title: Html,
    /// The badge.
    pub severity: Severity,
    /// Other ids.
    pub aliases: Vec<AliasLink>,
    /// Since when it is public.
    pub published: Day,
    /// When it last changed, if on another day.
    pub updated: Option<Day>,
    /// Whether it was taken back.
    pub withdrawn: bool,
    /// What must be known before reading on.
    pub bands: Vec<Band>,
    /// One or two sentences; HTML.
    pub impact: Option<Html>,
    /// What to do; absent where there is nothing to do.
    pub advice: Option<Advice>,
    /// What is hit, and what is not.
    pub affected: Vec<Row>,
    /// Functions that are hit.
    pub symbols: Vec<Symbols>,
    /// Pages of releases.
    pub releases: Vec<Releases>,
    /// Whether the body begins with text of its own, before any heading.
    pub headless: bool,
    /// The body; HTML.
    pub html: Html,
    /// What happened when, oldest first.
    pub timeline: Vec<Event>,
    /// Who helped.
    pub credits: Vec<Credit>,
    /// Links.
    pub references: Vec<Reference>,
    /// History of the document, newest first.
    pub revisions: Vec<Revision>,
    /// The column of facts.
    pub facts: Vec<Fact>,
    /// Files that say the same for machines.
    pub machine: Vec<File>,
}

/// A file for machines.
#[derive(Debug, Serialize)]
pub struct File {
    /// Its format.
    pub label: String,
    /// Its address.
    pub href: String,
    /// Its length, for people.
    pub size: String,
    /// SHA-256 of its bytes, in hexadecimal.
    pub sha256: String,
}

/// Another id.
#[derive(Debug, Serialize)]
pub struct AliasLink {
    /// The id.
    pub label: String,
    /// Its record elsewhere.
    pub href: Option<String>,
    /// Whether it is still to come.
    pub pending: bool,
}

/// A line of the timeline.
#[derive(Debug, Serialize)]
pub struct Event {
    /// When.
    pub day: Day,
    /// What.
    pub text: String,
}

/// Somebody who helped.
#[derive(Debug, Serialize)]
pub struct Credit {
    /// The name, or "Anonymous".
    pub name: String,
    /// Their page.
    pub href: Option<String>,
    /// What they did.
    pub role: &'static str,
}

/// A link.
#[derive(Debug, Serialize)]
pub struct Reference {
    /// What the page is.
    pub kind: &'static str,
    /// Its address.
    pub href: String,
    /// The address without its scheme.
    pub label: String,
}

/// One revision.
#[derive(Debug, Serialize)]
pub struct Revision {
    /// `1.0.0`
    pub version: String,
    /// When.
    pub day: Day,
    /// What changed.
    pub summary: String,
}

impl Advisory {
    /// The page of an advisory, and the files that say the same for machines.
    pub fn of(site: &Site, advisory: &Entry, machine: Vec<File>) -> Self {
        let front = &advisory.front;
        let updated = advisory.modified.day() != advisory.published.day();
        Self {
            id: advisory.id.as_str().to_owned(),
            title: Html::inline(front.title.as_str()),
            severity: Severity::of(advisory),
            aliases: front.aliases.iter().map(|alias| AliasLink::of(alias)).collect(),
            published: advisory.published.into(),
            updated: updated.then(|| advisory.modified.into()),
            withdrawn: advisory.is_withdrawn(),
            bands: bands::of(site, advisory),
            impact: front.impact.as_ref().map(|impact| Html::inline(impact)),
            advice: advice::of(site, advisory),
            affected: affected::rows(site, advisory),
            symbols: affected::symbols(site, advisory),
            releases: affected::releases(site, advisory),
            headless: !advisory.html.is_empty() && !advisory.html.starts_with("<h"),
            html: Html::trusted(advisory.html.clone()),
            timeline: timeline(advisory),
            credits: credits(advisory),
            references: front.references.iter().map(Reference::of).collect(),
            revisions: revisions(advisory),
            facts: facts::of(site, advisory),
            machine,
        }
    }
}

impl AliasLink {
    fn of(alias: &Alias) -> Self {
        let pending = alias.kind() == AliasKind::Pending;
        Self { label: alias.as_str().to_owned(), href: if pending { None } else { alias.url() }, pending }
    }
}

impl Reference {
    fn of(reference: &crate::model::advisory::Reference) -> Self {
        let url = reference.url.as_str();
        let label = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://")).unwrap_or(url);
        Self {
            kind: words::reference(reference.kind),
            href: url.to_owned(),
            label: label.trim_end_matches('/').to_owned(),
        }
    }
}

/// The author's events with publication, update and withdrawal among them.
fn timeline(advisory: &Entry) -> Vec<Event> {
    let front = &advisory.front;
    let written = front.timeline.iter().map(|event| (event.date.value, event.event.as_str()));
    let mut events: Vec<_> = written.collect();
    // An author who wrote "Published" on that day has said it.
    let said = |events: &[(crate::value::date::When, &str)], when: crate::value::date::When, word: &str| {
        events.iter().any(|(at, text)| at.day() == when.day() && text.to_lowercase().contains(word))
    };
    if !said(&events, advisory.published, "publi") && !said(&events, advisory.published, "disclos") {
        events.push((advisory.published, "Published"));
    }
    if let Some(withdrawn) = &front.withdrawn {
        events.push((withdrawn.date.value, "Withdrawn"));
    }
    let withdrawn = front.withdrawn.as_ref().map(|withdrawn| withdrawn.date.day());
    let changed = advisory.modified.day();
    if changed != advisory.published.day()
        && Some(changed) != withdrawn
        && !said(&events, advisory.modified, "update")
    {
        events.push((advisory.modified, "Updated"));
    }
    // A day without a time is as early as its first event; equal days keep the author's order.
    events.sort_by_key(|(when, _)| when.day());
    events.into_iter().map(|(when, text)| Event { day: when.into(), text: text.to_owned() }).collect()
}

fn credits(advisory: &Entry) -> Vec<Credit> {
    let credit = |credit: &crate::model::advisory::history::Credit| {
        let role = words::credit(credit.kind);
        if credit.anonymous {
            return Credit { name: "Anonymous".into(), href: None, role };
        }
        let href = links(credit).first().map(|url| url.as_str().to_owned());
        Credit { name: credit.name.as_str().to_owned(), href, role }
    };
    advisory.front.credits.iter().map(credit).collect()
}

fn revisions(advisory: &Entry) -> Vec<Revision> {
    let revision = |revision: &crate::site::advisory::Revision| Revision {
        version: revision.version.clone(),
        day: revision.date.into(),
        summary: revision.summary.clone(),
    };
    advisory.revisions.iter().rev().map(revision).collect()
}
