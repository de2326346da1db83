//! The one door between secret key material and its use.
//!
//! In goes a key, out comes a [`SigningKey`] that can do one thing: sign a SHA-512 digest. [`permit`] is the list of
//! algorithms that may pass. With the default backend RSA is not on it (RUSTSEC-2023-0071, see [`super`]), and a
//! `SigningKey` cannot be made past it; the test below holds the rest of the crate to that.

use std::fmt;

use sequoia_openpgp::crypto::mpi::{self, PublicKey};
use sequoia_openpgp::crypto::{KeyPair, Signer as _};
use sequoia_openpgp::packet::Key;
use sequoia_openpgp::packet::key::{PublicParts, Unencrypted, UnspecifiedRole};
use sequoia_openpgp::types::{Curve, HashAlgorithm};

use super::algorithm;

#[cfg(feature = "crypto-rust")]
mod ed25519;

/// A secret key that may sign.
pub struct SigningKey {
    pair: KeyPair,
    #[cfg(feature = "crypto-rust")]
    open: Option<Box<ed25519::Open>>,
}

/// An algorithm that may not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refused {
    /// RSA of any size: its timing leaks.
    Rsa,
    /// Another one: too weak, or nothing GnuPG 2.2 verifies.
    Algorithm(String),
}

/// Whether a key's algorithm may sign in this process. Asked before any passphrase is.
pub fn permit(key: &Key<PublicParts, UnspecifiedRole>) -> Result<(), Refused> {
    match key.mpis() {
        PublicKey::EdDSA { curve: Curve::Ed25519, .. }
        | PublicKey::ECDSA { curve: Curve::NistP256 | Curve::NistP384 | Curve::NistP521, .. } => Ok(()),
        // The other backends' RSA is not the one that leaks.
        PublicKey::RSA { .. } if cfg!(feature = "crypto-rust") => Err(Refused::Rsa),
        PublicKey::RSA { n, .. } if n.bits() >= 2048 => Ok(()),
        _ => Err(Refused::Algorithm(algorithm::words(key))),
    }
}

impl SigningKey {
    /// Lets a key in, if its algorithm is on the list.
    pub fn admit(key: Key<PublicParts, UnspecifiedRole>, secret: Unencrypted) -> Result<Self, Refused> {
        permit(&key)?;
        #[cfg(feature = "crypto-rust")]
        let open = ed25519::Open::of(&key, &secret).map(Box::new);
        let pair = KeyPair::new(key, secret).map_err(|_| Refused::Algorithm("mismatched".to_owned()))?;
        Ok(Self {
            pair,
            #[cfg(feature = "crypto-rust")]
            open,
        })
    }

    /// The public half.
    pub(crate) fn public(&self) -> &Key<PublicParts, UnspecifiedRole> {
        self.pair.public()
    }

    /// Signs a SHA-512 digest. Each call works on its own copy, so that many threads can sign at once.
    pub(crate) fn sign_sha512(&self, digest: &[u8]) -> sequoia_openpgp::Result<mpi::Signature> {
        #[cfg(feature = "crypto-rust")]
        if let Some(open) = &self.open {
            return Ok(open.sign(digest));
        }
        self.pair.clone().sign(HashAlgorithm::SHA512, digest)
    }
}

impl fmt::Debug for SigningKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SigningKey({})", self.pair.public().fingerprint())
    }
}

#[cfg(test)]
mod tests {
    use sequoia_openpgp::cert::{CertBuilder, CipherSuite};
    use sequoia_openpgp::packet::key::SecretKeyMaterial;

    use super::*;

    /// A key made for the test, and its secret.
    pub(super) fn key(suite: CipherSuite) -> (Key<PublicParts, UnspecifiedRole>, Unencrypted) {
        let (cert, _) = CertBuilder::new().set_cipher_suite(suite).generate().unwrap();
        let key = cert.primary_key().key().clone().role_into_unspecified();
        let Some(SecretKeyMaterial::Unencrypted(secret)) = key.optional_secret().cloned() else { panic!() };
        (key.take_secret().0, secret)
    }

    #[test]
    #[cfg(feature = "crypto-rust")]
    fn no_rsa_key_gets_in() {
        // The only RSA secret-key operation of this repository: making the key that is turned away.
        let (public, secret) = key(CipherSuite::RSA2k);
        assert_eq!(permit(&public), Err(Refused::Rsa));
        assert_eq!(SigningKey::admit(public, secret).err(), Some(Refused::Rsa));
    }
}
