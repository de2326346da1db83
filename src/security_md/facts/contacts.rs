//! The ways to reach somebody, in order of preference.

use super::{Fact, Facts};
use crate::model::policy::contact::{Contact, Kind, Purpose};
use crate::model::policy::key::Available;
use crate::security_md::text::{code, list, numbered, plain};
use crate::site::policy::contact_uri;
use crate::value::capital::capital;
use crate::value::email::Email;
use crate::value::url::WebUrl;

pub(super) static FACT: Fact = Fact {
    marker: "contacts",
    heading: "Contact",
    stated: |policy| !policy.contacts.is_empty(),
    render: |facts, _| render(facts),
};

fn render(facts: &Facts<'_>) -> String {
    let contacts: Vec<String> = facts.policy.contacts.iter().map(|contact| line(contact, facts)).collect();
    numbered(contacts.iter().map(String::as_str))
}

fn line(contact: &Contact, facts: &Facts<'_>) -> String {
    let mut text = format!("**{}**", kind(contact.kind));
    if let Some(address) = address(contact, facts) {
        text.push_str(&format!(": {address}"));
    }
    if !contact.confirmed {
        text.push_str(" (not confirmed yet)");
    }
    let purposes: Vec<String> = contact.purposes.iter().map(|purpose| words(*purpose).to_owned()).collect();
    let purposes = format!("for {}", list(&purposes));
    let mut rest = vec![match &contact.name {
        Some(name) => format!("{}, {purposes}", plain(name.as_str())),
        None => purposes,
    }];
    rest.extend(contact.after.as_ref().map(|after| format!("use it if there is no answer after {after}")));
    let key = contact
        .key
        .as_ref()
        .and_then(|id| facts.policy.keys.iter().find(|key| key.id.as_str() == id.as_str()));
    rest.extend(key.and_then(|key| match (&key.fingerprint, key.available) {
        (Some(fingerprint), _) => Some(format!("encrypt to {}", code(&fingerprint.grouped()))),
        (None, Available::OnRequest) => Some("ask for a key to encrypt to".to_owned()),
        (None, _) => None,
    }));
    rest.extend(contact.note.iter().map(|note| plain(note.as_str().trim_end())));
    let rest: Vec<String> = rest.iter().map(|words| sentence(words)).collect();
    format!("{text}. {}", rest.join(" "))
}

/// Words as a sentence of their own. What ends like one is left so.
fn sentence(words: &str) -> String {
    let stop = if words.ends_with(['.', '!', '?', '…']) { "" } else { "." };
    format!("{}{stop}", capital(words))
}

/// An address that can be followed where there is one; a placeholder is never made to look like that.
fn address(contact: &Contact, facts: &Facts<'_>) -> Option<String> {
    let written = contact.address.as_ref().map(|address| address.as_str());
    if !contact.confirmed {
        return written.map(code);
    }
    match written {
        Some(text) if Email::parse(text).is_ok() || WebUrl::parse(text).is_ok() => Some(format!("<{text}>")),
        Some(text) => Some(plain(text)),
        None => contact_uri(contact, facts.policy).map(|uri| format!("<{uri}>")),
    }
}

fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Email => "E-mail",
        Kind::Github => "Private report on GitHub",
        Kind::Gitlab => "Confidential issue on GitLab",
        Kind::Form => "Form",
        Kind::Platform => "Platform",
        Kind::Chat => "Chat",
        Kind::Phone => "Phone",
        Kind::Person => "Person",
        Kind::List => "Mailing list",
        Kind::IssueTracker => "Public issue tracker",
        Kind::Policy => "Policy",
    }
}

fn words(purpose: Purpose) -> &'static str {
    match purpose {
        Purpose::Report => "reports",
        Purpose::Question => "questions",
        Purpose::Escalation => "escalation",
        Purpose::Bounty => "rewards",
        Purpose::Announcement => "announcements",
        Purpose::Other => "anything else",
    }
}
