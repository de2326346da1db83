//! Whether a certificate can do its work at an instant: sign, or be encrypted to.
//!
//! In goes a certificate and an instant, out come its usable keys, newest first, or every reason why there is none.
//! What counts as secure is sequoia's `StandardPolicy` of that instant; nothing is weighed here a second time.

use std::fmt;

use jiff::Timestamp;
use sequoia_openpgp::cert::Cert;
use sequoia_openpgp::cert::amalgamation::key::ValidErasedKeyAmalgamation;
use sequoia_openpgp::cert::amalgamation::{ValidAmalgamation as _, ValidateAmalgamation as _};
use sequoia_openpgp::packet::Key;
use sequoia_openpgp::packet::key::{PublicParts, UnspecifiedRole};
use sequoia_openpgp::policy::{AsymmetricAlgorithm, StandardPolicy};
use sequoia_openpgp::types::{HashAlgorithm, RevocationStatus};

use super::facts::Revocation;
use super::{algorithm, day, system_time, timestamp};

/// What a key is wanted for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// Signing what we publish.
    Signing,
    /// Letting a reporter encrypt to us.
    Encryption,
}

impl Purpose {
    fn verb(self) -> &'static str {
        match self {
            Self::Signing => "sign",
            Self::Encryption => "be encrypted to",
        }
    }

    fn noun(self) -> &'static str {
        match self {
            Self::Signing => "signing",
            Self::Encryption => "encryption",
        }
    }
}

/// Why a certificate cannot do its work.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unfit {
    /// The key is younger than the date asked about.
    NotYetValid {
        /// When it was made.
        from: Timestamp,
    },
    /// The whole certificate has ended.
    Expired {
        /// When.
        since: Timestamp,
    },
    /// The whole certificate was revoked by its owner.
    Revoked(Revocation),
    /// Nothing in it is made for this.
    NoKey(Purpose),
    /// It has a subkey for this, which has ended.
    SubkeyExpired {
        /// What the subkey was for.
        purpose: Purpose,
        /// When it ended; the latest, if there are several.
        since: Timestamp,
    },
    /// It has a subkey for this, which was revoked.
    SubkeyRevoked {
        /// What the subkey was for.
        purpose: Purpose,
        /// Why and when.
        revocation: Revocation,
    },
    /// Bound by signatures or made of numbers that are no longer secure: SHA-1, short RSA, DSA.
    Weak {
        /// `RSA 1024`, `DSA 1024`, or the algorithm of a key whose bindings are weak.
        algorithm: String,
    },
    /// No self-signature holds.
    Unbound,
}

impl Unfit {
    /// What to do about it.
    pub fn help(&self) -> String {
        match self {
            Self::NotYetValid { .. } => "check the date of this build and the clock of the machine that made the key".into(),
            Self::Expired { .. } => "extend the key with `gpg --quick-set-expire FINGERPRINT 1y`, then export it again".into(),
            Self::SubkeyExpired { .. } => {
                "extend the subkey with `gpg --quick-set-expire FINGERPRINT 1y '*'`, then export the key again".into()
            }
            Self::Revoked(_) => "make a new key with `secsite key new` and keep the revoked certificate published".into(),
            Self::NoKey(Purpose::Signing) | Self::SubkeyRevoked { purpose: Purpose::Signing, .. } => {
                "add one with `gpg --quick-add-key FINGERPRINT ed25519 sign 1y`, then export the key again".into()
            }
            Self::NoKey(Purpose::Encryption) | Self::SubkeyRevoked { purpose: Purpose::Encryption, .. } => {
                "add one with `gpg --quick-add-key FINGERPRINT cv25519 encr 1y`, then export the key again".into()
            }
            Self::Weak { .. } => "use an Ed25519 key; `secsite key new` makes one".into(),
            Self::Unbound => "export the key again with `gpg --armor --export FINGERPRINT`".into(),
        }
    }
}

impl fmt::Display for Unfit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotYetValid { from } => write!(f, "the key is not valid before {}", day(*from)),
            Self::Expired { since } => write!(f, "the key expired on {}", day(*since)),
            Self::Revoked(r) => write!(f, "the key was revoked on {}: {}", day(r.date), r.reason),
            Self::NoKey(purpose) => write!(f, "the key has no part that can {}", purpose.verb()),
            Self::SubkeyExpired { purpose, since } => {
                write!(f, "the {} subkey expired on {}", purpose.noun(), day(*since))
            }
            Self::SubkeyRevoked { purpose, revocation } => write!(
                f,
                "the {} subkey was revoked on {}: {}",
                purpose.noun(),
                day(revocation.date),
                revocation.reason
            ),
            Self::Weak { algorithm } => {
                write!(
                    f,
                    "the {algorithm} key, or what binds it, is too weak to trust: SHA-1, DSA or short RSA"
                )
            }
            Self::Unbound => write!(f, "nothing in the certificate is signed by its own key"),
        }
    }
}

impl std::error::Error for Unfit {}

