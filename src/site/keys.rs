//! Certificates that are shown, checked against what the policy says of them.

use jiff::Timestamp;

use super::{Mark, Options};
use crate::diag::{Diagnostics, Rule};
use crate::model::policy::Policy;
use crate::model::policy::key::{Available, Key as Entry, Purpose};
use crate::openpgp::fitness::Unfit;
use crate::openpgp::{Certificate, CertificateProblem};
use crate::rules::{input, key as rules, policy as policy_rules};
use crate::source::{Sources, Span};

/// A key as pages show it.
#[derive(Debug)]
pub struct Key {
    /// Its id in the policy, or `dev`.
    pub id: String,
    /// Whose it is, in words.
    pub holder: Option<String>,
    /// What it is for.
    pub purposes: Vec<Purpose>,
    /// How one gets it.
    pub available: Available,
    /// The certificate, where it is published here.
    pub certificate: Option<Certificate>,
    /// Whether it signs this site.
    pub signs: bool,
}

/// Reads and checks every key. A throwaway certificate comes first and takes over signing.
pub fn resolve(policy: &Policy, sources: &Sources, options: &Options, diags: &mut Diagnostics) -> Vec<Key> {
    let mut keys = Vec::new();
    if let Some(certificate) = &options.dev_certificate {
        keys.push(Key {
            id: "dev".into(),
            holder: Some("Throwaway key of a development build".into()),
            purposes: vec![Purpose::SignAdvisories, Purpose::Encrypt],
            available: Available::Published,
            certificate: Some(certificate.clone()),
            signs: true,
        });
    }
    for entry in &policy.keys {
        let certificate = certificate(entry, sources, diags);
        if let Some(certificate) = &certificate {
            check_life(entry, &Uses::of(entry, policy), certificate, sources.judged, options, diags);
        }
        keys.push(Key {
            id: entry.id.as_str().to_owned(),
            holder: entry.holder.as_ref().map(|holder| holder.as_str().to_owned()),
            purposes: entry.purposes.clone(),
            available: entry.available,
            certificate,
            signs: options.mark == Mark::Signed
                && policy.signing.as_ref().is_some_and(|signing| signing.names(entry.id.as_str())),
        });
    }
    check_contacts(policy, &keys, diags);
    keys
}

fn certificate(entry: &Entry, sources: &Sources, diags: &mut Diagnostics) -> Option<Certificate> {
    if entry.available != Available::Published {
        return None;
    }
    let file = entry.file.as_ref()?;
    let Some((id, source)) = sources.find(file.as_str()) else {
        let message = format!("there is no file `{}`", file.as_str());
        let help = "export the public certificate there: `gpg --armor --export FINGERPRINT`";
        diags.push(policy_rules::MISSING_FILE.at(file.span, message).help(help));
        return None;
    };
    let certificate = match Certificate::parse(&source.bytes) {
        Ok(certificate) => certificate,
        Err(problem) => {
            let rule = match problem {
                // One in armor has been found with all others.
                CertificateProblem::SecretKey if super::secrets::holds_one(source) => return None,
                CertificateProblem::SecretKey => &input::SECRET_IN_INPUT,
                _ => &rules::BAD_CERTIFICATE,
            };
            let finding = rule.at(Span::start_of(id), problem.to_string()).and(file.span, "named here");
            diags.push(finding.help(problem.help()));
            return None;
        }
    };
    if let Some(fingerprint) = &entry.fingerprint
        && fingerprint.value != certificate.fingerprint()
    {
        let message = format!("the certificate's fingerprint is {}", certificate.fingerprint().grouped());
        let finding =
            rules::FINGERPRINT_MISMATCH.at(fingerprint.span, message).and(file.span, "the certificate");
        diags.push(finding.help("find out which of the two is yours before you correct the other"));
    }
    Some(certificate)
}

