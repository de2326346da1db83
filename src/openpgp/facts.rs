//! What a certificate says of itself, in words and dates for the key page.
//!
//! In goes a certificate and an instant, out come plain values. User ids are a stranger's text: control and
//! direction-changing characters are replaced here, everything else is for the page to escape.

use jiff::Timestamp;
use sequoia_openpgp::cert::amalgamation::key::ValidKeyAmalgamation;
use sequoia_openpgp::cert::amalgamation::{ValidAmalgamation as _, ValidateAmalgamation as _};
use sequoia_openpgp::cert::{Cert, ValidCert};
use sequoia_openpgp::packet::Signature;
use sequoia_openpgp::types::{ReasonForRevocation, RevocationStatus};

use super::fingerprint::Fingerprint;
use super::fitness::{self, Purpose};
use super::{algorithm, system_time, timestamp};

/// A certificate as it stands at an instant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CertificateFacts {
    /// Of the primary key.
    pub fingerprint: Fingerprint,
    /// Of the primary key: `Ed25519`, `RSA 4096`.
    pub algorithm: String,
    /// When the primary key was made.
    pub created: Timestamp,
    /// When the whole certificate ends, if it does.
    pub expires: Option<Timestamp>,
    /// Whether the primary key itself signs documents.
    pub can_sign: bool,
    /// Names bound to the key; revoked ones are left out. The primary user id comes first.
    pub user_ids: Vec<UserIdFacts>,
    /// All subkeys, oldest first.
    pub subkeys: Vec<SubkeyFacts>,
    /// Why and when the whole certificate was revoked.
    pub revoked: Option<Revocation>,
}

/// One name bound to a key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UserIdFacts {
    /// The whole text, `Name <name@example.org>` by custom.
    pub text: String,
    /// The mail address in it.
    pub email: Option<String>,
}

/// One subkey.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SubkeyFacts {
    /// Its own fingerprint; nobody pins it.
    pub fingerprint: Fingerprint,
    /// `Ed25519`, `X25519`, `RSA 4096`.
    pub algorithm: String,
    /// Whether it is bound as a signing key.
    pub can_sign: bool,
    /// Whether it is bound as an encryption key.
    pub can_encrypt: bool,
    /// When it was made.
    pub created: Timestamp,
    /// When it ends, the end of the certificate aside.
    pub expires: Option<Timestamp>,
    /// Why and when it was revoked.
    pub revoked: Option<Revocation>,
}

/// That a key is not to be used any more.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Revocation {
    /// Why, and the owner's own words after it if there are any.
    pub reason: String,
    /// When it was said.
    pub date: Timestamp,
}

impl Revocation {
    /// The last of some revocations: the owner's latest word.
    pub(crate) fn newest(signatures: &[&Signature]) -> Self {
        let newest = signatures.iter().max_by_key(|signature| signature.signature_creation_time());
        Self {
            reason: newest.and_then(|signature| signature.reason_for_revocation()).map_or_else(
                || reason(ReasonForRevocation::Unspecified, b""),
                |(code, text)| reason(code, text),
            ),
            date: newest
                .and_then(|signature| signature.signature_creation_time())
                .map_or(Timestamp::UNIX_EPOCH, timestamp),
        }
    }
}

fn reason(code: ReasonForRevocation, text: &[u8]) -> String {
    let words = match code {
        ReasonForRevocation::KeySuperseded => "replaced by another key",
        ReasonForRevocation::KeyCompromised => "the secret key may be in other hands",
        ReasonForRevocation::KeyRetired => "no longer used",
        ReasonForRevocation::UIDRetired => "the name is no longer used",
        _ => "no reason given",
    };
    match harmless(text, 200) {
        // What sequoia writes where nobody gave a reason.
        text if text.is_empty() || text == "Unspecified" => words.to_owned(),
        text => format!("{words} ({text})"),
    }
}

