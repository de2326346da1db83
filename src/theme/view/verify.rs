//! How to verify the portal: with secsite, with gpg and sha256sum alone, with sq.
//!
//! In goes the site, out come commands to be pasted into a shell. They are made of fingerprints, of our own paths and of
//! the base URL, which can hold nothing that a shell reads as more than text; no other word of the policy gets into one.

mod gpg;
mod sq;

use serde::Serialize;

use super::key::Key;
use super::link::Link;
use crate::routes;
use crate::site::keys::Key as Entry;
use crate::site::{Mark, Site};

/// The page.
#[derive(Debug, Serialize)]
pub struct Verify {
    /// The keys that sign, or that would once the site is signed; none, if nobody does.
    pub keys: Vec<Key>,
    /// How many of them must have signed.
    pub threshold: usize,
    /// The same in words, for a sentence: "two of these three keys".
    pub quorum: String,
    /// The command that does all of it.
    pub secsite: String,
    /// Commands of the way without secsite.
    pub gpg: gpg::Commands,
    /// Commands for sq.
    pub sq: sq::Commands,
    /// Keys that signed before these, where the policy names them.
    pub former: Vec<Key>,
    /// The first statement by which signers handed over; there may be more, with higher numbers.
    pub statement: Option<Link>,
}

impl Verify {
    /// Gathers it.
    pub fn of(site: &Site) -> Self {
        let keys: Vec<Key> = signers(site).into_iter().map(|key| Key::of(site, key)).collect();
        let former = former(site);
        let [fingerprints, formers] = [&keys, &former]
            .map(|keys| -> Vec<&str> { keys.iter().filter_map(|key| key.fingerprint.as_deref()).collect() });
        let threshold = threshold(site, fingerprints.len());
        let statement = routes::succession(1);
        Self {
            threshold,
            quorum: quorum(threshold, fingerprints.len()),
            secsite: secsite(site, &fingerprints, threshold),
            gpg: gpg::Commands::of(site, &fingerprints, &formers),
            sq: sq::Commands::of(&fingerprints, threshold),
            // Only a signed site has it.
            statement: (site.mark == Mark::Signed && !former.is_empty())
                .then(|| Link::to(site, &statement, statement.file().as_str())),
            former,
            keys,
        }
    }
}

/// Those with a certificate to verify by. An unsigned site has none; a preview shows what will be.
fn signers(site: &Site) -> Vec<&Entry> {
    let configured = |id: &str| site.policy.signing.as_ref().is_some_and(|signing| signing.names(id));
    let signs = |key: &&Entry| match site.mark {
        Mark::Unsigned => false,
        Mark::Preview | Mark::Serve => configured(&key.id),
        Mark::Signed | Mark::DevKey => key.signs,
    };
    site.keys.iter().filter(signs).filter(|key| key.certificate.is_some()).collect()
}

/// The throwaway key of a development build stands in for all signers.
fn threshold(site: &Site, signers: usize) -> usize {
    let wanted = site.policy.signing.as_ref().map_or(1, |signing| signing.threshold.value);
    usize::try_from(wanted).unwrap_or(usize::MAX).min(signers.max(1))
}

fn former(site: &Site) -> Vec<Key> {
    let ids = site.policy.signing.iter().flat_map(|signing| &signing.succeeds);
    let entries = ids.filter_map(|id| site.keys.iter().find(|key| key.id == id.as_str()));
    entries.filter(|key| key.certificate.is_some()).map(|key| Key::of(site, key)).collect()
}

fn quorum(threshold: usize, signers: usize) -> String {
    let word = |count: usize| match count {
        1 => "one".to_owned(),
        2 => "two".to_owned(),
        3 => "three".to_owned(),
        4 => "four".to_owned(),
        _ => count.to_string(),
    };
    match (threshold, signers) {
        (_, 0 | 1) => "this key".to_owned(),
        (2, 2) => "both of these keys".to_owned(),
        (_, all) if threshold == all => format!("all {} of these keys", word(all)),
        _ => format!("{} of these {} keys", word(threshold), word(signers)),
    }
}

fn secsite(site: &Site, fingerprints: &[&str], threshold: usize) -> String {
    let verify = format!("secsite verify {}", site.base.as_str());
    let signers = fingerprints.iter().map(|fingerprint| format!("--signer {fingerprint}"));
    let threshold = (threshold > 1).then(|| format!("--threshold {threshold}"));
    let words: Vec<String> = [verify].into_iter().chain(signers).chain(threshold).collect();
    words.join(continued(words.len()))
}

/// What stands between the words of a command: long ones go on on further lines.
fn continued(words: usize) -> &'static str {
    if words > 2 { " \\\n  " } else { " " }
}

#[cfg(test)]
mod tests {
    use super::quorum;

    #[test]
    fn quorums_read_as_people_say_them() {
        for (threshold, signers, words) in [
            (1, 0, "this key"),
            (1, 1, "this key"),
            (1, 2, "one of these two keys"),
            (2, 2, "both of these keys"),
            (2, 3, "two of these three keys"),
            (3, 3, "all three of these keys"),
            (5, 9, "5 of these 9 keys"),
        ] {
            assert_eq!(quorum(threshold, signers), words);
        }
    }
}
