//! A public certificate: the primary key, the names bound to it, its subkeys, and what revokes them.
//!
//! In goes a file, out come facts to show and the smallest bytes to publish. Secret key material never gets in, and what
//! others have said about the key never gets out: that is how certificates of 10,000 signatures came to be.

use std::fmt;
use std::io::Write as _;

use jiff::Timestamp;
use sequoia_openpgp::armor::{Kind, Writer};
use sequoia_openpgp::cert::Cert;
use sequoia_openpgp::packet::{Signature, UserID};
use sequoia_openpgp::serialize::Serialize;
use sequoia_openpgp::{Packet, Result as SequoiaResult};

use super::algorithm;
use super::contained;
use super::facts::CertificateFacts;
use super::fingerprint::Fingerprint;
use super::fitness::{self, Purpose, Unfit};
use super::transferable::{self, Armor, Unreadable};

/// The largest RSA modulus the backend will verify with, in bits.
const WIDEST_RSA: usize = 4096;

/// A certificate without any secret key material: to publish a secret is impossible by type.
#[derive(Clone)]
pub struct Certificate {
    cert: Cert,
    fingerprint: Fingerprint,
}

/// Why a file cannot be published as a certificate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CertificateProblem {
    /// It holds a secret key.
    SecretKey,
    /// It is not one key that we can read.
    Unreadable(Unreadable),
    /// An RSA key of more bits than the backend checks.
    RsaTooWide(usize),
    /// No user id and no subkey is bound by a self-signature that holds.
    Unbound,
}

impl CertificateProblem {
    /// What to do about it.
    pub fn help(&self) -> &'static str {
        match self {
            Self::SecretKey | Self::Unreadable(Unreadable::OtherSecret) => {
                "publish what `gpg --armor --export FINGERPRINT` prints; if this file was ever committed, revoke the key"
            }
            Self::Unreadable(problem) => problem.help(),
            Self::RsaTooWide(_) => "use an Ed25519 key; `secsite key new` makes one",
            Self::Unbound => "export the key again with `gpg --armor --export FINGERPRINT`",
        }
    }
}

impl fmt::Display for CertificateProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::SecretKey => write!(f, "the file looks like a secret key"),
            Self::Unreadable(problem) => problem.fmt(f),
            Self::RsaTooWide(bits) => {
                write!(f, "RSA keys of `{bits}` bits cannot be verified, {WIDEST_RSA} at most")
            }
            Self::Unbound => write!(f, "nothing in the certificate is signed by its own key"),
        }
    }
}

impl std::error::Error for CertificateProblem {}

impl Certificate {
    /// Reads one certificate, armored or binary.
    pub fn parse(bytes: &[u8]) -> Result<Self, CertificateProblem> {
        // Before anything is parsed: a secret key that is damaged or one of several is a secret key all the same.
        if transferable::armor(bytes) == Armor::SecretKey {
            return Err(CertificateProblem::SecretKey);
        }
        let cert = transferable::read_one(bytes).map_err(|problem| match problem {
            Unreadable::OtherSecret => CertificateProblem::SecretKey,
            other => CertificateProblem::Unreadable(other),
        })?;
        if cert.is_tsk() {
            return Err(CertificateProblem::SecretKey);
        }
        if let Some(bits) = algorithm::rsa_bits(cert.primary_key().key()).filter(|bits| *bits > WIDEST_RSA) {
            return Err(CertificateProblem::RsaTooWide(bits));
        }
        // Self-signatures are verified on first use: in there, so that a panic stays in there.
        let certificate = contained(|| Self::from_cert(cert).map(|it| (it.is_bound(), it))).flatten();
        match certificate {
            Some((true, certificate)) => Ok(certificate),
            Some((false, _)) => Err(CertificateProblem::Unbound),
            None => Err(CertificateProblem::Unreadable(Unreadable::Damaged)),
        }
    }

    /// The public part of a version 4 key. `None` for packets that sequoia reads but cannot write; it has some.
    pub(crate) fn from_cert(cert: Cert) -> Option<Self> {
        let fingerprint = Fingerprint::from_sequoia(&cert.fingerprint())?;
        let certificate = Self { cert: cert.strip_secret_key_material(), fingerprint };
        certificate.try_bytes(|_| true).is_ok().then_some(certificate)
    }

    fn is_bound(&self) -> bool {
        self.cert.keys().subkeys().map(|key| key.self_signatures().count()).sum::<usize>()
            + self.cert.userids().map(|id| id.self_signatures().count()).sum::<usize>()
            + self.cert.primary_key().self_signatures().count()
            > 0
    }

    /// The fingerprint of the primary key: the name everyone pins.
    pub fn fingerprint(&self) -> Fingerprint {
        self.fingerprint
    }

