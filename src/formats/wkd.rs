//! The Web Key Directory (draft-koch-openpgp-webkey-service): where mail programs find the key of an address.
//!
//! Published are the addresses of confirmed contacts that name a key, and other addresses in the certificates at
//! domains of ours: those of the confirmed contacts, and the portal's host or a domain above it. Somebody's private
//! address at a mail provider, which may stand in the same certificate, is not.
//!
//! Every address is in both layouts, because which one is asked depends on a name server that we cannot see. The direct
//! layout has no domain in its paths; where two addresses of one local part meet there, the portal's own host goes first.
//!
//! A revoked certificate follows the one in use, or stands alone (§3.1): who looks the address up learns of both.

use std::collections::{BTreeMap, BTreeSet};

use super::Format;
use crate::model::policy::contact::Kind;
use crate::openpgp::{Certificate, wkd};
use crate::plan::{Seal, Sketch};
use crate::routes;
use crate::site::Site;
use crate::site::keys::Key;

/// The directory.
pub struct Wkd;

impl Format for Wkd {
    fn name(&self) -> &'static str {
        "web key directory"
    }

    fn standard(&self) -> &'static str {
        "draft-koch-openpgp-webkey-service"
    }

    fn plan(&self, site: &Site, plan: &mut Sketch) {
        let mut addresses = addresses(site);
        if addresses.is_empty() {
            return;
        }
        addresses.sort_by_key(|address| address.domain != site.base.host());
        let mut direct = BTreeSet::new();
        let mut domains = BTreeSet::new();
        for Address { hash, domain, key } in addresses {
            if direct.insert(hash.clone()) {
                let key = key.clone();
                plan.bytes(self.name(), &routes::wkd_key(None, &hash), Seal::None, move |_| key.clone());
            }
            if domains.insert(domain.clone()) {
                plan.bytes(self.name(), &routes::wkd_policy(Some(&domain)), Seal::None, |_| Vec::new());
            }
            let route = routes::wkd_key(Some(&domain), &hash);
            plan.bytes(self.name(), &route, Seal::None, move |_| key.clone());
        }
        // An empty policy file says that there is a directory and nothing special about it (§4.5).
        plan.bytes(self.name(), &routes::wkd_policy(None), Seal::None, |_| Vec::new());
    }
}

/// One address that can be looked up.
struct Address {
    hash: String,
    domain: String,
    /// The binary certificate with the user ids of this address alone, and all revoked ones that have it.
    key: Vec<u8>,
}

/// The certificates of one address.
#[derive(Default)]
struct Found {
    used: Option<Vec<u8>>,
    revoked: Vec<Vec<u8>>,
}

/// Every address once. Where several keys have it, a throwaway key wins, then the key that the contact names, then the
/// first of the policy; after it come those that are revoked.
fn addresses(site: &Site) -> Vec<Address> {
    let contacts: Vec<(&str, &Key)> = contacts(site).collect();
    let mut domains: BTreeSet<String> =
        contacts.iter().filter_map(|(it, _)| Some(wkd::split(it)?.1)).collect();
    domains.extend(above(site.base.host()).map(str::to_owned));

    let mut found: BTreeMap<_, Found> = BTreeMap::new();
    let mut order = Vec::new();
    let mut add = |address: &str, certificate: &Certificate| {
        let Some((local, domain)) = wkd::split(address) else { return };
        let place = (domain, wkd::hash(local));
        if !domains.contains(&place.0) {
            return;
        }
        let Some(key) = certificate.minimal_for(address) else { return };
        if !found.contains_key(&place) {
            order.push(place.clone());
        }
        let found = found.entry(place).or_default();
        if certificate.facts(site.date).revoked.is_none() {
            found.used.get_or_insert(key);
        } else if !found.revoked.contains(&key) {
            found.revoked.push(key);
        }
    };
    let all = |key: &Key, add: &mut dyn FnMut(&str, &Certificate)| {
        let Some(certificate) = &key.certificate else { return };
        for user_id in certificate.facts(site.date).user_ids {
            user_id.email.iter().for_each(|email| add(email, certificate));
        }
    };
    site.keys.iter().filter(|key| key.id == "dev").for_each(|key| all(key, &mut add));
    for (address, key) in contacts {
        key.certificate.iter().for_each(|certificate| add(address, certificate));
    }
    site.keys.iter().for_each(|key| all(key, &mut add));
    order
        .into_iter()
        .filter_map(|place| {
            let Found { used, revoked } = found.remove(&place)?;
            let key = used.into_iter().chain(revoked).collect::<Vec<_>>().concat();
            Some(Address { domain: place.0, hash: place.1, key })
        })
        .collect()
}

/// Addresses of confirmed contacts, and the key that each names.
fn contacts(site: &Site) -> impl Iterator<Item = (&str, &Key)> {
    let mail = site.policy.contacts.iter().filter(|contact| contact.confirmed && contact.kind == Kind::Email);
    mail.filter_map(|contact| {
        let (address, id) = (contact.address.as_ref()?, contact.key.as_ref()?);
        Some((address.as_str(), site.keys.iter().find(|key| key.id == id.as_str())?))
    })
}

/// A host and the domains above it, but not the last label: nobody's mail is at `org`. Whoever holds the portal's host
/// at a shared domain such as `github.io` has no address there, so nothing of theirs can be given away.
fn above(host: &str) -> impl Iterator<Item = &str> {
    let starts = host.match_indices('.').map(|(at, _)| &host[at + 1..]);
    std::iter::once(host).chain(starts).filter(|domain| domain.contains('.'))
}
