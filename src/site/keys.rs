//! Certificates that are shown, checked against what the policy says of them.

use jiff::Timestamp;

use super::{Mark, Options};
use crate::diag::Diagnostics;
use crate::model::policy::Policy;
use crate::model::policy::key::{Available, Key as Entry, Purpose};
use crate::openpgp::fitness::Unfit;
use crate::openpgp::{Certificate, CertificateProblem};
use crate::rules::{input, key as rules, policy as policy_rules};
use crate::source::{Sources, Span};

/// How long before its end a key is warned about.
pub const NOTICE_DAYS: i64 = 30;

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
            check_life(entry, certificate, sources.judged, diags);
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

fn check_life(entry: &Entry, certificate: &Certificate, date: Timestamp, diags: &mut Diagnostics) {
    let span = entry.file.as_ref().map_or(entry.span, |file| file.span);
    let facts = certificate.facts(date);
    let signs = entry.purposes.contains(&Purpose::SignAdvisories);
    let encrypts = entry.purposes.contains(&Purpose::Encrypt);
    let mut ended = false;
    if signs && let Some(unfit) = certificate.problems_for_signing(date).into_iter().next() {
        diags.push(rules::EXPIRED_KEY.at(span, unfit.to_string()).help(unfit.help()));
        ended = true;
    }
    if encrypts
        && !ended
        && let Some(unfit) = certificate.problems_for_encryption(date).into_iter().next()
    {
        // A certificate that is over is over; one that merely cannot be encrypted to can still be shown.
        let whole = matches!(unfit, Unfit::Expired { .. } | Unfit::Revoked(_));
        let rule = if whole { &rules::EXPIRED_KEY } else { &rules::NO_ENCRYPTION_SUBKEY };
        diags.push(rule.at(span, unfit.to_string()).help(unfit.help()));
        ended = true;
    }
    let purposes = [
        (signs, crate::openpgp::fitness::Purpose::Signing),
        (encrypts, crate::openpgp::fitness::Purpose::Encryption),
    ];
    let ends =
        purposes.into_iter().filter(|(wanted, _)| *wanted).filter_map(|(_, p)| facts.serves_until(p)).min();
    if let Some(end) = ends
        && !ended
        && end.duration_since(date).as_hours() < NOTICE_DAYS * 24
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
