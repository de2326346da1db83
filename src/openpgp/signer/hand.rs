//! The hand that signs: a secret key in this process, or whoever holds one.
//!
//! In goes a digest, out come the numbers of a signature. What another program gives is checked here against the public
//! key, so that a signature that does not hold never gets into a packet.

use sequoia_openpgp::crypto::mpi;
use sequoia_openpgp::packet::Key;
use sequoia_openpgp::packet::key::{PublicParts, UnspecifiedRole};
use sequoia_openpgp::types::HashAlgorithm;

use super::problem::SignerProblem;
use crate::openpgp::contained;
use crate::openpgp::fingerprint::Fingerprint;
use crate::openpgp::held::Held;
use crate::openpgp::signing_key::SigningKey;

/// What signs.
#[derive(Debug)]
pub(super) enum Hand {
    /// The secret is here.
    Own(Box<SigningKey>),
    /// Somebody else has it.
    Other {
        /// What its signatures are checked with.
        public: Box<Key<PublicParts, UnspecifiedRole>>,
        /// Who has it.
        held: Box<dyn Held>,
    },
}

impl Hand {
    /// The public half of the key.
    pub(super) fn public(&self) -> &Key<PublicParts, UnspecifiedRole> {
        match self {
            Self::Own(key) => key.public(),
            Self::Other { public, .. } => public,
        }
    }

    /// Signs a SHA-512 digest.
    pub(super) fn sign_sha512(&self, digest: &[u8]) -> Result<mpi::Signature, SignerProblem> {
        match self {
            Self::Own(key) => key.sign_sha512(digest).map_err(|_| SignerProblem::Engine),
            Self::Other { public, held } => {
                let raw = held.sign_sha512(digest).map_err(SignerProblem::Held)?;
                let holds = |numbers: &mpi::Signature| {
                    let check = || public.verify(numbers, HashAlgorithm::SHA512, digest).is_ok();
                    contained(check).unwrap_or(false)
                };
                raw.numbers(public).filter(holds).ok_or_else(|| {
                    Fingerprint::from_sequoia(&public.fingerprint())
                        .map_or(SignerProblem::Engine, SignerProblem::Faulty)
                })
            }
        }
    }
}
