//! A way to reach somebody.

use serde::Serialize;

use crate::model::policy::contact::{Contact as Entry, Kind, Purpose};
use crate::routes;
use crate::site::{Site, policy};
use crate::value::capital::capital;

/// A contact.
#[derive(Debug, Serialize)]
pub struct Contact {
    /// "Write a mail", as a heading.
    pub title: &'static str,
    /// "by mail", within a sentence.
    pub how: &'static str,
    /// What it is for: "Questions".
    pub usage: String,
    /// Who answers.
    pub name: Option<String>,
    /// Address, URL or words.
    pub address: String,
    /// What a click opens; absent where the address is words or nobody has confirmed it.
    pub href: Option<String>,
    /// False where somebody wrote a placeholder.
    pub confirmed: bool,
    /// Words beside it.
    pub note: Option<String>,
    /// For an escalation: how long to wait first.
    pub after: Option<String>,
    /// The page of the key to encrypt to.
    pub key_href: Option<String>,
}

impl Contact {
    /// One entry of the policy.
    pub fn of(site: &Site, contact: &Entry) -> Self {
        let href = if contact.confirmed { policy::contact_uri(contact, &site.policy) } else { None };
        let (title, how) = kind(contact.kind);
        let written = contact.address.as_ref().map(|address| address.as_str().to_owned());
        let usage: Vec<&str> = contact.purposes.iter().map(|purpose| purpose_word(*purpose)).collect();
        let key = contact.key.as_ref().and_then(|id| site.keys.iter().find(|key| key.id == id.as_str()));
        let key = key.filter(|key| key.certificate.is_some());
        Self {
            title,
            how,
            usage: capital(&super::prose::and(&usage)),
            name: contact.name.as_ref().map(|name| name.as_str().to_owned()),
            address: written.or_else(|| href.clone()).unwrap_or_default(),
            href,
            confirmed: contact.confirmed,
            note: contact.note.as_ref().map(|note| note.as_str().to_owned()),
            after: contact.after.as_ref().map(ToString::to_string),
            key_href: key.map(|key| format!("{}#k-{}", site.href(&routes::keys()), key.id)),
        }
    }

    /// Contacts for a purpose, in order of preference.
    pub fn all_for(site: &Site, wanted: impl Fn(&Entry) -> bool) -> Vec<Self> {
        site.policy
            .contacts
            .iter()
            .filter(|contact| wanted(contact))
            .map(|contact| Self::of(site, contact))
            .collect()
    }
}

/// Whether a report can be made through it.
pub fn takes_reports(contact: &Entry) -> bool {
    contact.purposes.contains(&Purpose::Report)
}

/// Whether it is a private way that needs no key.
pub fn is_private_report(contact: &Entry) -> bool {
    takes_reports(contact)
        && contact.confirmed
        && matches!(contact.kind, Kind::Github | Kind::Gitlab | Kind::Form | Kind::Platform)
}

fn kind(kind: Kind) -> (&'static str, &'static str) {
    match kind {
        Kind::Email => ("Write a mail", "by mail"),
        Kind::Github => ("Open a private report on GitHub", "private report on GitHub"),
        Kind::Gitlab => ("Open a confidential issue on GitLab", "confidential issue on GitLab"),
        Kind::Form => ("Fill in the form", "by form"),
        Kind::Platform => ("Use the platform", "through the platform"),
        Kind::Chat => ("Write in the chat", "in the chat"),
        Kind::Phone => ("Call", "by telephone"),
        Kind::Person => ("Ask a person", "in person"),
        Kind::List => ("Write to the list", "mailing list"),
        Kind::IssueTracker => ("Open an issue", "public issue tracker"),
        Kind::Policy => ("Follow the policy", "policy"),
    }
}

fn purpose_word(purpose: Purpose) -> &'static str {
    match purpose {
        Purpose::Report => "reports",
        Purpose::Question => "questions",
        Purpose::Escalation => "when nobody answers",
        Purpose::Bounty => "rewards",
        Purpose::Announcement => "announcements",
        Purpose::Other => "anything else",
    }
}
