//! Judging signatures, against certificates the caller has pinned.
//!
//! In go certificates, data and a signature file, out comes who signed and until when it counts, or the first reason why
//! not. The certificates may be hostile, the file surely is. A good signature in another form than ours is a bad one;
//! a key that is expired, revoked or weak at the instant asked about makes no good signature, whenever it was made.

use std::collections::BTreeMap;
use std::fmt;

use jiff::{SignedDuration, Timestamp};
use sequoia_openpgp::packet::signature::Signature4;
use sequoia_openpgp::types::{HashAlgorithm, SignatureType};

use super::canonical::{self, NotCanonical};
use super::certificate::Certificate;
use super::fingerprint::Fingerprint;
use super::fitness::{self, Purpose, Unfit, UsableKey};
use super::frame::FrameProblem;
use super::{contained, day, frame, signer};

/// How far a signer's clock may run ahead of ours.
const SKEW: SignedDuration = SignedDuration::from_mins(15);

/// A signature that counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verified {
    /// Primary fingerprint of the signer; of the first one, if several signed.
    pub signer: Fingerprint,
    /// When it was signed, by the signer's word.
    pub created: Timestamp,
    /// When the first of the signing keys ends, and with it the signature.
    pub expires: Option<Timestamp>,
    /// Further pinned signers, all verified, by primary fingerprint.
    pub co_signers: Vec<Fingerprint>,
    /// Issuers of signatures by keys that are not pinned. They were not looked at and prove nothing.
    pub unknown: Vec<Fingerprint>,
}

impl Verified {
    /// Everybody pinned who signed, sorted, each once.
    pub fn signers(&self) -> Vec<Fingerprint> {
        let mut all = self.co_signers.clone();
        all.push(self.signer);
        all.sort();
        all.dedup();
        all
    }
}

/// Why a signature does not count.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NotVerified {
    /// The signature file has not the one form it may have.
    Form(NotCanonical),
    /// A clear-signed file has not the one frame it may have.
    Frame(FrameProblem),
    /// A signature over text where one over bytes belongs, or the reverse.
    Type,
    /// Signed by a key that is in none of the certificates.
    UnknownSigner(Fingerprint),
    /// Signed by a key that may not sign.
    Unfit {
        /// Primary fingerprint.
        signer: Fingerprint,
        /// Why not.
        problem: Unfit,
    },
    /// The numbers do not hold: the data or the signature was changed.
    Bad {
        /// Primary fingerprint of the alleged signer.
        signer: Fingerprint,
    },
    /// Dated after the instant asked about.
    FromTheFuture {
        /// The date in the signature.
        created: Timestamp,
    },
    /// Dated before its own key was made.
    BeforeItsKey {
        /// The date in the signature.
        created: Timestamp,
    },
}

impl NotVerified {
    /// What to do about it.
    pub fn help(&self) -> &'static str {
        match self {
            Self::Form(_) | Self::Frame(_) | Self::Type => {
                "sign it again with `secsite sign`; if you did not change this file, somebody or something did"
            }
            Self::UnknownSigner(_) => {
                "ask the owner, by another way than this site, for the fingerprint of the key they sign with"
            }
            Self::Unfit { .. } => {
                "ask the owner for a site signed anew; a key that has ended vouches for nothing"
            }
            Self::Bad { .. } => {
                "do not use this file; fetch it again, and tell the owner if it stays like this"
            }
            Self::FromTheFuture { .. } => {
                "check the clock of this machine; if it is right, tell the owner about theirs"
            }
            Self::BeforeItsKey { .. } => {
                "tell the owner: their signing machine has a wrong clock, or this is a forgery"
            }
        }
    }
}

