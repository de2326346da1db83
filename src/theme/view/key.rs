//! A key: its fingerprint to compare, its dates, and how to get it.

mod qr;

use serde::Serialize;

use super::day::Day;
use super::link::Link;
use crate::model::policy::key::{Available, Purpose};
use crate::openpgp::facts::{CertificateFacts, SubkeyFacts};
use crate::routes;
use crate::site::Site;
use crate::site::keys::Key as Entry;
use crate::theme::html::Html;
use crate::value::capital::capital;

/// The page of all keys.
#[derive(Debug, Serialize)]
pub struct Keys {
    /// The keys.
    pub keys: Vec<Key>,
    /// Whether there is a private way to report that needs no key.
    pub private_reports: bool,
}

/// A key. Where no certificate is published, `missing` says why and the rest is empty.
#[derive(Debug, Serialize)]
pub struct Key {
    /// Its id in the policy.
    pub id: String,
    /// Whose it is.
    pub holder: String,
    /// What it is for, as a sentence without its full stop.
    pub usage: String,
    /// All hex digits.
    pub fingerprint: Option<String>,
    /// The same in groups of four.
    pub groups: Vec<String>,
    /// `Ed25519`
    pub algorithm: String,
    /// When it was made.
    pub created: Option<Day>,
    /// When it ends.
    pub expires: Option<Day>,
    /// Whether it has ended.
    pub expired: bool,
    /// That it is not to be used any more.
    pub revoked: Option<Revoked>,
    /// Names bound to it.
    pub user_ids: Vec<String>,
    /// Subkeys, oldest first.
    pub subkeys: Vec<Subkey>,
    /// The armored certificate.
    pub file: Option<Link>,
    /// The fingerprint's URI as a QR code; SVG.
    pub qr: Html,
    /// Commands that fetch and import it.
    pub fetch: String,
    /// A command that finds it in the Web Key Directory.
    pub locate: Option<String>,
    /// Why there is no certificate.
    pub missing: &'static str,
}

/// A revocation.
#[derive(Debug, Serialize)]
pub struct Revoked {
    /// Since when.
    pub day: Day,
    /// Why.
    pub reason: String,
}

/// A subkey.
#[derive(Debug, Serialize)]
pub struct Subkey {
    /// "Signs", "Encrypts".
    pub usage: &'static str,
    /// `X25519`
    pub algorithm: String,
    /// When it was made.
    pub created: Day,
    /// When it ends.
    pub expires: Option<Day>,
    /// Since when it is revoked.
    pub revoked: Option<Day>,
    /// In groups of four.
    pub fingerprint: String,
}

impl Keys {
    /// All keys.
    pub fn of(site: &Site) -> Self {
        let mut keys: Vec<Key> = site.keys.iter().map(|key| Key::of(site, key)).collect();
        // What one may use comes before what one may not.
        keys.sort_by_key(|key| key.revoked.is_some());
        Self { keys, private_reports: site.policy.contacts.iter().any(super::contact::is_private_report) }
    }
}

impl Key {
    /// One key.
    pub fn of(site: &Site, key: &Entry) -> Self {
        let facts = key.certificate.as_ref().map(|certificate| certificate.facts(site.date));
        let bare = Self {
            id: key.id.clone(),
            holder: key.holder.clone().unwrap_or_else(|| key.id.clone()),
            usage: usage(key),
            fingerprint: None,
            groups: Vec::new(),
            algorithm: String::new(),
            created: None,
            expires: None,
            expired: false,
            revoked: None,
            user_ids: Vec::new(),
            subkeys: Vec::new(),
            file: None,
            qr: Html::default(),
            fetch: String::new(),
            locate: None,
            missing: match key.available {
                Available::Published => "The certificate could not be read.",
                Available::OnRequest => "The key is sent on request.",
                Available::None => "There is no key: encrypted mail is not offered.",
            },
        };
        match facts {
            Some(facts) => Self { ..bare.with(site, &facts) },
            None => bare,
        }
    }

    fn with(self, site: &Site, facts: &CertificateFacts) -> Self {
        let fingerprint = facts.fingerprint.to_string();
        let route = routes::certificate(&fingerprint);
        let url = site.url(&route);
        let email = facts.user_ids.iter().find_map(|id| id.email.clone());
        // A command is pasted into a shell: an address with anything unusual in it is not put into one.
        let plain = |email: &String| email.chars().all(|c| c.is_ascii_alphanumeric() || "@.-_+".contains(c));
        Self {
            groups: facts.fingerprint.grouped().split_whitespace().map(str::to_owned).collect(),
            algorithm: facts.algorithm.clone(),
            created: Some(facts.created.into()),
            expires: facts.expires.map(Day::from),
            expired: facts.expires.is_some_and(|end| end <= site.date),
            revoked: facts
                .revoked
                .as_ref()
                .map(|revoked| Revoked { day: revoked.date.into(), reason: revoked.reason.clone() }),
            user_ids: facts.user_ids.iter().map(|id| id.text.clone()).collect(),
            subkeys: facts.subkeys.iter().map(Subkey::of).collect(),
            file: Some(Link::to(site, &route, format!("{fingerprint}.asc"))),
            qr: qr::svg(&facts.fingerprint.uri().to_ascii_uppercase()),
            fetch: format!("curl -sSfO {url}\ngpg --import {fingerprint}.asc"),
            locate: email.filter(plain).map(|email| format!("gpg --locate-external-keys {email}")),
            fingerprint: Some(fingerprint),
            ..self
        }
    }
}

impl Subkey {
    fn of(subkey: &SubkeyFacts) -> Self {
        Self {
            usage: match (subkey.can_sign, subkey.can_encrypt) {
                (true, true) => "Signs and encrypts",
                (true, false) => "Signs",
                (false, true) => "Encrypts",
                (false, false) => "Other",
            },
            algorithm: subkey.algorithm.clone(),
            created: subkey.created.into(),
            expires: subkey.expires.map(Day::from),
            revoked: subkey.revoked.as_ref().map(|revoked| revoked.date.into()),
            fingerprint: subkey.fingerprint.grouped(),
        }
    }
}

fn usage(key: &Entry) -> String {
    let word = |purpose: &Purpose| match purpose {
        Purpose::Encrypt => "takes encrypted reports",
        Purpose::SignAdvisories => "signs this site",
        Purpose::SignReleases => "signs releases",
    };
    let words: Vec<&str> = key.purposes.iter().map(word).collect();
    capital(&super::prose::and(&words))
}
