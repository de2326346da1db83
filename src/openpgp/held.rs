//! Secrets that are kept elsewhere: in gpg-agent, on a smart card.
//!
//! In goes a public certificate, out come its signing keys as [`Candidate`]s, each with the [`Keygrip`] to look for. Who
//! finds one implements [`Held`] for it and makes a [`super::Signer`]. No secret ever gets here, so RSA keys may sign this
//! way in every build. The keeper is not trusted: what it signed is checked before it goes on.

use std::fmt;

use jiff::Timestamp;
use sequoia_openpgp::crypto::mpi::{self, MPI, PublicKey};
use sequoia_openpgp::packet::Key;
use sequoia_openpgp::packet::key::{PublicParts, UnspecifiedRole};

use super::certificate::Certificate;
use super::fingerprint::Fingerprint;
use super::fitness::{Unfit, UsableKey};
use super::keygrip::Keygrip;
use super::signer::problem::SignerProblem;
use super::{algorithm, contained, signer};

/// The shortest RSA modulus that signs, in bits.
const SHORTEST_RSA: usize = 2048;

/// A secret key that somebody else holds. Many threads may ask at once.
pub trait Held: Send + Sync + fmt::Debug {
    /// Signs a SHA-512 digest.
    fn sign_sha512(&self, digest: &[u8]) -> Result<RawSignature, HeldProblem>;
}

/// The numbers of a signature, big-endian.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RawSignature {
    /// RSA with PKCS #1 v1.5 padding.
    Rsa {
        /// The padded digest to the power of the secret exponent.
        s: Vec<u8>,
    },
    /// Ed25519.
    EdDsa {
        /// The encoded point.
        r: Vec<u8>,
        /// The scalar.
        s: Vec<u8>,
    },
    /// ECDSA.
    EcDsa {
        /// The first number.
        r: Vec<u8>,
        /// The second number.
        s: Vec<u8>,
    },
}

impl RawSignature {
    /// In OpenPGP's form, if it is of the kind that `key` makes.
    pub(crate) fn numbers(&self, key: &Key<PublicParts, UnspecifiedRole>) -> Option<mpi::Signature> {
        match (self, key.mpis()) {
            (Self::Rsa { s }, PublicKey::RSA { .. }) => Some(mpi::Signature::RSA { s: MPI::new(s) }),
            (Self::EdDsa { r, s }, PublicKey::EdDSA { .. }) => {
                Some(mpi::Signature::EdDSA { r: MPI::new(r), s: MPI::new(s) })
            }
            (Self::EcDsa { r, s }, PublicKey::ECDSA { .. }) => {
                Some(mpi::Signature::ECDSA { r: MPI::new(r), s: MPI::new(s) })
            }
            _ => None,
        }
    }
}

/// Why the keeper gave no signature, in its own words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeldProblem {
    /// What went wrong: one line, lower case, no full stop.
    pub message: String,
    /// What to do about it.
    pub help: String,
}

/// A key that may sign for a certificate, if somebody holds its secret.
#[derive(Clone)]
pub struct Candidate {
    pub(crate) usable: UsableKey,
    pub(crate) certificate: Certificate,
    fingerprint: Fingerprint,
    keygrip: Keygrip,
}

impl Candidate {
    /// The signing keys of a certificate that are valid at `at`, newest first; subkeys, or the primary key if that
    /// signs. Else why there is none.
    pub fn all(certificate: &Certificate, at: Timestamp) -> Result<Vec<Self>, SignerProblem> {
        let cert = certificate.as_sequoia();
        let usable =
            contained(|| signer::able(cert, at)).unwrap_or(Err(SignerProblem::Unfit(Unfit::Unbound)))?;
        let refused = usable.first().map(|first| algorithm::words(&first.key)).unwrap_or_default();
        let found: Vec<Self> =
            usable.into_iter().filter_map(|usable| Self::new(usable, certificate)).collect();
        if found.is_empty() { Err(SignerProblem::Algorithm(refused)) } else { Ok(found) }
    }

    fn new(usable: UsableKey, certificate: &Certificate) -> Option<Self> {
        if algorithm::rsa_bits(&usable.key).is_some_and(|bits| bits < SHORTEST_RSA) {
            return None;
        }
        let fingerprint = Fingerprint::from_sequoia(&usable.key.fingerprint())?;
        let keygrip = Keygrip::of(&usable.key)?;
        Some(Self { usable, certificate: certificate.clone(), fingerprint, keygrip })
    }

    /// The name of the key for gpg-agent.
    pub fn keygrip(&self) -> Keygrip {
        self.keygrip
    }

    /// The fingerprint of the key itself, which may be a subkey.
    pub fn fingerprint(&self) -> Fingerprint {
        self.fingerprint
    }

    /// `Ed25519`, `RSA 4096`, `ECDSA NIST P-256`.
    pub fn algorithm(&self) -> String {
        algorithm::words(&self.usable.key)
    }
}

impl fmt::Debug for Candidate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Candidate({}, {})", self.fingerprint, self.keygrip)
    }
}

#[cfg(test)]
mod tests;
