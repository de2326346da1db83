//! Signing through gpg-agent: a real one in a GNUPGHOME of its own, and false ones that lie, hang, drip and babble.
//!
//! Where there is no gpg, the tests with the real one say so and pass.
#![cfg(unix)]
#![allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "these tests run another program")]
#![allow(missing_docs, clippy::unwrap_used, clippy::panic, clippy::print_stdout, reason = "a test binary")]

mod cards;
mod false_agents;
mod home;
mod impostor;
mod obstacles;
mod processes;
mod prompts;
mod real_keys;

use jiff::Timestamp;
use secsite::io::agent::{AgentProblem, Setting, signer_in};
use secsite::openpgp::{Certificate, Signer, SignerProblem};

const TEXT: &str = "Contact: mailto:security@example.org\nExpires: 2027-05-01T00:00:00Z\n";
const PROMPT: &str = "Sign https://example.org/ with secsite, 100 % of it";

fn now() -> Timestamp {
    // Whole seconds, as gpg counts.
    Timestamp::from_second(Timestamp::now().as_second()).unwrap()
}

fn signer(setting: &Setting, certificate: &Certificate) -> Signer {
    signer_in(setting, std::slice::from_ref(certificate), now(), PROMPT).unwrap().unwrap()
}

fn problem(setting: &Setting, certificate: &Certificate) -> AgentProblem {
    signer_in(setting, std::slice::from_ref(certificate), now(), PROMPT).unwrap_err()
}

/// What the signer says when it cannot sign.
fn refusal(signer: &Signer) -> SignerProblem {
    signer.sign_detached(b"data", now()).unwrap_err()
}