impl CertificateFacts {
    pub(crate) fn of(cert: &Cert, fingerprint: Fingerprint, at: Timestamp) -> Self {
        // Weak bindings are shown too: the page must say what is wrong with a key that has them.
        let (policy, time) = (fitness::lax(at), system_time(at));
        let valid = cert.with_policy(&policy, time).ok();
        let primary = cert.primary_key().key();
        let mut user_ids: Vec<UserIdFacts> = Vec::new();
        let first = valid.as_ref().and_then(|v| v.primary_userid().ok()).map(|id| id.userid().clone());
        for id in valid.iter().flat_map(ValidCert::userids) {
            if matches!(id.revocation_status(), RevocationStatus::Revoked(_)) {
                continue;
            }
            let facts = UserIdFacts {
                text: harmless(id.userid().value(), 500),
                email: id.userid().email().ok().flatten().map(str::to_owned),
            };
            if first.as_ref() == Some(id.userid()) {
                user_ids.insert(0, facts);
            } else {
                user_ids.push(facts);
            }
        }
        let mut subkeys: Vec<SubkeyFacts> = cert
            .keys()
            .subkeys()
            .filter_map(|key| {
                let bound = key.clone().with_policy(&policy, time).ok();
                let bound = bound.as_ref();
                Some(SubkeyFacts {
                    fingerprint: Fingerprint::from_sequoia(&key.key().fingerprint())?,
                    algorithm: algorithm::words(key.key()),
                    can_sign: bound.is_some_and(ValidKeyAmalgamation::for_signing),
                    can_encrypt: bound
                        .is_some_and(|k| k.for_transport_encryption() || k.for_storage_encryption()),
                    created: timestamp(key.key().creation_time()),
                    expires: bound.and_then(ValidKeyAmalgamation::key_expiration_time).map(timestamp),
                    revoked: revocation(&key.revocation_status(&policy, time)),
                })
            })
            .collect();
        subkeys.sort_by_key(|subkey| (subkey.created, subkey.fingerprint));
        Self {
            fingerprint,
            algorithm: algorithm::words(primary),
            created: timestamp(primary.creation_time()),
            expires: valid.as_ref().and_then(|v| v.primary_key().key_expiration_time()).map(timestamp),
            can_sign: valid.as_ref().is_some_and(|v| v.primary_key().for_signing()),
            user_ids,
            subkeys,
            revoked: revocation(&cert.revocation_status(&policy, time)),
        }
    }

    /// When this certificate stops serving `purpose`: its own end, or that of its last living subkey for it.
    /// `None` if it never does; the date asked about does not matter.
    pub fn serves_until(&self, purpose: Purpose) -> Option<Timestamp> {
        let ends = self.subkeys.iter().filter(|subkey| {
            subkey.revoked.is_none()
                && match purpose {
                    Purpose::Signing => subkey.can_sign,
                    Purpose::Encryption => subkey.can_encrypt,
                }
        });
        // An endless subkey outlasts all others.
        let last = ends.map(|subkey| subkey.expires.unwrap_or(Timestamp::MAX)).max();
        let primary_serves = purpose == Purpose::Signing && self.can_sign;
        let last = last.filter(|end| !primary_serves && *end != Timestamp::MAX);
        [self.expires, last].into_iter().flatten().min()
    }
}

fn revocation(status: &RevocationStatus<'_>) -> Option<Revocation> {
    match status {
        RevocationStatus::Revoked(signatures) => Some(Revocation::newest(signatures)),
        _ => None,
    }
}

/// A stranger's text on one line: what steers a terminal or reorders a line becomes U+FFFD, and it ends at `longest`.
pub(super) fn harmless(bytes: &[u8], longest: usize) -> String {
    let steers = |c: char| {
        c.is_control()
            || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
    };
    String::from_utf8_lossy(bytes)
        .chars()
        .take(longest)
        .map(|c| if steers(c) { char::REPLACEMENT_CHARACTER } else { c })
        .collect()
}