    /// All that both know of one key: what was revoked once stays revoked, whoever leaves that out later. `None` if they
    /// are of different keys.
    pub fn merge(&self, other: &Self) -> Option<Self> {
        let merged = contained(|| self.cert.clone().merge_public(other.cert.clone()).ok()).flatten()?;
        contained(|| Self::from_cert(merged)).flatten()
    }

    /// What the key page shows, as it stands at `at`.
    pub fn facts(&self, at: Timestamp) -> CertificateFacts {
        CertificateFacts::of(&self.cert, self.fingerprint, at)
    }

    /// Why no signature of this certificate would be accepted at `at`; empty if one would.
    pub fn problems_for_signing(&self, at: Timestamp) -> Vec<Unfit> {
        fitness::keys_for(&self.cert, Purpose::Signing, at).err().unwrap_or_default()
    }

    /// Why nobody can encrypt to this certificate at `at`; empty if they can.
    pub fn problems_for_encryption(&self, at: Timestamp) -> Vec<Unfit> {
        fitness::keys_for(&self.cert, Purpose::Encryption, at).err().unwrap_or_default()
    }

    /// The smallest certificate, armored, without header lines: keys, user ids, self-signatures and revocations.
    /// The same certificate gives the same bytes.
    pub fn armored(&self) -> Vec<u8> {
        armored(Kind::PublicKey, &[], &self.bytes(|_| true))
    }

    /// The smallest binary certificate with only the user ids of one mail address, for its Web Key Directory
    /// (draft-koch §3.1). `None` if it has none. Letter case is ignored, as mail servers do.
    pub fn minimal_for(&self, address: &str) -> Option<Vec<u8>> {
        let wanted =
            |id: &UserID| matches!(id.email(), Ok(Some(email)) if email.eq_ignore_ascii_case(address));
        let found =
            self.cert.userids().any(|id| wanted(id.userid()) && id.self_signatures().next().is_some());
        found.then(|| self.bytes(wanted))
    }

    pub(crate) fn as_sequoia(&self) -> &Cert {
        &self.cert
    }

    fn bytes(&self, keep: impl Fn(&UserID) -> bool) -> Vec<u8> {
        // `from_cert` has written all of these packets once.
        self.try_bytes(keep).expect("what was written once can be written again")
    }

    fn try_bytes(&self, keep: impl Fn(&UserID) -> bool) -> SequoiaResult<Vec<u8>> {
        let mut out = Vec::new();
        self.packets(keep).iter().try_for_each(|packet| packet.serialize(&mut out))?;
        Ok(out)
    }

    /// What is ours to publish, in the order of RFC 9580 §10.1.1; sequoia keeps components and signatures sorted.
    fn packets(&self, keep: impl Fn(&UserID) -> bool) -> Vec<Packet> {
        let mut packets = Vec::new();
        let primary = self.cert.primary_key();
        packets.push(Packet::PublicKey(primary.key().clone()));
        packets.extend(exportable(primary.self_revocations()));
        packets.extend(exportable(primary.self_signatures()));
        for id in self.cert.userids().filter(|id| keep(id.userid())) {
            let said: Vec<Packet> =
                exportable(id.self_revocations()).chain(exportable(id.self_signatures())).collect();
            if !said.is_empty() {
                packets.push(Packet::UserID(id.userid().clone()));
                packets.extend(said);
            }
        }
        for key in self.cert.keys().subkeys() {
            let said: Vec<Packet> =
                exportable(key.self_revocations()).chain(exportable(key.self_signatures())).collect();
            if !said.is_empty() {
                packets.push(Packet::PublicSubkey(key.key().clone().role_into_subordinate()));
                packets.extend(said);
            }
        }
        packets
    }
}

/// Signatures that may leave the house (RFC 9580 §5.2.3.19).
fn exportable<'a>(signatures: impl Iterator<Item = &'a Signature>) -> impl Iterator<Item = Packet> {
    signatures.filter(|signature| signature.exportable().is_ok()).cloned().map(Packet::from)
}

/// Armor around binary packets, with a checksum, as GnuPG 2.2 writes it.
pub(crate) fn armored(kind: Kind, headers: &[(&str, &str)], bytes: &[u8]) -> Vec<u8> {
    let write = || -> SequoiaResult<Vec<u8>> {
        let capacity = bytes.len() * 2 + 256;
        let mut writer = Writer::with_headers(Vec::with_capacity(capacity), kind, headers.iter().copied())?;
        writer.write_all(bytes)?;
        Ok(writer.finalize()?)
    };
    // Only the sink can fail, and a Vec does not.
    write().expect("memory takes every byte")
}

impl fmt::Debug for Certificate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Certificate({})", self.fingerprint)
    }
}

#[cfg(test)]
mod tests;