impl fmt::Display for NotVerified {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Form(problem) => problem.fmt(f),
            Self::Frame(problem) => problem.fmt(f),
            Self::Type => write!(f, "the signature is of the wrong type"),
            Self::UnknownSigner(issuer) => write!(f, "signed by `{issuer}`, which is not a known signer"),
            Self::Unfit { signer, problem } => {
                write!(f, "the key of signer `{signer}` does not count: {problem}")
            }
            Self::Bad { signer } => {
                write!(f, "the signature by `{signer}` does not match: data or signature was changed")
            }
            Self::FromTheFuture { created } => {
                write!(f, "the signature is dated {}, in the future", day(*created))
            }
            Self::BeforeItsKey { created } => {
                write!(f, "the signature is dated {}, before its key was made", day(*created))
            }
        }
    }
}

impl std::error::Error for NotVerified {}

/// Certificates made ready to judge many signatures at one instant. Many threads may use one at once.
pub struct Verifier {
    keys: BTreeMap<sequoia_openpgp::Fingerprint, (Fingerprint, Result<UsableKey, Unfit>)>,
    at: Timestamp,
}

impl Verifier {
    /// Weighs every key of the pinned certificates once.
    pub fn new(certificates: &[Certificate], at: Timestamp) -> Self {
        Self::weigh(certificates, at, false)
    }

    /// The same, but keys that were revoked count. Good to find out what the owners of the certificates, or a thief,
    /// said once; never to believe it.
    pub fn forgiving(certificates: &[Certificate], at: Timestamp) -> Self {
        Self::weigh(certificates, at, true)
    }

    fn weigh(certificates: &[Certificate], at: Timestamp, forgiving: bool) -> Self {
        let mut keys = BTreeMap::new();
        for certificate in certificates {
            let primary = certificate.fingerprint();
            let cert = certificate.as_sequoia();
            match contained(|| fitness::weigh(cert, Purpose::Signing, at, forgiving))
                .unwrap_or(Err(vec![Unfit::Unbound]))
            {
                Ok(standings) => {
                    for (fingerprint, standing) in standings {
                        // Anyone can list another's key as a subkey, but not bind it for signing.
                        if standing.is_ok() || !keys.contains_key(&fingerprint) {
                            keys.insert(fingerprint, (primary, standing));
                        }
                    }
                }
                Err(problems) => {
                    let problem = problems.into_iter().next().unwrap_or(Unfit::Unbound);
                    for key in cert.keys() {
                        keys.entry(key.key().fingerprint())
                            .or_insert_with(|| (primary, Err(problem.clone())));
                    }
                }
            }
        }
        Self { keys, at }
    }

    /// Judges a detached signature file over `data`.
    pub fn detached(&self, data: &[u8], armored: &[u8]) -> Result<Verified, NotVerified> {
        let signatures = canonical::read(armored).map_err(NotVerified::Form)?;
        self.judge(&signatures, SignatureType::Binary, |signature, key| holds(signature, key, data))
    }

    /// Judges a detached signature file whose numbers somebody vouches for who is believed: that it is signed data of
    /// theirs, with the signature that they gave it. Everything else is judged here and now: the form, whose key it is, and
    /// whether that key counts.
    pub fn vouched(&self, armored: &[u8]) -> Result<Verified, NotVerified> {
        let signatures = canonical::read(armored).map_err(NotVerified::Form)?;
        self.judge(&signatures, SignatureType::Binary, |signature, key| {
            signature.pk_algo() == key.key.pk_algo()
        })
    }

    /// Judges a clear-signed file; its text comes out only if all of the file is what was signed.
    pub fn cleartext(&self, file: &[u8]) -> Result<(String, Verified), NotVerified> {
        // Why it was refused is looked for after it was refused.
        let found = || frame::diagnose(file).map(NotVerified::Frame);
        let (text, armored) =
            frame::open(file).ok_or_else(|| found().unwrap_or(NotVerified::Frame(FrameProblem::Other)))?;
        let signatures =
            canonical::read(armored).map_err(|problem| found().unwrap_or(NotVerified::Form(problem)))?;
        // The frame announces SHA-512, and a header is not covered by any signature.
        if !signatures.iter().all(|signature| signature.hash_algo() == HashAlgorithm::SHA512) {
            return Err(NotVerified::Frame(FrameProblem::OtherHash));
        }
        let data = frame::signed_bytes(text);
        let verified =
            self.judge(&signatures, SignatureType::Text, |signature, key| holds(signature, key, &data))?;
        Ok((text.to_owned(), verified))
    }

