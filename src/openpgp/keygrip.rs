//! Keygrips: the names that gpg-agent and smart cards know keys by.
//!
//! In goes a public key, out come 20 bytes, the same as `gpg --with-keygrip` prints. A keygrip depends on the numbers of
//! a key alone, not on its date or its certificate. It is SHA-1 and proves nothing: whatever a keygrip leads to, the
//! signature that comes back is checked against the public key.

use std::fmt;

use sequoia_openpgp::crypto::mpi::PublicKey;
use sequoia_openpgp::fmt::hex;
use sequoia_openpgp::packet::Key;
use sequoia_openpgp::packet::key::{PublicParts, UnspecifiedRole};
use sequoia_openpgp::types::{Curve, HashAlgorithm};

use self::curves::Parameters;

mod curves;

/// A key's name among the secrets that gpg-agent keeps.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Keygrip([u8; 20]);

impl Keygrip {
    /// The keygrip of a key that can sign for us: RSA, Ed25519, ECDSA on a NIST curve. `None` for others.
    pub(crate) fn of(key: &Key<PublicParts, UnspecifiedRole>) -> Option<Self> {
        match key.mpis() {
            // libgcrypt hashes the modulus as a signed number. A modulus begins with a set bit, thus a zero byte goes first.
            PublicKey::RSA { n, .. } => sha1(&[&[0], n.value()]),
            PublicKey::EdDSA { curve: Curve::Ed25519, q } => {
                // OpenPGP marks the native encoding of a point with 0x40; libgcrypt drops the mark.
                curve(&curves::ED25519, q.value().strip_prefix(&[0x40])?)
            }
            PublicKey::ECDSA { curve: Curve::NistP256, q } => curve(&curves::NIST_P256, q.value()),
            PublicKey::ECDSA { curve: Curve::NistP384, q } => curve(&curves::NIST_P384, q.value()),
            PublicKey::ECDSA { curve: Curve::NistP521, q } => curve(&curves::NIST_P521, q.value()),
            _ => None,
        }
    }
}

/// The parameters of the curve and the point, each as the list of its name and its bytes, in libgcrypt's order.
fn curve(of: &Parameters, point: &[u8]) -> Option<Keygrip> {
    let mut hashed = Vec::with_capacity(1024);
    for (name, number) in [("p", of.p), ("a", of.a), ("b", of.b), ("g", of.g), ("n", of.n)] {
        list(&mut hashed, name, &hex::decode(number).ok()?);
    }
    list(&mut hashed, "q", point);
    sha1(&[&hashed])
}

fn list(out: &mut Vec<u8>, name: &str, value: &[u8]) {
    out.extend_from_slice(format!("(1:{name}{}:", value.len()).as_bytes());
    out.extend_from_slice(value);
    out.push(b')');
}

fn sha1(pieces: &[&[u8]]) -> Option<Keygrip> {
    let mut context = HashAlgorithm::SHA1.context().ok()?.for_digest();
    for piece in pieces {
        context.update(piece);
    }
    context.into_digest().ok()?.try_into().ok().map(Keygrip)
}

impl fmt::Display for Keygrip {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02X}"))
    }
}

impl fmt::Debug for Keygrip {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Keygrip({self})")
    }
}

#[cfg(test)]
mod tests;
