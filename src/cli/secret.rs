//! Where the secret key of a build comes from, and its passphrase.
//!
//! A file named with `--key`, or the variable `SECSITE_SIGNING_KEY`, which holds the armored key itself (as CI services
//! hand over secrets) or a path to it. The passphrase is asked for on a terminal, or taken from `SECSITE_PASSPHRASE`.
//! Nothing of either is printed, and no child process is started while they are held.
#![allow(clippy::disallowed_methods, reason = "I/O boundary")]

use std::io::IsTerminal;
use std::path::Path;

use jiff::Timestamp;

use super::exit::Failure;
use crate::diag::escape::holds_key_text;
use crate::io;
use crate::openpgp::{Passphrase, Signer};

/// Holds an armored secret key, or the path of one.
pub const KEY_VARIABLE: &str = "SECSITE_SIGNING_KEY";
/// Holds the key's passphrase, where no terminal can be asked.
pub const PASSPHRASE_VARIABLE: &str = "SECSITE_PASSPHRASE";

/// The largest key file that is read.
const CAP: u64 = 1 << 20;

/// The signer that the command line or the environment names; `None` where neither does.
pub fn signer(file: Option<&Path>, at: Timestamp) -> Result<Option<Signer>, Failure> {
    let bytes = match file {
        Some(path) => {
            io::read::read_named(path, CAP).map_err(|error| misplaced(path).unwrap_or(error.into()))?
        }
        None => match std::env::var(KEY_VARIABLE) {
            Err(_) => return Ok(None),
            Ok(value) if value.trim().is_empty() => return Ok(None),
            Ok(value) if value.contains("-----BEGIN PGP") => value.into_bytes(),
            Ok(path) => io::read::read_named(Path::new(path.trim()), CAP).map_err(|_| unreadable())?,
        },
    };
    let mut from_environment = std::env::var(PASSPHRASE_VARIABLE).ok().filter(|value| !value.is_empty());
    let mut ask = || match from_environment.take() {
        Some(passphrase) => Some(Passphrase::from(passphrase)),
        None if std::io::stdin().is_terminal() && std::io::stderr().is_terminal() => {
            rpassword::prompt_password("Passphrase of the signing key: ").ok().map(Passphrase::from)
        }
        None => None,
    };
    Ok(Some(Signer::from_secret(&bytes, &mut ask, at)?))
}

/// A signing key of the policy's that gpg-agent holds.
pub fn agent(_loaded: &super::load::Loaded) -> Result<Signer, Failure> {
    Err(Failure::world("gpg-agent cannot be asked yet", ""))
}

/// What is no armored key may be one all the same, in base64 or stripped of its header: it is never quoted.
fn unreadable() -> Failure {
    let message =
        format!("{KEY_VARIABLE} holds neither an armored secret key nor the name of a file that can be read");
    let help = "store the whole text that `gpg --armor --export-secret-subkeys FINGERPRINT` prints, with its first and \
                last line";
    Failure::world(message, help)
}

/// The complaint about a key that stands where the name of its file belongs; it quotes nothing either.
fn misplaced(path: &Path) -> Option<Failure> {
    let help = "write the key into a file outside of the site, and name that; others may have seen this command line";
    holds_key_text(&path.to_string_lossy())
        .then(|| Failure::usage("--key got a key instead of the name of its file", help))
}
