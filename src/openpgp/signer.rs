//! Making signatures, in canonical form alone.
//!
//! In goes a secret key once, or whoever holds one, and then data; out come detached signatures and clear-signed text.
//! Nothing random goes into a signature: an Ed25519 key gives the same bytes for the same data and date. (Sequoia's own builder salts every
//! version 4 signature; the packet is built by hand here for that reason.) No secret comes out again.

use jiff::Timestamp;
use sequoia_openpgp::cert::Cert;
use sequoia_openpgp::crypto::S2K;
use sequoia_openpgp::crypto::hash::{Context, Hash as _};
use sequoia_openpgp::crypto::mpi;
use sequoia_openpgp::packet::key::{SecretKeyMaterial, Unencrypted};
use sequoia_openpgp::packet::signature::Signature4;
use sequoia_openpgp::packet::signature::subpacket::SubpacketArea;
use sequoia_openpgp::types::{HashAlgorithm, SignatureType};

use self::hand::Hand;
use self::problem::SignerProblem;
use super::certificate::Certificate;
use super::fingerprint::Fingerprint;
use super::fitness::{self, Purpose, Unfit, UsableKey};
use super::held::{Candidate, Held};
use super::new_key::NewKey;
use super::signing_key::{self, Refused, SigningKey};
use super::{Passphrase, canonical, frame, system_time, transferable};

mod hand;
pub mod problem;

/// How often a passphrase is asked for.
const TRIES: usize = 3;

/// A key that signs. Many threads may use one at once.
#[derive(Debug)]
pub struct Signer {
    hand: Hand,
    created: Timestamp,
    until: Option<Timestamp>,
    certificate: Certificate,
    primary_secret: bool,
}

impl Signer {
    /// Reads a secret key and takes its newest signing key that is valid at `at`: a subkey, or the primary key if that
    /// signs. `passphrase` is asked at most three times, and only if that key is protected; `None` gives up.
    pub fn from_secret(
        bytes: &[u8],
        passphrase: &mut dyn FnMut() -> Option<Passphrase>,
        at: Timestamp,
    ) -> Result<Self, SignerProblem> {
        let cert = transferable::read_one(bytes).map_err(SignerProblem::Unreadable)?;
        Self::from_cert(cert, passphrase, at)
    }

    /// A key for one build on a developer's machine: made now, thrown away after, never written.
    pub fn throwaway(user_id: &str, at: Timestamp, expires: Timestamp) -> Result<Self, SignerProblem> {
        let key = NewKey {
            user_ids: vec![user_id.to_owned()],
            created: at,
            expires: Some(expires),
            passphrase: None,
        };
        let cert = key.build().map_err(|_| SignerProblem::Date)?.0;
        Self::from_cert(cert, &mut || None, at)
    }

    /// A key whose secret somebody else holds, such as gpg-agent. Each of its signatures is checked when it comes.
    pub fn held(key: Candidate, held: Box<dyn Held>) -> Self {
        let Candidate { usable: UsableKey { key, created, until }, certificate, .. } = key;
        let hand = Hand::Other { public: Box::new(key), held };
        Self { hand, created, until, certificate, primary_secret: false }
    }

    fn from_cert(
        cert: Cert,
        passphrase: &mut dyn FnMut() -> Option<Passphrase>,
        at: Timestamp,
    ) -> Result<Self, SignerProblem> {
        let (chosen, secret) = choose(&cert, at)?;
        let secret = unlock(&chosen, secret, passphrase)?;
        let key = SigningKey::admit(chosen.key, secret)
            .map_err(|refused| refusal(&refused, &cert.fingerprint()))?;
        let primary_secret =
            cert.primary_key().key().optional_secret().is_some_and(|secret| !is_stub(secret));
        // `read_one` and `NewKey` give version 4 keys alone.
        let certificate = Certificate::from_cert(cert).ok_or(SignerProblem::Engine)?;
        let (hand, created, until) = (Hand::Own(Box::new(key)), chosen.created, chosen.until);
        Ok(Self { hand, created, until, certificate, primary_secret })
    }

    /// Whether somebody else holds the secret, and may ask a person for each signature.
    pub fn is_held(&self) -> bool {
        matches!(self.hand, Hand::Other { .. })
    }

