//! The agent as a whole process meets it: found through the environment, told by it what the passphrase is, or missing.
//!
//! No test changes its own environment. Each runs this binary again, for one of the ignored tests below, in another.

use std::process::{Command, Output};

use secsite::io::agent::{AgentProblem, signer};
use secsite::openpgp::{Certificate, NewKey};

use crate::home::Gpg;
use crate::{PROMPT, now};

const PASSPHRASE: &str = "correct horse with a pattern";

/// Set for the ignored tests alone; without it they have nothing to say.
const INSIDE: &str = "SECSITE_TEST_INSIDE";

/// This binary, to run one ignored test.
fn again(test: &str) -> Command {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command
        .args(["--ignored", "--exact", test, "--nocapture"])
        .env(INSIDE, "1")
        .stdin(std::process::Stdio::null());
    for variable in ["DISPLAY", "WAYLAND_DISPLAY", "SECSITE_PASSPHRASE", "SECSITE_SIGNING_KEY"] {
        command.env_remove(variable);
    }
    command
}

fn passed(output: &Output) -> String {
    let said = [&output.stdout[..], &output.stderr].concat();
    let said = String::from_utf8_lossy(&said).into_owned();
    assert!(output.status.success() && said.contains("1 passed"), "{said}");
    said
}

#[test]
fn without_gpg_there_is_a_word_for_it() {
    passed(&again("processes::inside_without_gpg").env("PATH", "/nonexistent").output().unwrap());
}

#[test]
#[ignore = "run by the test above it"]
fn inside_without_gpg() {
    if std::env::var_os(INSIDE).is_none() {
        return;
    }
    let key = NewKey {
        user_ids: vec!["Example <security@example.org>".into()],
        created: now(),
        expires: None,
        passphrase: None,
    };
    let found = signer(&[key.generate().unwrap().certificate], now(), PROMPT).unwrap_err();
    assert_eq!(found, AgentProblem::NoGpg);
}

#[test]
fn the_passphrase_comes_from_the_environment_and_gets_to_no_child() {
    let Some(gpg) = Gpg::home() else { return };
    let certificate = gpg.key("ed25519", PASSPHRASE);
    gpg.kill_agent();
    let mut command = again("processes::inside_with_passphrase");
    command
        .env("GNUPGHOME", gpg.path(""))
        .env("SECSITE_TEST_CERTIFICATE", gpg.file("cert", &certificate.armored()));
    let said = passed(
        &command.env("SECSITE_PASSPHRASE", PASSPHRASE).env("SECSITE_SIGNING_KEY", "x").output().unwrap(),
    );
    assert!(!said.contains(PASSPHRASE), "{said}");

    // The agent was started by secsite, and is still there.
    #[cfg(target_os = "linux")]
    {
        let environment = std::fs::read(format!("/proc/{}/environ", gpg.agent_pid())).unwrap();
        let environment = String::from_utf8_lossy(&environment);
        assert!(environment.contains("SECSITE_TEST_CERTIFICATE="), "{environment}");
        assert!(!environment.contains("SECSITE_PASSPHRASE") && !environment.contains("SECSITE_SIGNING_KEY"));
        assert!(!environment.contains(PASSPHRASE), "{environment}");
    }
}

#[test]
#[ignore = "run by the test above it"]
fn inside_with_passphrase() {
    let Some(file) = std::env::var_os("SECSITE_TEST_CERTIFICATE") else { return };
    let certificate = Certificate::parse(&std::fs::read(file).unwrap()).unwrap();
    let signer = signer(&[certificate], now(), PROMPT).unwrap().unwrap();
    signer.sign_detached(b"data", now()).unwrap();
    println!("{signer:?}");
}
