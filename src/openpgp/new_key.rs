//! New keys, shaped for publishing: a primary key that only certifies and belongs off line, one subkey to sign, one to
//! be encrypted to. All are version 4 on Curve25519, which GnuPG 2.2 imports and uses.
//!
//! In go names and dates, out come three files as bytes. This is the only place that needs randomness.

use std::fmt;
use std::time::Duration;

use jiff::Timestamp;
use sequoia_openpgp::armor::Kind;
use sequoia_openpgp::cert::{Cert, CertBuilder, CipherSuite};
use sequoia_openpgp::packet::Signature;
use sequoia_openpgp::serialize::{Serialize, SerializeInto as _};
use sequoia_openpgp::types::{Features, KeyFlags};
use sequoia_openpgp::{Packet, Profile};

use super::certificate::{Certificate, armored};
use super::signer::problem::SignerProblem;
use super::signer::{self};
use super::{Passphrase, Secret, system_time, transferable};

/// What a new key is to be.
#[derive(Debug, Clone)]
pub struct NewKey {
    /// `Name <name@example.org>`, the first is the primary one. At least one.
    pub user_ids: Vec<String>,
    /// The date of the key and of its self-signatures.
    pub created: Timestamp,
    /// When all of it ends.
    pub expires: Option<Timestamp>,
    /// What protects the secrets.
    pub passphrase: Option<Passphrase>,
}

/// A new key, as files.
#[derive(Debug)]
pub struct Generated {
    /// To publish.
    pub certificate: Certificate,
    /// All three secrets, armored, protected by the passphrase if one was given.
    pub secret_armored: Secret,
    /// To keep somewhere else: whoever publishes this revokes the key.
    pub revocation_armored: Vec<u8>,
}

/// Why no key was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NewKeyProblem {
    /// No user id.
    Nameless,
    /// A user id with a line break or another control character, or a blank one; its number, from 1.
    UserId(usize),
    /// It would end before it begins.
    Backwards,
    /// Dates outside 1970 to 2106.
    Date,
    /// The cryptographic library failed.
    Engine,
}

impl NewKeyProblem {
    /// What to do about it.
    pub fn help(&self) -> &'static str {
        match self {
            Self::Nameless | Self::UserId(_) => {
                "write each user id on one line, like `Name <security@example.org>`"
            }
            Self::Backwards => "give an end after the beginning; a year is a good life for a key",
            Self::Date => "give dates between 1970 and 2106",
            Self::Engine => "report this; making a key should not fail",
        }
    }
}

impl fmt::Display for NewKeyProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Nameless => write!(f, "a key needs at least one user id"),
            Self::UserId(n) => write!(f, "user id {n} is empty or holds a control character"),
            Self::Backwards => write!(f, "the key would end before it begins"),
            Self::Date => write!(f, "the dates are outside what OpenPGP can write, 1970 to 2106"),
            Self::Engine => write!(f, "the cryptographic library could not make a key"),
        }
    }
}

impl std::error::Error for NewKeyProblem {}

impl NewKey {
    /// Makes the key.
    pub fn generate(&self) -> Result<Generated, NewKeyProblem> {
        const COMMENT: [(&str, &str); 1] = [("Comment", "This is a revocation certificate")];
        let (cert, revocation) = self.build()?;
        let binary = Secret::from(cert.as_tsk().to_vec().map_err(|_| NewKeyProblem::Engine)?);
        let mut packet = Vec::new();
        Packet::from(revocation).serialize(&mut packet).map_err(|_| NewKeyProblem::Engine)?;
        Ok(Generated {
            secret_armored: Secret::from(armored(Kind::SecretKey, &[], &binary)),
            // gpg --import takes a lone revocation in the armor of a public key.
            revocation_armored: armored(Kind::PublicKey, &COMMENT, &packet),
            certificate: Certificate::from_cert(cert).ok_or(NewKeyProblem::Engine)?,
        })
    }

    pub(crate) fn build(&self) -> Result<(Cert, Signature), NewKeyProblem> {
        if self.user_ids.is_empty() {
            return Err(NewKeyProblem::Nameless);
        }
        if let Some(i) =
            self.user_ids.iter().position(|id| id.trim().is_empty() || id.contains(char::is_control))
        {
            return Err(NewKeyProblem::UserId(i + 1));
        }
        let lifetime = self.lifetime()?;
        let mut builder = CertBuilder::new()
            .set_profile(Profile::RFC4880)
            .and_then(|builder| builder.set_features(Features::empty().set_seipdv1()))
            .map_err(|_| NewKeyProblem::Engine)?
            .set_cipher_suite(CipherSuite::Cv25519)
            .set_creation_time(system_time(self.created))
            .set_validity_period(lifetime)
            .set_password(self.passphrase.clone())
            .add_signing_subkey()
            .add_subkey(
                KeyFlags::empty().set_transport_encryption().set_storage_encryption(),
                lifetime,
                None,
            );
        for id in &self.user_ids {
            builder = builder.add_userid(id.as_str());
        }
        builder.generate().map_err(|_| NewKeyProblem::Engine)
    }

    fn lifetime(&self) -> Result<Option<Duration>, NewKeyProblem> {
        const SECONDS: std::ops::RangeInclusive<i64> = 0..=u32::MAX as i64;
        let (from, to) = (self.created.as_second(), self.expires.map(Timestamp::as_second));
        if !SECONDS.contains(&from) || to.is_some_and(|to| !SECONDS.contains(&to)) {
            return Err(NewKeyProblem::Date);
        }
        match to.map(|to| u64::try_from(to - from)) {
            None => Ok(None),
            Some(Ok(seconds @ 1..)) => Ok(Some(Duration::from_secs(seconds))),
            Some(_) => Err(NewKeyProblem::Backwards),
        }
    }
}

/// What CI may hold: the key file with the secret of its signing subkey alone. The primary and all other secrets become
/// the placeholders that gpg knows from `--export-secret-subkeys`. The subkey stays protected as it was, so no
/// passphrase is needed.
pub fn export_signing_subkey(secret: &[u8], at: Timestamp) -> Result<Secret, SignerProblem> {
    let cert = transferable::read_one(secret).map_err(SignerProblem::Unreadable)?;
    let keep = signer::choose_subkey(&cert, at)?.key.fingerprint();
    let binary = cert
        .as_tsk()
        .set_filter(move |key| key.fingerprint() == keep)
        .emit_secret_key_stubs(true)
        .to_vec()
        .map_err(|_| SignerProblem::Engine)?;
    Ok(Secret::from(armored(Kind::SecretKey, &[], &Secret::from(binary))))
}

#[cfg(test)]
mod tests;