/// What the policy uses a key for. One that is used for nothing is shown as it is, ended or not: that is how a revoked
/// certificate stays published.
struct Uses {
    /// It signs the site.
    signs: bool,
    /// Reports are encrypted to it.
    encrypts: bool,
    /// It signs releases, which are not ours to look at.
    signs_releases: bool,
    /// Where `[signing]` and the contacts name it.
    named: Vec<(Span, &'static str)>,
}

impl Uses {
    fn of(entry: &Entry, policy: &Policy) -> Self {
        let is_this = |id: &str| id == entry.id.as_str();
        let signing = policy.signing.iter().flat_map(|signing| &signing.keys);
        let signing = signing.filter(|id| is_this(id.as_str())).map(|id| (id.span, "[signing] names it"));
        let contacts = policy.contacts.iter().filter_map(|contact| contact.key.as_ref());
        let contacts = contacts.filter(|id| is_this(id.as_str())).map(|id| (id.span, "a contact names it"));
        let (signing, contacts): (Vec<_>, Vec<_>) = (signing.collect(), contacts.collect());
        Self {
            signs: entry.purposes.contains(&Purpose::SignAdvisories) || !signing.is_empty(),
            encrypts: entry.purposes.contains(&Purpose::Encrypt) || !contacts.is_empty(),
            signs_releases: entry.purposes.contains(&Purpose::SignReleases),
            named: [signing, contacts].concat(),
        }
    }

    /// The first reason why the key cannot do what it is used for, and its rule.
    fn problem(&self, certificate: &Certificate, date: Timestamp) -> Option<(&'static Rule, Unfit)> {
        // A certificate that is over is over; one that merely cannot be encrypted to can still be shown.
        let is_over = |unfit: &Unfit| matches!(unfit, Unfit::Expired { .. } | Unfit::Revoked(_));
        let signing = certificate.problems_for_signing(date).into_iter().next();
        let encryption = certificate.problems_for_encryption(date).into_iter().next();
        let signing = signing.filter(|unfit| self.signs || (self.signs_releases && is_over(unfit)));
        signing.map(|unfit| (&rules::EXPIRED_KEY, unfit)).or_else(|| {
            let unfit = encryption.filter(|_| self.encrypts)?;
            Some((if is_over(&unfit) { &rules::EXPIRED_KEY } else { &rules::NO_ENCRYPTION_SUBKEY }, unfit))
        })
    }
}

fn check_life(
    entry: &Entry,
    uses: &Uses,
    certificate: &Certificate,
    date: Timestamp,
    options: &Options,
    diags: &mut Diagnostics,
) {
    let span = entry.file.as_ref().map_or(entry.span, |file| file.span);
    if let Some((rule, unfit)) = uses.problem(certificate, date) {
        let help = match unfit {
            Unfit::Revoked(_) => {
                "make another key with `secsite key new` and use that; this one stays published as \
                                  revoked if it has no `purpose` and nothing names it"
                    .to_owned()
            }
            _ => unfit.help(),
        };
        let finding = rule.at(span, unfit.to_string()).help(help);
        diags.push(uses.named.iter().fold(finding, |finding, (span, words)| finding.and(*span, *words)));
        return;
    }
    let facts = certificate.facts(date);
    let purposes = [
        (uses.signs, crate::openpgp::fitness::Purpose::Signing),
        (uses.encrypts, crate::openpgp::fitness::Purpose::Encryption),
    ];
    let ends =
        purposes.into_iter().filter(|(wanted, _)| *wanted).filter_map(|(_, p)| facts.serves_until(p)).min();
    if let Some(end) = ends
        && end.duration_since(date).as_hours() < i64::from(options.notice()) * 24
    {
        let day = crate::value::date::When::Instant(end).day();
        let help = "extend it with `gpg --quick-set-expire FINGERPRINT 1y '*'`, then export it again";
        diags.push(rules::KEY_EXPIRES_SOON.at(span, format!("the key ends on {day}")).help(help));
    }
}

/// A contact's key should be made for the contact's address.
fn check_contacts(policy: &Policy, keys: &[Key], diags: &mut Diagnostics) {
    for contact in &policy.contacts {
        let Some(wanted) = &contact.key else { continue };
        let Some(key) = keys.iter().find(|key| key.id == wanted.as_str()) else { continue };
        let (Some(certificate), Some(address)) = (&key.certificate, &contact.address) else { continue };
        let is_mail = matches!(contact.kind, crate::model::policy::contact::Kind::Email);
        if is_mail && certificate.minimal_for(address.as_str()).is_none() {
            let message = format!("the certificate has no user id for `{}`", address.as_str());
            let help = "add one with `gpg --quick-add-uid FINGERPRINT '<address>'`, then export it again";
            diags.push(rules::HOLDER_NOT_IN_CERTIFICATE.at(wanted.span, message).help(help));
        }
    }
}
