//! Who may vouch for a site: the pins, and certificates for them.
//!
//! In go the user's word, what is remembered and what the site has at `keys/`, out come keys to judge signatures by. A
//! certificate of the site counts only for the fingerprint that was pinned without it, and never takes a revocation
//! away.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;

use super::Question;
use super::finding::{Finding, quoted};
use super::offer::Offer;
use super::place::Place;
use super::remembered::Remembered;
use super::signature;
use super::verdict::Report;
use crate::formats::manifest::{Claim, Signers};
use crate::openpgp::{Certificate, Fingerprint, NotVerified, Verified, Verifier, transferable};
use crate::routes;

const HOW_TO_PIN: &str = "name the signer with `--signer FINGERPRINT` or `--signer CERTIFICATE-FILE`; take it from the \
                          owner by another way than this site: a release, a repository, a person. \
                          `--trust-on-first-use` believes the site this once";

pub(super) struct Authority {
    /// Whose signatures count now.
    pub(super) pins: BTreeSet<Fingerprint>,
    /// Whose signatures counted before a succession.
    pub(super) former: BTreeSet<Fingerprint>,
    /// Those whom the user named, and who handed over before this day.
    replaced: BTreeSet<Fingerprint>,
    /// How many of them must have signed, if the manifest does not ask for more.
    pub(super) threshold: u32,
    /// How many the user asked for, whatever a succession says.
    asked: u32,
    /// Everything known of keys, by primary fingerprint.
    pub(super) certificates: BTreeMap<Fingerprint, Certificate>,
    /// Why the site's certificate of a key is of no use.
    useless: BTreeMap<Fingerprint, String>,
    pub(super) first_use: bool,
}

impl Authority {
    /// `None` where there is nothing to judge by; the report says why.
    pub(super) fn gather(
        place: &dyn Place,
        question: &Question<'_>,
        claim: &Claim,
        report: &mut Report,
    ) -> Option<Self> {
        let remembered = question.remembered;
        let asked = question.trust.threshold.unwrap_or(1).max(1);
        let mut authority = Self {
            pins: question.trust.pins.clone(),
            former: BTreeSet::new(),
            replaced: BTreeSet::new(),
            threshold: asked,
            asked,
            certificates: BTreeMap::new(),
            useless: BTreeMap::new(),
            first_use: false,
        };
        if let Some(remembered) = remembered {
            authority.recall(remembered, question.trust.threshold.is_some());
        }
        if authority.pins.is_empty() && question.trust.first_use {
            authority.pins.extend(&claim.signers.fingerprints);
            authority.first_use = true;
        }
        if authority.pins.is_empty() {
            report.findings.push(if claim.signers.fingerprints.is_empty() {
                unsigned()
            } else {
                let origin = quoted(&claim.origin);
                Finding::trust("no-anchor", format!("nobody is pinned as a signer of {origin}"), HOW_TO_PIN)
            });
            return None;
        }
        let known = remembered.iter().flat_map(|it| &it.certificates).chain(&question.trust.certificates);
        known.for_each(|certificate| authority.absorb(certificate));
        for pin in authority.pins.clone() {
            authority.learn(place, pin);
        }
        if let Some(finding) = authority.pinned_subkey(place, claim, question.now) {
            report.findings.push(finding);
            return None;
        }
        Some(authority)
    }

    /// How many had to sign before have to now, whatever the manifest says, unless the user says both who and how many.
    /// And whoever handed over is not believed again because the user still names them: that key may be in other hands.
    fn recall(&mut self, remembered: &Remembered, counted: bool) {
        let named = std::mem::take(&mut self.pins);
        let same = named.is_empty() || named == remembered.pins;
        let explicit = counted && !named.is_empty();
        self.former.clone_from(&remembered.former);
        self.replaced = if same { BTreeSet::new() } else { &named & &remembered.former };
        let kin = same || !self.replaced.is_empty() || !named.is_disjoint(&remembered.pins);
        if kin && !explicit || !self.replaced.is_empty() {
            self.threshold = self.asked.max(remembered.threshold);
        }
        self.pins = if named.is_empty() || !self.replaced.is_empty() {
            &(&named - &self.replaced) | &remembered.pins
        } else {
            named
        };
    }

    fn absorb(&mut self, certificate: &Certificate) {
        let fingerprint = certificate.fingerprint();
        let merged = self.certificates.get(&fingerprint).and_then(|known| known.merge(certificate));
        self.certificates.insert(fingerprint, merged.unwrap_or_else(|| certificate.clone()));
    }

    /// Takes what the site has of one key.
    pub(super) fn learn(&mut self, place: &dyn Place, fingerprint: Fingerprint) {
        match of_site(place, fingerprint) {
            Ok(certificate) => self.absorb(&certificate),
            Err(why) => {
                self.useless.insert(fingerprint, why);
            }
        }
    }

    /// People copy the fingerprint of a subkey now and then. Only a key that agreed to be the subkey is believed to be
    /// one, or a site could talk its visitors into another pin.
    fn pinned_subkey(&self, place: &dyn Place, claim: &Claim, now: Timestamp) -> Option<Finding> {
        let odd: Vec<Fingerprint> =
            self.pins.iter().copied().filter(|pin| !self.certificates.contains_key(pin)).collect();
        if odd.is_empty() {
            return None;
        }
        let claimed = claim.signers.fingerprints.iter();
        let claimed: Vec<Certificate> = claimed.filter_map(|signer| of_site(place, *signer).ok()).collect();
        for certificate in self.certificates.values().chain(&claimed) {
            let facts = certificate.facts(now);
            let subkeys = facts.subkeys.iter().filter(|subkey| subkey.can_sign);
            if let Some(subkey) = subkeys.map(|it| it.fingerprint).find(|it| odd.contains(it)) {
                let message =
                    format!("`{subkey}` is a signing subkey; the key itself is `{}`", facts.fingerprint);
                let help = "pin the fingerprint of the key itself, after comparing it with the owner's word; \
                            subkeys are replaced every year or so";
                return Some(Finding::trust("subkey-pinned", message, help));
            }
        }
        None
    }

