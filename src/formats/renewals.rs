//! `/renewals.ics`: everything that ends, as whole days, for those who keep the policy true.
//!
//! In go the review, the keys and the rows of support, out comes an event for each. It changes only when one of them
//! does. The end of the manifest is not there: that is decided by the signature, and the manifest lists this file.

use jiff::Timestamp;
use jiff::civil::Date;

use super::calendar::{self, Event};
use super::{Format, support_data};
use crate::model::policy::key::Purpose as Use;
use crate::openpgp::Certificate;
use crate::openpgp::fitness::Purpose;
use crate::plan::{Seal, Sketch};
use crate::routes;
use crate::site::keys::Key;
use crate::site::{Site, policy};
use crate::value::date::When;

/// The calendar.
pub(super) struct Renewals;

impl Format for Renewals {
    fn name(&self) -> &'static str {
        "calendar of renewals"
    }

    fn standard(&self) -> &'static str {
        "RFC 5545"
    }

    fn plan(&self, _: &Site, plan: &mut Sketch) {
        // A review always ends, so there is always a file.
        plan.bytes(self.name(), &routes::renewals_calendar(), Seal::None, |site| write(site).into_bytes());
    }
}

fn write(site: &Site) -> String {
    let keys = site.keys.iter().flat_map(|key| of_key(site, key));
    let rows = support_data::calendar::events(site).into_iter();
    // Who gets no fixes any more has nothing to renew.
    let rows = rows.filter(|(row, _)| row.status.gets_fixes()).map(|(_, event)| event);
    let name = format!("{}: what ends when", site.policy.project.name);
    calendar::write("renewals", &name, review(site).into_iter().chain(keys).chain(rows))
}

/// The end of the review, which is that of security.txt.
fn review(site: &Site) -> Option<Event> {
    let project = &site.policy.project.name;
    // What was never reviewed has no review that ends.
    let reviewed = site.policy.document.attested()?;
    Some(Event {
        uid: calendar::uid(&[project.as_str(), "renewals", "review"]),
        stamp: reviewed,
        day: policy::expires(&site.policy)?,
        summary: format!("{project}: security.txt expires, the policy has to be reviewed"),
        description: format!("last reviewed on {reviewed}; `secsite renew` asks for each fact"),
        url: site.url(&routes::policy()),
    })
}

/// The end of a certificate, and those of the subkeys that are needed and end before it.
fn of_key(site: &Site, key: &Key) -> Vec<Event> {
    let Some(certificate) = &key.certificate else { return Vec::new() };
    let facts = certificate.facts(site.date);
    if facts.revoked.is_some() {
        return Vec::new();
    }
    let contacts = site.policy.contacts.iter().filter_map(|contact| contact.key.as_ref());
    let encrypts =
        key.purposes.contains(&Use::Encrypt) || contacts.into_iter().any(|id| id.as_str() == key.id);
    let named = site.policy.signing.as_ref().is_some_and(|signing| signing.names(&key.id));
    let signs = key.purposes.contains(&Use::SignAdvisories) || named;
    // A subkey ends with its certificate at the latest, and then that says it all.
    let earlier = |wanted: bool, purpose| {
        let end = facts.serves_until(purpose).filter(|_| wanted)?;
        facts.expires.is_none_or(|whole| end < whole).then_some(end)
    };
    let parts = [
        (facts.expires, "certificate", "the key ends"),
        (earlier(signs, Purpose::Signing), "signing", "the key can no longer sign"),
        (earlier(encrypts, Purpose::Encryption), "encryption", "nobody can encrypt to the key any more"),
    ];
    let event = |(end, part, words): (Option<Timestamp>, &str, &str)| {
        Some(of_part(site, key, certificate, When::Instant(end?).day(), part, words))
    };
    parts.into_iter().filter_map(event).collect()
}

fn of_part(site: &Site, key: &Key, certificate: &Certificate, day: Date, part: &str, words: &str) -> Event {
    let project = &site.policy.project.name;
    let fingerprint = certificate.fingerprint();
    Event {
        uid: calendar::uid(&[project.as_str(), "renewals", part, &fingerprint.to_string()]),
        stamp: site.dated(),
        day,
        summary: format!("{project}: {words}: {}", key.holder.as_ref().unwrap_or(&key.id)),
        description: fingerprint.grouped(),
        url: site.url(&routes::keys()),
    }
}
