//! OpenPGP keys, with fingerprints grouped as people compare them.

use super::{Fact, Facts};
use crate::model::policy::Policy;
use crate::model::policy::key::{Available, Key, Purpose};
use crate::routes;
use crate::security_md::text::{bullets, list, plain};

pub(super) static FACT: Fact = Fact {
    marker: "keys",
    heading: "Keys",
    stated: |policy| policy.keys.iter().any(|key| is_used(key, policy)),
    render: |facts, _| render(facts),
};

fn render(facts: &Facts<'_>) -> String {
    let used = facts.policy.keys.iter().filter(|key| is_used(key, facts.policy));
    let keys: Vec<String> = used.map(|key| point(key, facts)).collect();
    bullets(keys.iter().map(String::as_str))
}

/// Whether a reader may have a use for it. A certificate that is published for nothing is one of the past, revoked most
/// likely.
fn is_used(key: &Key, policy: &Policy) -> bool {
    let signs = policy.signing.as_ref().is_some_and(|signing| signing.names(key.id.as_str()));
    let mut contacts = policy.contacts.iter().filter_map(|contact| contact.key.as_ref());
    key.available != Available::Published
        || !key.purposes.is_empty()
        || signs
        || contacts.any(|id| id.as_str() == key.id.as_str())
}

fn point(key: &Key, facts: &Facts<'_>) -> String {
    let holder = key.holder.as_ref().map_or(key.id.as_str(), |holder| holder.as_str());
    let mut text = format!("**{}**", plain(holder));
    let purposes: Vec<String> = key.purposes.iter().map(|purpose| words(*purpose).to_owned()).collect();
    if !purposes.is_empty() {
        text.push_str(&format!(", to {}", list(&purposes)));
    }
    if let Some(fingerprint) = &key.fingerprint {
        text.push_str(&format!("\\\n`{}`", fingerprint.grouped()));
    }
    match (key.available, &key.fingerprint) {
        (Available::Published, Some(fingerprint)) => {
            let url = facts.url(&routes::certificate(&fingerprint.to_string()));
            text.push_str(&format!("\\\n<{url}>"));
        }
        (Available::Published, None) => {}
        (Available::OnRequest, _) => text.push_str(". Ask us for the certificate"),
        (Available::None, _) => text.push_str(". The certificate is not published"),
    }
    text
}

fn words(purpose: Purpose) -> &'static str {
    match purpose {
        Purpose::Encrypt => "encrypt reports",
        Purpose::SignAdvisories => "verify advisories",
        Purpose::SignReleases => "verify releases",
    }
}
