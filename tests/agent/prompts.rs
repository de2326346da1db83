//! A person at the agent's prompt, played by a script in the place of pinentry.

use secsite::io::agent::{Person, Setting};

use crate::home::Gpg;
use crate::{now, refusal, signer};

/// A home whose agent prompts through a script that answers `reply` and writes down what it was told.
fn prompting(reply: &str) -> Option<Gpg> {
    use std::os::unix::fs::PermissionsExt as _;
    let gpg = Gpg::home()?;
    let log = gpg.path("told");
    let script = format!(
        "#!/bin/sh\necho OK\nwhile read -r line; do\n  echo \"$line\" >> '{}'\n  case $line in\n    GETPIN*) printf '{reply}' ;;\n    \
         BYE*) echo OK; exit ;;\n    *) echo OK ;;\n  esac\ndone\n",
        log.display()
    );
    let program = gpg.file("pinentry", script.as_bytes());
    std::fs::set_permissions(&program, std::fs::Permissions::from_mode(0o700)).unwrap();
    gpg.file("gpg-agent.conf", format!("pinentry-program {program}\n").as_bytes());
    Some(gpg)
}

fn attended(gpg: &Gpg) -> Setting {
    let options =
        vec!["ttyname=/dev/null".to_owned(), "no-such-option=1".to_owned(), "lc-ctype=C".to_owned()];
    Setting { person: Some(Person { options }), ..gpg.setting(None) }
}

#[test]
fn the_prompt_says_which_site_and_key_and_what_is_typed_opens_it() {
    let Some(gpg) = prompting("D correct horse\\nOK\\n") else { return };
    let certificate = gpg.key("ed25519", "correct horse");
    gpg.kill_agent();
    let signer = signer(&attended(&gpg), &certificate);
    signer.sign_detached(b"data", now()).unwrap();
    signer.sign_detached(b"more data", now()).unwrap();
    let told = std::fs::read_to_string(gpg.path("told")).unwrap();
    let prompt = format!(
        "SETDESC Sign https://example.org/ with secsite, 100 %25 of it%0AEd25519 key {}",
        certificate.fingerprint()
    );
    assert!(told.lines().any(|line| line == prompt), "{told}");
    assert_eq!(told.matches("GETPIN").count(), 1, "what was typed is remembered by the agent");
}

#[test]
fn who_cancels_is_not_asked_again() {
    let Some(gpg) = prompting("ERR 83886179 Operation cancelled\\n") else { return };
    let certificate = gpg.key("ed25519", "correct horse");
    gpg.kill_agent();
    let signer = signer(&attended(&gpg), &certificate);
    assert_eq!(refusal(&signer).to_string(), "the signature was declined at the prompt of gpg-agent");
    assert_eq!(refusal(&signer), refusal(&signer));
    let told = std::fs::read_to_string(gpg.path("told")).unwrap();
    assert_eq!(told.matches("GETPIN").count(), 1);
}

#[test]
fn three_wrong_tries_are_enough() {
    let Some(gpg) = prompting("D wrong horse\\nOK\\n") else { return };
    let certificate = gpg.key("ed25519", "correct horse");
    gpg.kill_agent();
    let found = refusal(&signer(&attended(&gpg), &certificate));
    assert_eq!(found.to_string(), "the passphrase does not open the key in gpg-agent");
}
