//! What a policy promises that time makes untrue: in goes the site, out come the facts to be asked about, with their places.

use crate::model::policy::contact::Contact;
use crate::model::policy::key::Key as Entry;
use crate::model::policy::product::{Product, Support};
use crate::model::policy::response::Promise;
use crate::openpgp::fitness::Purpose;
use crate::site::Site;
use crate::site::policy::contact_uri;
use crate::source::Span;
use crate::source::fields::Words;
use crate::value::date::When;

/// A fact.
pub(super) struct Fact {
    /// What kind of fact it is.
    pub group: &'static str,
    /// Where it is written.
    pub span: Span,
    /// The fact, in a line.
    pub text: String,
}

/// All of them: contacts, keys, promises, ends of support, each in the order of the policy, and then the rest in one.
pub(super) fn of(site: &Site) -> Vec<Fact> {
    let policy = &site.policy;
    let contacts = policy.contacts.iter().map(|it| contact(site, it));
    let keys = policy.keys.iter().map(|it| key(site, it));
    let promises = policy.promises.iter().map(promise);
    let rows =
        policy.products.iter().flat_map(|product| product.support.iter().map(move |row| (product, row)));
    let ends = rows.filter_map(|(product, row)| end(product, row));
    let mut facts: Vec<Fact> = contacts.chain(keys).chain(promises).chain(ends).collect();
    // The date attests the whole document, so somebody must have read it.
    facts.push(Fact {
        group: "all else",
        span: policy.document.reviewed.span,
        text: "you have read the rest of the policy".to_owned(),
    });
    facts
}

fn contact(site: &Site, contact: &Contact) -> Fact {
    let address = contact.address.as_ref().map(|address| address.as_str().to_owned());
    let address = address.or_else(|| contact_uri(contact, &site.policy)).unwrap_or_default();
    let purposes: Vec<&str> = contact.purposes.iter().map(|purpose| purpose.word()).collect();
    let mut text = format!("{} {address}, for {}", contact.kind.word(), purposes.join(", "));
    if let Some(name) = &contact.name {
        text.push_str(&format!(", answered by {name}"));
    }
    if !contact.confirmed {
        text.push_str(", not confirmed");
    }
    Fact { group: "contact", span: contact.span, text }
}

fn key(site: &Site, entry: &Entry) -> Fact {
    let mut text = entry.id.as_str().to_owned();
    if let Some(holder) = &entry.holder {
        text.push_str(&format!(", of {holder}"));
    }
    if let Some(fingerprint) = &entry.fingerprint {
        text.push_str(&format!(", {}", fingerprint.value.grouped()));
    }
    let shown = site.keys.iter().find(|key| key.id == entry.id.as_str());
    if let Some(certificate) = shown.and_then(|key| key.certificate.as_ref()) {
        let facts = certificate.facts(site.date);
        let day = |end| When::Instant(end).day();
        match facts.expires {
            Some(end) => text.push_str(&format!(", ends on {}", day(end))),
            None => text.push_str(", never ends"),
        }
        let encryption = facts.serves_until(Purpose::Encryption).filter(|end| facts.expires != Some(*end));
        if let Some(end) = encryption {
            text.push_str(&format!(", can be encrypted to until {}", day(end)));
        }
    }
    Fact { group: "key", span: entry.span, text }
}

fn promise(promise: &Promise) -> Fact {
    let mut text = promise.stage.word().to_owned();
    if let Some(severity) = promise.severity {
        text.push_str(&format!(" ({})", severity.as_str()));
    }
    if let Some(within) = &promise.within {
        text.push_str(&format!(", within: {}", within.as_printed));
    }
    if let Some(every) = &promise.every {
        text.push_str(&format!(", every: {}", every.as_printed));
    }
    if let Some(words) = &promise.text {
        text.push_str(&format!(": {words}"));
    }
    Fact { group: "promise", span: promise.span, text }
}

/// Only rows with an end; the others are part of the rest.
fn end(product: &Product, row: &Support) -> Option<Fact> {
    let until = row.until.as_ref()?;
    let versions = row.versions.as_printed();
    let text = format!("{} {versions}: {}, until {}", product.name, row.status.label(), until.value);
    Some(Fact { group: "end of support", span: until.span, text })
}
