//! A feed before it is Atom, RSS or JSON: the same entries, texts and dates in each.

use jiff::Timestamp;

use super::{Kind, Subject, content};
use crate::formats::instant::{changed, whole};
use crate::formats::xml::legal;
use crate::markdown;
use crate::routes;
use crate::site::Site;
use crate::site::advisory::{Advisory, Target};
use crate::value::date::When;
use crate::value::severity::Severity;

/// A feed. Its texts hold no character that XML forbids.
pub(super) struct Channel {
    /// What it is about.
    pub title: String,
    /// The same in a sentence.
    pub description: String,
    /// Its own address, which is its id.
    pub url: String,
    /// The page that lists the same.
    pub home: String,
    /// BCP 47.
    pub language: String,
    /// Who publishes.
    pub author: String,
    /// When the newest entry changed; the day of the policy's review where there is none.
    pub updated: Timestamp,
    /// The last changed first.
    pub entries: Vec<Entry>,
}

/// One advisory.
pub(super) struct Entry {
    /// The address of its page, which is its id.
    pub url: String,
    /// Plain text.
    pub title: String,
    /// Since when it is public.
    pub published: Timestamp,
    /// When its content last changed.
    pub updated: Timestamp,
    /// The impact as plain text.
    pub summary: Option<String>,
    /// The whole advisory.
    pub html: String,
    /// Severity, products, the author's categories.
    pub tags: Vec<String>,
}

impl Channel {
    pub(super) fn of(site: &Site, subject: Subject, kind: Kind) -> Self {
        let held = site.shown().filter(|it| subject.holds(it));
        let mut advisories: Vec<(Timestamp, &Advisory)> = held.map(|it| (changed(it), it)).collect();
        advisories.sort_by(|(a_changed, a), (b_changed, b)| (b_changed, &b.id).cmp(&(a_changed, &a.id)));
        advisories.truncate(usize::try_from(site.policy.site.feed_entries).unwrap_or(usize::MAX));
        let reviewed = When::Day(site.dated()).timestamp();
        let project = &site.policy.project;
        let author = project.publisher.as_ref().map_or(&project.name, |publisher| &publisher.name);
        let title = legal(&subject.title(site));
        Self {
            description: format!("{title}, as published at {}", site.base),
            title,
            url: site.url(&subject.route(kind, site)),
            home: site.url(&routes::advisories()),
            language: site.policy.document.language.as_str().to_owned(),
            author: legal(author.as_str()),
            updated: advisories.first().map_or(reviewed, |(changed, _)| *changed),
            entries: advisories.into_iter().map(|(_, advisory)| Entry::of(site, advisory)).collect(),
        }
    }
}

impl Entry {
    fn of(site: &Site, advisory: &Advisory) -> Self {
        let withdrawn = if advisory.is_withdrawn() { "Withdrawn: " } else { "" };
        let title = format!("{withdrawn}{}: {}", advisory.id, advisory.title);
        let impact = advisory.front.impact.as_ref();
        Self {
            url: site.url(&routes::advisory(&advisory.id)),
            title: legal(&title),
            published: whole(advisory.published),
            updated: changed(advisory),
            summary: impact.map(|impact| legal(&markdown::plain(impact))),
            html: legal(content::html(site, advisory).trim_end()),
            tags: tags(site, advisory).iter().map(|tag| legal(tag)).collect(),
        }
    }
}

/// The product's name, or the package's and where it is from.
pub(super) fn name_of(target: &Target, site: &Site) -> String {
    match target {
        Target::Product(at) => site.policy.products[*at].name.as_str().to_owned(),
        Target::Package { name, ecosystem } => format!("{name} ({ecosystem})"),
    }
}

fn tags(site: &Site, advisory: &Advisory) -> Vec<String> {
    let severity = advisory.severity.map(Severity::as_str).into_iter().map(str::to_owned);
    let products = advisory.affected.iter().map(|affected| name_of(&affected.target, site));
    let own = advisory.front.categories.iter().map(|category| category.as_str().to_owned());
    let mut tags = Vec::new();
    for tag in severity.chain(products).chain(own) {
        if !tags.contains(&tag) {
            tags.push(tag);
        }
    }
    tags
}
