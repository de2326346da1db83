//! Ed25519 for many signatures by one key.
//!
//! Sequoia keeps secrets enciphered in memory and opens them for every signature, which costs more than the signature.
//! That guards a program that runs for months. A build signs for seconds, so the key is opened once, by the very crate
//! that sequoia would ask, and wiped when the build lets go of it.

use ed25519_dalek::{Signer as _, SigningKey};
use sequoia_openpgp::crypto::mpi::{MPI, PublicKey, SecretKeyMaterial, Signature};
use sequoia_openpgp::packet::Key;
use sequoia_openpgp::packet::key::{PublicParts, Unencrypted, UnspecifiedRole};

/// A secret that was opened.
pub(super) struct Open(SigningKey);

impl Open {
    /// `None` for a key of another algorithm, and for a secret that is not the public key's.
    pub(super) fn of(key: &Key<PublicParts, UnspecifiedRole>, secret: &Unencrypted) -> Option<Self> {
        let PublicKey::EdDSA { q, .. } = key.mpis() else { return None };
        let opened = secret.map(|secret| match secret {
            SecretKeyMaterial::EdDSA { scalar } => {
                let padded = scalar.value_padded(32);
                Some(SigningKey::from_bytes(padded[..].try_into().ok()?))
            }
            _ => None,
        })?;
        // A point in its native form has one octet before it (RFC 9580, section 11.2.1).
        let same = q.value().strip_prefix(&[0x40]) == Some(opened.verifying_key().as_bytes());
        same.then_some(Self(opened))
    }

    /// The numbers of the signature over a digest.
    pub(super) fn sign(&self, digest: &[u8]) -> Signature {
        let signature = self.0.sign(digest);
        Signature::EdDSA { r: MPI::new(signature.r_bytes()), s: MPI::new(signature.s_bytes()) }
    }
}

#[cfg(test)]
mod tests {
    use sequoia_openpgp::cert::CipherSuite;
    use sequoia_openpgp::crypto::{KeyPair, Signer as _};
    use sequoia_openpgp::types::HashAlgorithm;

    use super::*;
    use crate::openpgp::signing_key::tests::key;

    #[test]
    fn it_signs_as_sequoia_does() {
        let (public, secret) = key(CipherSuite::Cv25519);
        let open = Open::of(&public, &secret).unwrap();
        let mut pair = KeyPair::new(public, secret).unwrap();
        for digest in [[0; 64], [7; 64], [255; 64]] {
            assert_eq!(open.sign(&digest), pair.sign(HashAlgorithm::SHA512, &digest).unwrap());
        }
    }

    #[test]
    fn a_secret_of_another_key_is_not_opened() {
        let ((public, _), (_, secret)) = (key(CipherSuite::Cv25519), key(CipherSuite::Cv25519));
        assert!(Open::of(&public, &secret).is_none());
    }
}
