//! Signing through gpg-agent, and thus with smart cards.
//!
//! In go certificates, out comes a [`Signer`] for the first of their signing keys that the agent holds. The secret stays
//! with the agent: what passes the socket is a digest there and a signature back. We speak the agent's protocol
//! (Assuan) ourselves, since it takes seven commands of it. Finding a key makes no signature and asks nobody anything;
//! the first prompt comes with the first signature.
//!
//! Nothing here waits forever: see [`Patience`].
#![allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "I/O boundary")]

use jiff::Timestamp;

use crate::openpgp::{Certificate, Signer};

pub mod problem;
pub mod setting;

#[cfg(unix)]
mod key;
#[cfg(unix)]
mod line;
#[cfg(unix)]
mod locate;
#[cfg(unix)]
mod session;
#[cfg(unix)]
mod sexp;
#[cfg(unix)]
mod wire;

pub use problem::AgentProblem;
pub use setting::{Patience, Person, Setting};

/// A signer for the first of `certificates` whose signing key the agent holds at `at`; of several keys, the newest.
/// `description` tells a person at the agent's prompt what is being signed; the key's fingerprint is added to it.
///
/// `None` means that the agent holds none of them: [`AgentProblem::no_secret`] has the words for that. That GnuPG is not
/// installed is [`AgentProblem::NoGpg`].
pub fn signer(
    certificates: &[Certificate],
    at: Timestamp,
    description: &str,
) -> Result<Option<Signer>, AgentProblem> {
    signer_in(&Setting::of_process(), certificates, at, description)
}

/// The same, in a setting of the caller's choice.
#[cfg(unix)]
pub fn signer_in(
    setting: &Setting,
    certificates: &[Certificate],
    at: Timestamp,
    description: &str,
) -> Result<Option<Signer>, AgentProblem> {
    use std::sync::Mutex;

    use crate::io::escape;
    use crate::openpgp::Candidate;
    use key::{AgentKey, State};

    let (mut candidates, mut unfit) = (Vec::new(), None);
    for certificate in certificates {
        match Candidate::all(certificate, at) {
            Ok(found) => candidates.extend(found),
            Err(problem) => {
                let certificate = certificate.fingerprint();
                unfit.get_or_insert(AgentProblem::Unfit { certificate, problem });
            }
        }
    }
    if let (true, Some(problem)) = (candidates.is_empty(), &unfit) {
        return Err(problem.clone());
    }
    let deadline = wire::Deadline::within(setting.patience.beginning);
    let mut session = locate::session(setting, deadline)?;
    for candidate in candidates {
        let keygrip = candidate.keygrip();
        if !session.has(keygrip, deadline)? {
            continue;
        }
        let key = AgentKey {
            card: session.card(keygrip, deadline)?,
            keygrip,
            prompt: format!(
                "{}\n{} key {}",
                escape::text(description),
                candidate.algorithm(),
                candidate.fingerprint()
            ),
            patience: setting.patience.signature,
            state: Mutex::new(State::Open(session)),
        };
        return Ok(Some(Signer::held(candidate, Box::new(key))));
    }
    // A key that has ended may be the very one that the agent holds.
    unfit.map_or(Ok(None), Err)
}

/// The same, in a setting of the caller's choice.
#[cfg(not(unix))]
pub fn signer_in(
    _: &Setting,
    _: &[Certificate],
    _: Timestamp,
    _: &str,
) -> Result<Option<Signer>, AgentProblem> {
    Err(AgentProblem::Platform)
}

#[cfg(unix)]
fn unreachable(socket: &std::path::Path, cause: &std::io::Error) -> AgentProblem {
    AgentProblem::Unreachable(format!("`{}`: {}", super::escape::path(socket), super::plain(cause)))
}
