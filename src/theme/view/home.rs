//! The home page: how things stand, what is new, what is supported, how to reach us.

use serde::Serialize;

use super::key::Key;
use super::link::Link;
use super::promise::{self, Promise};
use super::row::{Row, is_open};
use super::support::Supported;
use crate::model::advisory::Exploited;
use crate::routes;
use crate::site::Site;

/// How many advisories the home page shows.
const LATEST: usize = 5;

/// The home page.
#[derive(Debug, Serialize)]
pub struct Home {
    /// How things stand.
    pub status: Status,
    /// The newest advisories.
    pub latest: Vec<Row>,
    /// How many there are.
    pub total: usize,
    /// Whether there are more than shown.
    pub more: bool,
    /// What is supported.
    pub supported: Vec<Supported>,
    /// The key to compare.
    pub key: Option<Key>,
    /// Whether there is a private way to report that needs no key.
    pub private_reports: bool,
    /// What happens after a report.
    pub promises: Vec<Promise>,
}

/// One sentence on how things stand.
#[derive(Debug, Serialize)]
pub struct Status {
    /// Empty (all is well), `warn`, `bad` or `quiet`.
    pub tone: &'static str,
    /// The sentence.
    pub text: String,
    /// Advisories that it is about.
    pub links: Vec<Link>,
}

impl Home {
    /// Gathers it.
    pub fn of(site: &Site) -> Self {
        let in_use = |key: &&crate::site::keys::Key| {
            key.certificate.as_ref().is_some_and(|it| it.facts(site.date).revoked.is_none())
        };
        let key = site.signing_key().filter(in_use).or_else(|| site.keys.iter().find(in_use));
        Self {
            status: Status::of(site),
            latest: site.advisories.iter().take(LATEST).map(|advisory| Row::of(site, advisory)).collect(),
            total: site.advisories.len(),
            more: site.advisories.len() > LATEST,
            supported: super::support::now(site),
            key: key.map(|key| Key::of(site, key)),
            private_reports: site.policy.contacts.iter().any(super::contact::is_private_report),
            promises: promise::summary(&site.policy),
        }
    }
}

impl Status {
    fn of(site: &Site) -> Self {
        let live = || site.shown().filter(|advisory| !advisory.is_withdrawn());
        let links = |found: &[&crate::site::advisory::Advisory]| -> Vec<Link> {
            let link = |a: &&crate::site::advisory::Advisory| {
                Link::to(site, &routes::advisory(&a.id), a.id.as_str())
            };
            found.iter().take(LATEST).map(link).collect()
        };
        let attacked: Vec<_> =
            live().filter(|a| a.front.exploited == Some(Exploited::InTheWild) && is_open(a)).collect();
        let unfixed: Vec<_> = live().filter(|advisory| is_open(advisory)).collect();
        let fixable = live().any(|advisory| advisory.front.informational.is_none());
        if !attacked.is_empty() {
            let text =
                format!("{} attacked and has no fix yet.", count(attacked.len(), "issue is", "issues are"));
            return Self { tone: "bad", text, links: links(&attacked) };
        }
        if !unfixed.is_empty() {
            let text = format!(
                "{} no fix yet.",
                count(unfixed.len(), "published issue has", "published issues have")
            );
            let mut links = links(&unfixed);
            if unfixed.len() > LATEST {
                links.push(Link::to(site, &routes::by_state("unfixed"), "all of them"));
            }
            return Self { tone: "warn", text, links };
        }
        if fixable {
            let text = "Every published issue has a fix.".to_owned();
            return Self { tone: "", text, links: Vec::new() };
        }
        let text = "No open issue has been published.".to_owned();
        Self { tone: "quiet", text, links: Vec::new() }
    }
}

fn count(n: usize, one: &str, many: &str) -> String {
    format!("{n} {}", if n == 1 { one } else { many })
}
