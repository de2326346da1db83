//! The words for what a key is made of, as a reader of the key page knows them.
//!
//! In goes a public key, out comes a short name. OpenPGP's own numbers and historic spellings stay inside.

use sequoia_openpgp::crypto::mpi::PublicKey;
use sequoia_openpgp::packet::Key;
use sequoia_openpgp::packet::key::{KeyParts, KeyRole};
use sequoia_openpgp::types::Curve;

/// `Ed25519`, `X25519`, `RSA 4096`, `ECDSA NIST P-256`, …
pub(crate) fn words<P: KeyParts, R: KeyRole>(key: &Key<P, R>) -> String {
    match key.mpis() {
        PublicKey::RSA { n, .. } => format!("RSA {}", n.bits()),
        PublicKey::DSA { p, .. } => format!("DSA {}", p.bits()),
        PublicKey::ElGamal { p, .. } => format!("ElGamal {}", p.bits()),
        PublicKey::EdDSA { curve: Curve::Ed25519, .. } | PublicKey::Ed25519 { .. } => "Ed25519".to_owned(),
        PublicKey::ECDH { curve: Curve::Cv25519, .. } | PublicKey::X25519 { .. } => "X25519".to_owned(),
        PublicKey::Ed448 { .. } => "Ed448".to_owned(),
        PublicKey::X448 { .. } => "X448".to_owned(),
        PublicKey::EdDSA { curve, .. } => format!("EdDSA {}", curve_words(curve)),
        PublicKey::ECDSA { curve, .. } => format!("ECDSA {}", curve_words(curve)),
        PublicKey::ECDH { curve, .. } => format!("ECDH {}", curve_words(curve)),
        _ => key.pk_algo().to_string(),
    }
}

fn curve_words(curve: &Curve) -> &'static str {
    match curve {
        Curve::NistP256 => "NIST P-256",
        Curve::NistP384 => "NIST P-384",
        Curve::NistP521 => "NIST P-521",
        Curve::BrainpoolP256 => "brainpoolP256r1",
        Curve::BrainpoolP384 => "brainpoolP384r1",
        Curve::BrainpoolP512 => "brainpoolP512r1",
        Curve::Ed25519 => "Ed25519",
        Curve::Cv25519 => "Curve25519",
        _ => "on a curve we do not know",
    }
}

/// The modulus of an RSA key, in bits.
pub(crate) fn rsa_bits<P: KeyParts, R: KeyRole>(key: &Key<P, R>) -> Option<usize> {
    match key.mpis() {
        PublicKey::RSA { n, .. } => Some(n.bits()),
        _ => None,
    }
}
