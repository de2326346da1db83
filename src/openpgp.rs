//! Everything OpenPGP: certificates to publish, signatures to make, signatures to judge.
//!
//! Bytes come in and bytes go out. No file, variable or clock is read here: every instant is an argument. Randomness is
//! used to make keys, never to sign: the same Ed25519 key, data and date give the same signature bytes.
//!
//! Three rules hold, each by type rather than by care:
//!
//! - **A secret cannot be published.** [`certificate::Certificate`] holds public packets alone and refuses to be made
//!   from anything else; no other type here knows how to write a key page.
//! - **A signature has one form.** OpenPGP calls a signature good when its numbers are, whatever stands around it: text
//!   before a clear-signed file, headers inside the armor, flipped bits in a checksum. Readers of the raw file do see
//!   those. So [`verify`] rebuilds the file from what was verified ([`frame`], [`canonical`]) and demands the same bytes.
//! - **No RSA secret-key operation exists in this process.** The default backend, `crypto-rust`, uses the `rsa` crate,
//!   whose secret-key operations leak through their timing (RUSTSEC-2023-0071, no fix yet). Checking an RSA signature
//!   uses the public key alone and is not concerned, so RSA *certificates* are parsed, shown and verified like any
//!   other. The one door to a secret key is [`signing_key::SigningKey::admit`]; it has a list of the algorithms that
//!   may pass, RSA is not on it, and nothing else in the crate signs, decrypts or generates with RSA. Whoever holds an
//!   RSA key signs through gpg-agent ([`held`]), or with a build on `crypto-openssl` or `crypto-nettle`.
//!
//! Keys are of OpenPGP version 4, because GnuPG 2.2 and 2.4 can read no other and security teams use those.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::{Duration, SystemTime};

use jiff::Timestamp;

pub mod algorithm;
pub mod canonical;
pub mod certificate;
pub mod facts;
pub mod fingerprint;
pub mod fitness;
pub mod frame;
pub mod held;
pub mod keygrip;
pub mod new_key;
pub mod signer;
pub mod signing_key;
pub mod transferable;
pub mod verify;
pub mod wkd;

#[cfg(test)]
mod fixtures;

pub use certificate::{Certificate, CertificateProblem};
pub use fingerprint::Fingerprint;
pub use held::{Candidate, Held, HeldProblem, RawSignature};
pub use keygrip::Keygrip;
pub use new_key::{Generated, NewKey};
pub use signer::Signer;
pub use signer::problem::SignerProblem;
pub use verify::{NotVerified, Verified, Verifier, verify_cleartext, verify_detached};

/// A passphrase; its memory is encrypted while it waits and wiped when it goes.
pub type Passphrase = sequoia_openpgp::crypto::Password;

/// Bytes that hold a secret key; the memory is wiped when they go, and `Debug` shows none of them.
pub type Secret = sequoia_openpgp::crypto::mem::Protected;

/// Our instants as sequoia's. OpenPGP counts seconds since 1970, so nothing is earlier.
fn system_time(at: Timestamp) -> SystemTime {
    let seconds = u64::try_from(at.as_second()).unwrap_or(0);
    SystemTime::UNIX_EPOCH + Duration::from_secs(seconds)
}

/// Sequoia's instants as ours. OpenPGP times are sums of two 32-bit counts of seconds, far below what jiff can hold.
fn timestamp(time: SystemTime) -> Timestamp {
    let seconds = time.duration_since(SystemTime::UNIX_EPOCH).map_or(0, |since| since.as_secs());
    i64::try_from(seconds).ok().and_then(|s| Timestamp::from_second(s).ok()).unwrap_or(Timestamp::MAX)
}

/// A date for a message: nobody reads the seconds of a key that ended last year.
fn day(at: Timestamp) -> String {
    at.strftime("%Y-%m-%d").to_string()
}

/// Runs a parser over bytes a stranger may have made; a panic inside the parser is the stranger's fault and means
/// "cannot be read" (sequoia has had three such: RUSTSEC-2023-0038, 2024-0345, 2025-0136).
fn contained<T>(work: impl FnOnce() -> T) -> Option<T> {
    catch_unwind(AssertUnwindSafe(work)).ok()
}