    /// A pinned key with a bad signature fails the whole; an unknown key is noted; one pinned key must have signed. Whether
    /// the numbers hold is asked of `holds`.
    fn judge(
        &self,
        signatures: &[Signature4],
        kind: SignatureType,
        holds: impl Fn(&Signature4, &UsableKey) -> bool,
    ) -> Result<Verified, NotVerified> {
        let mut verified: Option<Verified> = None;
        let mut unknown = Vec::new();
        for signature in signatures {
            let Some((created, issuer)) = canonical::read_hashed(signature) else {
                return Err(NotVerified::Form(NotCanonical::Subpackets));
            };
            let Some((signer, standing)) = self.keys.get(&issuer) else {
                unknown.push(
                    Fingerprint::from_sequoia(&issuer).ok_or(NotVerified::Form(NotCanonical::Outdated))?,
                );
                continue;
            };
            let signer = *signer;
            let key = standing
                .as_ref()
                .map_err(|problem| NotVerified::Unfit { signer, problem: problem.clone() })?;
            if signature.typ() != kind {
                return Err(NotVerified::Type);
            }
            if !holds(signature, key) {
                return Err(NotVerified::Bad { signer });
            }
            if self.at.checked_add(SKEW).is_ok_and(|latest| created > latest) {
                return Err(NotVerified::FromTheFuture { created });
            }
            if created < key.created {
                return Err(NotVerified::BeforeItsKey { created });
            }
            match &mut verified {
                None => {
                    let (co_signers, unknown) = (Vec::new(), Vec::new());
                    verified = Some(Verified { signer, created, expires: key.until, co_signers, unknown });
                }
                Some(first) => {
                    first.expires = [first.expires, key.until].into_iter().flatten().min();
                    if first.signer != signer && !first.co_signers.contains(&signer) {
                        first.co_signers.push(signer);
                    }
                }
            }
        }
        match (verified, unknown) {
            (Some(verified), unknown) => Ok(Verified { unknown, ..verified }),
            (None, unknown) => {
                Err(unknown.first().map_or(NotVerified::Form(NotCanonical::Empty), |issuer| {
                    NotVerified::UnknownSigner(*issuer)
                }))
            }
        }
    }
}

/// The numbers themselves. The digest's first two bytes, which OpenPGP only hints with, must be right as well.
fn holds(signature: &Signature4, key: &UsableKey, data: &[u8]) -> bool {
    let check = || {
        let digest = signer::digest(signature, data).ok()?;
        let hinted = digest.get(..2)? == signature.digest_prefix();
        let algorithm = signature.pk_algo() == key.key.pk_algo();
        (hinted && algorithm && key.key.verify(signature.mpis(), signature.hash_algo(), &digest).is_ok())
            .then_some(())
    };
    contained(check).flatten().is_some()
}

/// Judges one detached signature at `at`. For many, make a [`Verifier`] once.
pub fn verify_detached(
    certificates: &[Certificate],
    data: &[u8],
    armored: &[u8],
    at: Timestamp,
) -> Result<Verified, NotVerified> {
    Verifier::new(certificates, at).detached(data, armored)
}

/// Judges one clear-signed file at `at` and gives its text.
pub fn verify_cleartext(
    certificates: &[Certificate],
    file: &[u8],
    at: Timestamp,
) -> Result<(String, Verified), NotVerified> {
    Verifier::new(certificates, at).cleartext(file)
}

#[cfg(test)]
mod tests;
