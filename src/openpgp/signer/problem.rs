//! Why a secret key cannot sign, each case with its own words and its own way out.
//!
//! No variant holds a byte of the key file or of a passphrase.

use std::fmt;

use crate::openpgp::fingerprint::Fingerprint;
use crate::openpgp::fitness::{Purpose, Unfit};
use crate::openpgp::frame::Unframable;
use crate::openpgp::held::HeldProblem;
use crate::openpgp::transferable::Unreadable;

/// Why there is no signature.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SignerProblem {
    /// The file is not one key that we can read: empty, truncated, several, of another kind.
    Unreadable(Unreadable),
    /// A certificate without secrets.
    PublicOnly,
    /// The key can certify others, not documents.
    CertifyOnly,
    /// The primary key itself signs, and there is no subkey that could do it instead.
    NoSubkey(Fingerprint),
    /// The key can be encrypted to, not more.
    EncryptOnly,
    /// Expired, revoked, not yet valid, weak: why its signatures would be refused.
    Unfit(Unfit),
    /// The secret of the signing key is not in the file: on a card, or left out of the export.
    SecretElsewhere(Fingerprint),
    /// An RSA signing key; none is used in this process (RUSTSEC-2023-0071).
    RsaSecret(Fingerprint),
    /// A signing key of an algorithm that is weak, or that GnuPG 2.2 cannot verify.
    Algorithm(String),
    /// The key is protected and nobody gave a passphrase.
    NoPassphrase,
    /// The key is protected by another passphrase.
    WrongPassphrase,
    /// The key is protected in a way we cannot undo.
    OddProtection,
    /// Whoever holds the key did not sign.
    Held(HeldProblem),
    /// Whoever holds the key signed something else, or with another key.
    Faulty(Fingerprint),
    /// The text may not stand in the frame of security.txt.
    Unframable(Unframable),
    /// The date of the signature is outside 1970 to 2106, all that OpenPGP can write.
    Date,
    /// The cryptographic library failed.
    Engine,
}

impl SignerProblem {
    /// What to do about it.
    pub fn help(&self) -> String {
        match self {
            Self::Unreadable(Unreadable::TooLarge | Unreadable::Truncated | Unreadable::Damaged | Unreadable::Several) => {
                "export one key with `gpg --armor --export-secret-subkeys FINGERPRINT`, all of it".into()
            }
            Self::Unreadable(Unreadable::UnsupportedVersion) | Self::Algorithm(_) => {
                "use a version 4 Ed25519 key; `secsite key new` makes one".into()
            }
            Self::Unreadable(_) | Self::PublicOnly => {
                "give the secret key, as `gpg --armor --export-secret-subkeys FINGERPRINT` prints it".into()
            }
            Self::CertifyOnly | Self::EncryptOnly => Unfit::NoKey(Purpose::Signing).help(),
            Self::NoSubkey(key) => {
                format!("add one with `gpg --quick-add-key {key} ed25519 sign 1y`, then export the key again")
            }
            Self::Unfit(problem) => problem.help(),
            Self::SecretElsewhere(_) => {
                "sign through gpg-agent if the secret is on a card, or export it with `gpg --armor --export-secret-subkeys FINGERPRINT`".into()
            }
            Self::RsaSecret(_) => "sign through gpg-agent, build with the feature `crypto-openssl` or `crypto-nettle`, \
                 or add a signing subkey with `gpg --quick-add-key FINGERPRINT ed25519 sign 1y`"
                .into(),
            Self::NoPassphrase => "run this on a terminal, or set SECSITE_PASSPHRASE".into(),
            Self::WrongPassphrase => "try it with `gpg --import` first; letter case and blanks count".into(),
            Self::OddProtection => "set the passphrase anew with `gpg --passwd FINGERPRINT` and export again".into(),
            Self::Held(problem) => problem.help.clone(),
            Self::Faulty(_) => "restart it with `gpgconf --kill gpg-agent`, and take the card out and in if there is one; \
                 if this stays, another program listens in its place"
                .into(),
            Self::Unframable(_) => "write printable ASCII, no line beginning with `-` or `From ` or ending in a blank".into(),
            Self::Date => "give a date between 1970 and 2106".into(),
            Self::Engine => "report this; a key that was accepted should sign".into(),
        }
    }
}

impl fmt::Display for SignerProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unreadable(problem) => problem.fmt(f),
            Self::PublicOnly => write!(f, "the key file holds only the public key"),
            Self::CertifyOnly => write!(f, "the key can certify but not sign documents"),
            Self::NoSubkey(key) => {
                write!(f, "the primary key of {key} signs, and there is no signing subkey")
            }
            Self::EncryptOnly => write!(f, "the key can only be encrypted to"),
            Self::Unfit(problem) => problem.fmt(f),
            Self::SecretElsewhere(key) => {
                write!(f, "the secret of the signing key `{key}` is not in the file")
            }
            Self::RsaSecret(key) => {
                write!(
                    f,
                    "the signing key `{key}` is RSA, which this build does not sign with (RUSTSEC-2023-0071)"
                )
            }
            Self::Algorithm(algorithm) => write!(f, "keys of the kind `{algorithm}` are not signed with"),
            Self::NoPassphrase => write!(f, "the key is protected by a passphrase and none was given"),
            Self::WrongPassphrase => write!(f, "the passphrase does not open the key"),
            Self::OddProtection => write!(f, "the key is protected in a way that cannot be undone here"),
            Self::Held(problem) => f.write_str(&problem.message),
            Self::Faulty(key) => {
                write!(f, "gpg-agent gave a signature that is not one by `{key}` over this file")
            }
            Self::Unframable(problem) => write!(f, "the text cannot be clear-signed: {problem}"),
            Self::Date => write!(f, "the date is outside what OpenPGP can write"),
            Self::Engine => write!(f, "the cryptographic library failed to sign"),
        }
    }
}

impl std::error::Error for SignerProblem {}