/// A key that may be used, and until when.
#[derive(Clone)]
pub(crate) struct UsableKey {
    pub(crate) key: Key<PublicParts, UnspecifiedRole>,
    pub(crate) created: Timestamp,
    pub(crate) until: Option<Timestamp>,
}

/// What is secure at an instant.
pub(crate) fn strict(at: Timestamp) -> StandardPolicy<'static> {
    StandardPolicy::at(system_time(at))
}

/// Believes weak signatures too. For telling *why* a key is refused, and for revocations: whoever may have revoked a key
/// with SHA-1 must be heard.
pub(crate) fn lax(at: Timestamp) -> StandardPolicy<'static> {
    let mut policy = strict(at);
    policy.accept_hash(HashAlgorithm::SHA1);
    policy.accept_hash(HashAlgorithm::RipeMD);
    policy.accept_hash(HashAlgorithm::MD5);
    for algorithm in AsymmetricAlgorithm::variants() {
        policy.accept_asymmetric_algo(algorithm);
    }
    policy
}

/// What may be said of each key bound to a certificate, primary key first.
type Standings = Vec<(sequoia_openpgp::Fingerprint, Result<UsableKey, Unfit>)>;

/// Judges every bound key of `cert` for `purpose` at `at`, or gives what condemns the whole certificate.
pub(crate) fn standings(cert: &Cert, purpose: Purpose, at: Timestamp) -> Result<Standings, Vec<Unfit>> {
    weigh(cert, purpose, at, false)
}

/// The same, but `forgiving` counts what was revoked.
pub(crate) fn weigh(
    cert: &Cert,
    purpose: Purpose,
    at: Timestamp,
    forgiving: bool,
) -> Result<Standings, Vec<Unfit>> {
    let (strict, lax, time) = (strict(at), lax(at), system_time(at));
    let from = timestamp(cert.primary_key().key().creation_time());
    if from > at {
        return Err(vec![Unfit::NotYetValid { from }]);
    }
    let Ok(believed) = cert.with_policy(&lax, time) else {
        return Err(vec![Unfit::Unbound]);
    };
    let mut against = Vec::new();
    if let (false, RevocationStatus::Revoked(signatures)) = (forgiving, believed.revocation_status()) {
        against.push(Unfit::Revoked(Revocation::newest(&signatures)));
    }
    let end = believed.primary_key().key_expiration_time().map(timestamp);
    if let Some(since) = end.filter(|end| *end <= at) {
        against.push(Unfit::Expired { since });
    }
    if cert.with_policy(&strict, time).is_err() {
        against.push(Unfit::Weak { algorithm: algorithm::words(cert.primary_key().key()) });
    }
    if !against.is_empty() {
        return Err(against);
    }

    let judge = |key: ValidErasedKeyAmalgamation<'_, PublicParts>| {
        let key_end = key.key_expiration_time().map(timestamp);
        if !serves(&key, purpose) {
            return Err(Unfit::NoKey(purpose));
        }
        if let (false, RevocationStatus::Revoked(signatures)) = (forgiving, key.revocation_status()) {
            return Err(Unfit::SubkeyRevoked { purpose, revocation: Revocation::newest(&signatures) });
        }
        if let Some(since) = key_end.filter(|end| *end <= at) {
            return Err(Unfit::SubkeyExpired { purpose, since });
        }
        if key.clone().with_policy(&strict, time).is_err() {
            return Err(Unfit::Weak { algorithm: algorithm::words(key.key()) });
        }
        Ok(UsableKey {
            key: key.key().clone(),
            created: timestamp(key.key().creation_time()),
            until: [end, key_end].into_iter().flatten().min(),
        })
    };
    Ok(believed.keys().map(|key| (key.key().fingerprint(), judge(key))).collect())
}

/// The keys of `cert` that serve `purpose` at `at`, newest first, or all reasons against it.
pub(crate) fn keys_for(cert: &Cert, purpose: Purpose, at: Timestamp) -> Result<Vec<UsableKey>, Vec<Unfit>> {
    let (mut usable, mut against) = (Vec::new(), Vec::new());
    for (_, standing) in standings(cert, purpose, at)? {
        match standing {
            Ok(key) => usable.push(key),
            Err(Unfit::NoKey(_)) => {}
            Err(problem) => against.push(problem),
        }
    }
    if usable.is_empty() {
        if against.is_empty() {
            against.push(Unfit::NoKey(purpose));
        }
        return Err(against);
    }
    usable.sort_by(|a, b| {
        b.created.cmp(&a.created).then_with(|| a.key.fingerprint().cmp(&b.key.fingerprint()))
    });
    Ok(usable)
}

fn serves(key: &ValidErasedKeyAmalgamation<'_, PublicParts>, purpose: Purpose) -> bool {
    match purpose {
        Purpose::Signing => key.for_signing(),
        Purpose::Encryption => key.for_transport_encryption() || key.for_storage_encryption(),
    }
}
