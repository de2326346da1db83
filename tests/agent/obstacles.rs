//! What goes wrong with a real agent: no key, no passphrase, the wrong one, an agent that is gone. Never a wait.

use std::time::{Duration, Instant};

use secsite::io::agent::{AgentProblem, Setting, signer_in};
use secsite::openpgp::{SignerProblem, Verifier};

use crate::home::Gpg;
use crate::{PROMPT, now, problem, refusal, signer};

/// Lower case, no full stop, and something to do.
fn reads_well(problem: &SignerProblem, words: &str) {
    let message = problem.to_string();
    assert!(message.contains(words), "{message}");
    assert!(!message.ends_with('.') && !problem.help().is_empty(), "{message}");
}

#[test]
fn the_passphrase_is_given_when_it_is_asked_for() {
    let Some(gpg) = Gpg::home() else { return };
    let certificate = gpg.key("ed25519", "correct +horse% ü");
    gpg.kill_agent();
    let signer = signer(&gpg.setting(Some("correct +horse% ü")), &certificate);
    let signature = signer.sign_detached(b"data", now()).unwrap();
    let verifier = Verifier::new(&[certificate], now());
    assert!(verifier.detached(b"data", &signature).is_ok());
}

#[test]
fn a_wrong_passphrase_is_named_and_not_tried_for_every_file() {
    let Some(gpg) = Gpg::home() else { return };
    let certificate = gpg.key("ed25519", "correct horse");
    gpg.kill_agent();
    let signer = signer(&gpg.setting(Some("wrong horse")), &certificate);
    reads_well(&refusal(&signer), "the passphrase does not open the key in gpg-agent");
    assert!(!format!("{signer:?} {}", refusal(&signer)).contains("wrong horse"));
    assert_eq!(refusal(&signer), refusal(&signer));
}

#[test]
fn without_passphrase_and_terminal_there_is_an_error_at_once() {
    let Some(gpg) = Gpg::home() else { return };
    let certificate = gpg.key("ed25519", "correct horse");
    gpg.kill_agent();
    let began = Instant::now();
    reads_well(&refusal(&signer(&gpg.setting(None), &certificate)), "no terminal to ask for it on");
    assert!(began.elapsed() < Duration::from_secs(60));
}

#[test]
fn an_agent_may_refuse_a_passphrase() {
    let Some(gpg) = Gpg::home() else { return };
    let certificate = gpg.key("ed25519", "");
    gpg.file("gpg-agent.conf", b"no-allow-loopback-pinentry\n");
    gpg.kill_agent();
    let found = problem(&gpg.setting(Some("correct horse")), &certificate);
    assert_eq!(found, AgentProblem::PassphraseRefused);
    assert!(found.help().contains("no-allow-loopback-pinentry"));
}

#[test]
fn an_agent_that_goes_is_missed_and_started_anew_for_the_next_run() {
    let Some(gpg) = Gpg::home() else { return };
    let certificate = gpg.key("ed25519", "");
    let first = signer(&gpg.setting(None), &certificate);
    first.sign_detached(b"data", now()).unwrap();
    gpg.slay_agent();
    reads_well(&refusal(&first), "gpg-agent closed the connection");
    let next = signer(&gpg.setting(None), &certificate);
    next.sign_detached(b"data", now()).unwrap();
}

#[test]
fn an_agent_without_the_key_has_none() {
    let Some(gpg) = Gpg::home() else { return };
    let certificate = gpg.key("ed25519", "");
    let other = Gpg::home().unwrap();
    let none = signer_in(&other.setting(None), std::slice::from_ref(&certificate), now(), PROMPT).unwrap();
    assert!(none.is_none());
    let problem = AgentProblem::no_secret(std::slice::from_ref(&certificate));
    let fingerprint = certificate.fingerprint();
    assert_eq!(problem.to_string(), format!("gpg-agent has no secret key of `{fingerprint}`"));
}

#[test]
fn a_key_deleted_in_between_is_missed() {
    let Some(gpg) = Gpg::home() else { return };
    let certificate = gpg.key("ed25519", "");
    let signer = signer(&gpg.setting(None), &certificate);
    std::fs::remove_dir_all(gpg.path("private-keys-v1.d")).unwrap();
    reads_well(&refusal(&signer), "no longer has the secret of the signing key");
}

#[test]
fn a_forwarded_agent_signs() {
    let Some(gpg) = Gpg::home() else { return };
    let certificate = gpg.key("ed25519", "");
    let setting = Setting { socket: Some(gpg.path("S.gpg-agent.extra")), ..gpg.setting(None) };
    signer(&setting, &certificate).sign_detached(b"data", now()).unwrap();
}

#[test]
fn a_home_that_is_not_there_is_a_problem_at_once() {
    let Some(gpg) = Gpg::home() else { return };
    let certificate = gpg.key("ed25519", "");
    let setting = Setting { home: Some(gpg.path("no/such/home")), ..gpg.setting(None) };
    let began = Instant::now();
    let found = problem(&setting, &certificate);
    assert!(matches!(found, AgentProblem::NotStarted(_) | AgentProblem::Unreachable(_)), "{found:?}");
    assert!(began.elapsed() < Duration::from_secs(60));
}
