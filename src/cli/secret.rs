//! Where the secret key of a build comes from, and its passphrase.
//!
//! A file named with `--key`, or the variable `SECSITE_SIGNING_KEY`, which holds the armored key itself (as CI services
//! hand over secrets) or a path to it. The passphrase is asked for on a terminal, or taken from `SECSITE_PASSPHRASE`.
//! Nothing of either is printed. git is asked about a key's file before it is read; gpg-agent keeps its keys to itself.
#![allow(clippy::disallowed_methods, reason = "I/O boundary")]

use std::io::IsTerminal;
use std::path::Path;

use jiff::Timestamp;

use super::exit::Failure;
use crate::diag::escape::holds_key_text;
use crate::io;
use crate::io::agent::AgentProblem;
use crate::io::read::read_secret;
use crate::openpgp::{Certificate, Passphrase, Secret, Signer};

mod guard;

/// Holds an armored secret key, or the path of one.
pub const KEY_VARIABLE: &str = "SECSITE_SIGNING_KEY";
/// Holds the key's passphrase, where no terminal can be asked.
pub const PASSPHRASE_VARIABLE: &str = "SECSITE_PASSPHRASE";

/// The largest key file that is read.
const CAP: u64 = 1 << 20;

/// Who named the key.
enum Origin<'a> {
    /// `--key FILE`.
    File(&'a Path),
    /// The variable, be it the key or the name of its file.
    Variable,
}

/// The signer that the command line or the environment names; `None` where neither does.
///
/// # Errors
/// A file that others may read or that git tracks; the primary secret in the variable, or anywhere where the variable
/// `CI` is set; a key that cannot sign at `at`; a passphrase that is wrong, or that nobody is there to give.
pub fn signer(file: Option<&Path>, at: Timestamp) -> Result<Option<Signer>, Failure> {
    let (origin, secret) = match file {
        Some(path) => (Origin::File(path), from_flag(path)?),
        None => match std::env::var(KEY_VARIABLE) {
            Err(std::env::VarError::NotPresent) => return Ok(None),
            Err(std::env::VarError::NotUnicode(_)) => return Err(unreadable()),
            Ok(value) if value.trim().is_empty() => return Ok(None),
            Ok(value) if value.contains("-----BEGIN PGP") => {
                (Origin::Variable, Secret::from(value.into_bytes()))
            }
            Ok(path) => (Origin::Variable, from_variable(Path::new(path.trim()))?),
        },
    };
    guard::check_primary(&origin, &secret, at)?;
    let mut from_environment = std::env::var(PASSPHRASE_VARIABLE).ok().filter(|value| !value.is_empty());
    let mut ask = || match from_environment.take() {
        Some(passphrase) => Some(Passphrase::from(passphrase)),
        None if std::io::stdin().is_terminal() && std::io::stderr().is_terminal() => {
            rpassword::prompt_password("Passphrase of the signing key: ").ok().map(Passphrase::from)
        }
        None => None,
    };
    Ok(Some(Signer::from_secret(&secret, &mut ask, at)?))
}

fn from_flag(path: &Path) -> Result<Secret, Failure> {
    guard::check_untracked(path)?;
    let secret = read_secret(path, CAP).map_err(|error| misplaced(path).unwrap_or(error.into()))?;
    Ok(Secret::from(secret))
}

/// The variable's value is quoted only once it has turned out to name a file.
fn from_variable(path: &Path) -> Result<Secret, Failure> {
    guard::check_untracked(path)?;
    read_secret(path, CAP).map(Secret::from).map_err(|error| match error.kind() {
        None => error.into(),
        Some(_) => unreadable(),
    })
}

/// The keys of these certificates that gpg-agent holds, in their order; at least one.
///
/// # Errors
/// There is no agent, or it holds none of them.
pub fn agent(certificates: &[Certificate], at: Timestamp, site: &str) -> Result<Vec<Signer>, Failure> {
    let description = format!("secsite signs {site}");
    let (mut held, mut first) = (Vec::new(), None);
    for certificate in certificates {
        match io::agent::signer(std::slice::from_ref(certificate), at, &description) {
            Ok(found) => held.extend(found),
            // One key that has ended is no reason not to sign with another.
            Err(problem) => {
                first.get_or_insert(problem);
            }
        }
    }
    match first {
        _ if !held.is_empty() => Ok(held),
        Some(problem) => Err(problem.into()),
        None => Err(AgentProblem::no_secret(certificates).into()),
    }
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