    /// Whether the file also held the primary secret, which belongs in a drawer, not in CI. Never true of a key that
    /// somebody else holds.
    pub fn has_primary_secret(&self) -> bool {
        self.primary_secret
    }

    /// The public certificate of this key.
    pub fn certificate(&self) -> &Certificate {
        &self.certificate
    }

    /// When the signing key ends, or its certificate if that is sooner. Signatures are worthless after it.
    pub fn expires(&self) -> Option<Timestamp> {
        self.until
    }

    /// An armored detached signature over `data`, dated `at`.
    pub fn sign_detached(&self, data: &[u8], at: Timestamp) -> Result<Vec<u8>, SignerProblem> {
        let signature = self.sign(SignatureType::Binary, data, at)?;
        canonical::write(&[signature]).map_err(|_| SignerProblem::Engine)
    }

    /// `text` in the canonical cleartext frame, signed and dated `at`.
    pub fn sign_cleartext(&self, text: &str, at: Timestamp) -> Result<Vec<u8>, SignerProblem> {
        frame::check(text).map_err(SignerProblem::Unframable)?;
        let signature = self.sign(SignatureType::Text, &frame::signed_bytes(text), at)?;
        let armored = canonical::write(&[signature]).map_err(|_| SignerProblem::Engine)?;
        Ok(frame::wrap(text, &armored))
    }

    fn sign(&self, kind: SignatureType, data: &[u8], at: Timestamp) -> Result<Signature4, SignerProblem> {
        // The date may differ from that of the check in `from_secret`; it must be within the key's life too.
        if at < self.created {
            return Err(SignerProblem::Unfit(Unfit::NotYetValid { from: self.created }));
        }
        if let Some(since) = self.until.filter(|until| *until <= at) {
            return Err(SignerProblem::Unfit(Unfit::SubkeyExpired { purpose: Purpose::Signing, since }));
        }
        let created = system_time(at).try_into().map_err(|_| SignerProblem::Date)?;
        let public = self.hand.public();
        let area = canonical::hashed(created, public.fingerprint()).map_err(|_| SignerProblem::Engine)?;
        let packet = |prefix, numbers| {
            let (algorithm, hash) = (public.pk_algo(), HashAlgorithm::SHA512);
            Signature4::new(kind, algorithm, hash, area.clone(), SubpacketArea::default(), prefix, numbers)
        };
        // The digest covers the packet's head; its numbers come last.
        let blank = mpi::Signature::EdDSA { r: mpi::MPI::new(&[]), s: mpi::MPI::new(&[]) };
        let digest = digest(&packet([0; 2], blank), data).map_err(|_| SignerProblem::Engine)?;
        Ok(packet([digest[0], digest[1]], self.hand.sign_sha512(&digest)?))
    }
}

/// The digest a signature is made over (RFC 9580 §5.2.4). `data` is as the signature's type wants it.
pub(crate) fn digest(signature: &Signature4, data: &[u8]) -> sequoia_openpgp::Result<Vec<u8>> {
    let mut context: Context = signature.hash_algo().context()?.for_signature(4);
    context.update(data);
    signature.hash(&mut context)?;
    context.into_digest()
}

/// The fingerprint of the key in a file, if the secret of its primary key is in there too. Nothing is unlocked.
///
/// # Errors
/// The file is not one key that we can read.
pub fn primary_secret(bytes: &[u8]) -> Result<Option<Fingerprint>, SignerProblem> {
    let cert = transferable::read_one(bytes).map_err(SignerProblem::Unreadable)?;
    let held = cert.primary_key().key().optional_secret().is_some_and(|secret| !is_stub(secret));
    Ok(Fingerprint::from_sequoia(&cert.fingerprint()).filter(|_| held))
}

/// The newest valid signing key whose secret is here and may be used; else why there is none.
fn choose(cert: &Cert, at: Timestamp) -> Result<(UsableKey, SecretKeyMaterial), SignerProblem> {
    pick(cert, usable(cert, at)?)
}

/// The same, but a subkey.
pub(crate) fn choose_subkey(cert: &Cert, at: Timestamp) -> Result<UsableKey, SignerProblem> {
    let mut usable = usable(cert, at)?;
    usable.retain(|candidate| candidate.key.fingerprint() != cert.fingerprint());
    if usable.is_empty() {
        return Err(refusable(&cert.fingerprint(), SignerProblem::NoSubkey));
    }
    Ok(pick(cert, usable)?.0)
}

