//! Feeds: the newest advisories of the whole site, of each product and of each severity, in three formats.
//!
//! In go published advisories, out come their newest few with full content and absolute links. An entry's id is the
//! address of its page, and every date comes from an advisory or from the policy's review: a build that changes nothing
//! changes no feed. The feeds of all severities exist from the first day on, so that one can wait for the first
//! critical one.

mod atom;
mod channel;
mod content;
mod json_feed;
mod rss;

#[cfg(test)]
mod tests;

use super::Format;
use crate::plan::{Seal, Sketch};
use crate::routes::{self, Route};
use crate::site::Site;
use crate::site::advisory::{Advisory, Target};
use crate::value::severity::Severity;

use channel::Channel;

/// All feeds.
pub struct Feeds;

impl Format for Feeds {
    fn name(&self) -> &'static str {
        "feeds"
    }

    fn standard(&self) -> &'static str {
        "RFC 4287, RSS 2.0, JSON Feed 1.1"
    }

    fn plan(&self, site: &Site, plan: &mut Sketch) {
        let products = (0..site.policy.products.len()).map(Subject::Product);
        let severities = Severity::ALL.into_iter().map(|severity| Subject::Severity(Some(severity)));
        let all = std::iter::once(Subject::All).chain(products).chain(severities);
        for subject in all.chain([Subject::Severity(None)]) {
            for kind in [Kind::Atom, Kind::Rss, Kind::Json] {
                plan.bytes(self.name(), &subject.route(kind, site), Seal::Detached, move |site| {
                    let channel = Channel::of(site, subject, kind);
                    match kind {
                        Kind::Atom => atom::write(&channel),
                        Kind::Rss => rss::write(&channel),
                        Kind::Json => json_feed::write(&channel),
                    }
                });
            }
        }
    }
}

/// The three formats.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Atom,
    Rss,
    Json,
}

impl Kind {
    /// How its files end.
    fn suffix(self) -> &'static str {
        match self {
            Self::Atom => "atom",
            Self::Rss => "rss",
            Self::Json => "json",
        }
    }
}

/// What a feed is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Subject {
    /// The whole site.
    All,
    /// One product of the policy, by its place.
    Product(usize),
    /// One severity, or none given.
    Severity(Option<Severity>),
}

impl Subject {
    fn route(self, kind: Kind, site: &Site) -> Route {
        match self {
            Self::All => routes::feed(kind.suffix()),
            Self::Product(at) => routes::product_feed(site.policy.products[at].id.as_str(), kind.suffix()),
            Self::Severity(severity) => {
                routes::severity_feed(severity.map_or("unknown", Severity::as_str), kind.suffix())
            }
        }
    }

    fn title(self, site: &Site) -> String {
        let project = site.policy.project.name.as_str();
        match self {
            Self::All => format!("{project} security advisories"),
            Self::Product(at) => format!("{project} security advisories: {}", site.policy.products[at].name),
            Self::Severity(Some(severity)) => format!("{project} security advisories: severity {severity}"),
            Self::Severity(None) => format!("{project} security advisories without a severity"),
        }
    }

    fn holds(self, advisory: &Advisory) -> bool {
        match self {
            Self::All => true,
            Self::Product(at) => {
                advisory.affected.iter().any(|affected| affected.target == Target::Product(at))
            }
            Self::Severity(severity) => advisory.severity == severity,
        }
    }
}