    /// Others sign from now on.
    pub(super) fn hand_over(&mut self, to: &Signers) {
        let pins = to.fingerprints.iter().copied().collect();
        self.former.extend(std::mem::replace(&mut self.pins, pins));
        self.threshold = self.asked.max(to.threshold);
    }

    /// Whether a key counts, or did on the way here.
    pub(super) fn was_pinned(&self, fingerprint: &Fingerprint) -> bool {
        self.pins.contains(fingerprint) || self.former.contains(fingerprint)
    }

    /// Judges by those of these keys whose certificates are known.
    pub(super) fn verifier<'a>(
        &self,
        signers: impl Iterator<Item = &'a Fingerprint>,
        now: Timestamp,
    ) -> Verifier {
        let signers: BTreeSet<&Fingerprint> = signers.collect();
        let certificates: Vec<Certificate> =
            signers.into_iter().filter_map(|signer| self.certificates.get(signer).cloned()).collect();
        Verifier::new(&certificates, now)
    }

    /// The manifest's signatures, by the pinned alone.
    pub(super) fn judge_manifest(&self, offer: &Offer, now: Timestamp) -> Result<Verified, Vec<Finding>> {
        let path = routes::manifest().file().with(".asc");
        let Some(armored) = offer.signature() else {
            return Err(vec![no_signature()]);
        };
        let judged = self.verifier(self.pins.iter(), now).detached(offer.manifest(), armored);
        judged.map_err(|reason| {
            let mut findings = vec![signature::finding(path.as_str(), &reason)];
            if matches!(reason, NotVerified::UnknownSigner(_)) {
                findings.extend(self.without_certificate());
                findings.extend(self.handed_over());
            }
            findings
        })
    }

    /// Pins of which nothing but the fingerprint is known.
    fn without_certificate(&self) -> impl Iterator<Item = Finding> {
        let missing = self.pins.iter().filter(|pin| !self.certificates.contains_key(pin));
        missing.map(|pin| {
            let why = self.useless.get(pin).map_or("the site has none", String::as_str);
            let path = routes::certificate(&pin.to_string()).file();
            let message = format!("there is no certificate of the pinned signer `{pin}`: {why}");
            let help = "give the certificate as a file with `--signer FILE`";
            Finding::content("no-certificate", path.as_str(), message, help)
        })
    }

    /// Why the signatures of those whom the user named do not count.
    fn handed_over(&self) -> Option<Finding> {
        let former = self.replaced.first()?;
        let pins: Vec<String> = self.pins.iter().map(|pin| format!("`{pin}`")).collect();
        let message = format!("the signer `{former}` has handed over to {}", pins.join(", "));
        let help = "ask the owner, by another way than this site, who signs now; what was seen before counts until \
                    then, unless you say --no-state";
        Some(Finding::content("handed-over", routes::manifest().file().with(".asc").as_str(), message, help))
    }

    /// Whether too few of the pinned have signed.
    pub(super) fn too_few(&self, signed: &[Fingerprint], needed: u32, named: &Signers) -> Option<Finding> {
        let counted = signed.iter().filter(|signer| self.pins.contains(signer)).count();
        let needed_count = usize::try_from(needed).unwrap_or(usize::MAX);
        if counted >= needed_count {
            return None;
        }
        let message = format!("{counted} of the pinned signers signed the manifest, and {needed} must");
        let others: Vec<String> = named
            .fingerprints
            .iter()
            .filter(|signer| !self.pins.contains(signer))
            .map(|signer| format!("`--signer {signer}`"))
            .collect();
        let help = if others.is_empty() {
            "do not use this copy; ask the owner for one that enough of them have signed".to_owned()
        } else {
            format!(
                "the manifest names further signers; pin them too, after comparing each with the owner's word: {}",
                others.join(" ")
            )
        };
        let path = routes::manifest().file().with(".asc");
        Some(Finding::content("too-few-signers", path.as_str(), message, help))
    }
}

/// The site's certificate of a key, or why there is none.
fn of_site(place: &dyn Place, fingerprint: Fingerprint) -> Result<Certificate, String> {
    let path = routes::certificate(&fingerprint.to_string()).file();
    let shown = quoted(path.as_str());
    match place.read(&path, transferable::LARGEST as u64) {
        Ok(Some(bytes)) => match Certificate::parse(&bytes) {
            Ok(certificate) if certificate.fingerprint() == fingerprint => Ok(certificate),
            Ok(_) => Err(format!("{shown} is the certificate of another key")),
            Err(problem) => Err(format!("{shown} is of no use: {problem}")),
        },
        Ok(None) => Err(format!("there is no {shown}")),
        Err(_) => Err(format!("{shown} cannot be read")),
    }
}

fn unsigned() -> Finding {
    let message = "the site is not signed: its manifest names no signer";
    let help = "there is nothing to verify; `sha256sum --check SHA256SUMS` finds damage, not deceit";
    Finding::content("unsigned", routes::manifest().file().as_str(), message, help)
}

fn no_signature() -> Finding {
    let path = routes::manifest().file().with(".asc");
    let message = format!("the manifest is not signed: there is no {}", quoted(path.as_str()));
    let help = "do not use this copy; fetch it again, and tell the owner if it stays like this";
    Finding::content("no-signature", path.as_str(), message, help)
}