/// The signing keys of a certificate that comes with secrets, newest first.
fn usable(cert: &Cert, at: Timestamp) -> Result<Vec<UsableKey>, SignerProblem> {
    if !cert.is_tsk() {
        return Err(SignerProblem::PublicOnly);
    }
    able(cert, at)
}

/// The first of some signing keys whose secret is here and may be used.
fn pick(cert: &Cert, usable: Vec<UsableKey>) -> Result<(UsableKey, SecretKeyMaterial), SignerProblem> {
    let mut obstacle = SignerProblem::CertifyOnly;
    for (i, candidate) in usable.into_iter().enumerate() {
        let fingerprint = candidate.key.fingerprint();
        let problem = match secret_of(cert, &fingerprint) {
            None => refusable(&fingerprint, SignerProblem::SecretElsewhere),
            Some(secret) => match signing_key::permit(&candidate.key) {
                Ok(()) => return Ok((candidate, secret)),
                Err(refused) => refusal(&refused, &fingerprint),
            },
        };
        // Of several obstacles, a key that is here and refused tells more than one that is elsewhere.
        if i == 0 || !matches!(problem, SignerProblem::SecretElsewhere(_)) {
            obstacle = problem;
        }
    }
    Err(obstacle)
}

/// The valid signing keys of a certificate, newest first, wherever their secrets are; else why there is none.
pub(super) fn able(cert: &Cert, at: Timestamp) -> Result<Vec<UsableKey>, SignerProblem> {
    fitness::keys_for(cert, Purpose::Signing, at).map_err(|problems| match problems.into_iter().next() {
        None | Some(Unfit::NoKey(_)) if fitness::keys_for(cert, Purpose::Encryption, at).is_ok() => {
            SignerProblem::EncryptOnly
        }
        None | Some(Unfit::NoKey(_)) => SignerProblem::CertifyOnly,
        Some(problem) => SignerProblem::Unfit(problem),
    })
}

fn secret_of(cert: &Cert, fingerprint: &sequoia_openpgp::Fingerprint) -> Option<SecretKeyMaterial> {
    cert.keys()
        .find(|key| key.key().fingerprint() == *fingerprint)
        .and_then(|key| key.key().optional_secret().cloned())
        .filter(|secret| !is_stub(secret))
}

/// GnuPG's placeholder for a secret that is on a card or was left out.
fn is_stub(secret: &SecretKeyMaterial) -> bool {
    matches!(secret, SecretKeyMaterial::Encrypted(sealed) if matches!(sealed.s2k(), S2K::Private { .. }))
}

fn refusal(refused: &Refused, fingerprint: &sequoia_openpgp::Fingerprint) -> SignerProblem {
    match refused {
        Refused::Rsa => refusable(fingerprint, SignerProblem::RsaSecret),
        Refused::Algorithm(words) => SignerProblem::Algorithm(words.clone()),
    }
}

fn refusable(
    fingerprint: &sequoia_openpgp::Fingerprint,
    problem: impl FnOnce(Fingerprint) -> SignerProblem,
) -> SignerProblem {
    Fingerprint::from_sequoia(fingerprint).map_or(SignerProblem::Engine, problem)
}

fn unlock(
    chosen: &UsableKey,
    secret: SecretKeyMaterial,
    passphrase: &mut dyn FnMut() -> Option<Passphrase>,
) -> Result<Unencrypted, SignerProblem> {
    let sealed = match secret {
        SecretKeyMaterial::Unencrypted(open) => return Ok(open),
        SecretKeyMaterial::Encrypted(sealed) => sealed,
    };
    if !sealed.s2k().is_supported() {
        return Err(SignerProblem::OddProtection);
    }
    for attempt in 0..TRIES {
        let Some(words) = passphrase() else {
            return Err(if attempt == 0 {
                SignerProblem::NoPassphrase
            } else {
                SignerProblem::WrongPassphrase
            });
        };
        if let Ok(open) = sealed.decrypt(&chosen.key, &words) {
            return Ok(open);
        }
    }
    Err(SignerProblem::WrongPassphrase)
}

#[cfg(test)]
mod tests;
