//! Agents that are none: each is found out, in words of its own, within its time.

use std::time::{Duration, Instant};

use secsite::io::agent::{AgentProblem, Person, Setting, signer_in};
use secsite::openpgp::{Certificate, Passphrase, Verifier};
use sequoia_openpgp::crypto::KeyPair;

use crate::impostor::{Impostor, Reply, key, ok, signature};
use crate::{PROMPT, now, problem, refusal, signer};

/// An agent that is right in all but its answer to PKSIGN, which gets the last SETHASH to see.
fn faulty(answer: impl Fn(&str) -> Reply + Send + 'static) -> Impostor {
    let hash = std::cell::RefCell::new(String::new());
    Impostor::new(move |line| {
        if line.starts_with("SETHASH") {
            *hash.borrow_mut() = line.to_owned();
        }
        if line.starts_with("PKSIGN") { answer(&hash.borrow()) } else { ok() }
    })
}

/// What comes of it when PKSIGN is answered so.
fn after(answer: impl Fn(&str) -> Reply + Send + 'static) -> String {
    let (certificate, _) = key();
    let impostor = faulty(answer);
    let signer = signer(&impostor.setting(), &certificate);
    let began = Instant::now();
    let first = refusal(&signer);
    assert!(!first.help().is_empty());
    assert!(began.elapsed() < Duration::from_secs(60), "{first}");
    first.to_string()
}

/// What comes of it when the agent fails from the first moment.
fn greeted(answer: impl Fn(&str) -> Reply + Send + 'static) -> String {
    let impostor = Impostor::new(answer);
    let began = Instant::now();
    let found = problem(&impostor.setting(), &key().0);
    assert!(began.elapsed() < Duration::from_secs(60), "{found}");
    found.to_string()
}

fn says(line: &'static [u8]) -> impl Fn(&str) -> Reply {
    move |_| Reply::Say(line.to_vec())
}

fn honest() -> (Impostor, Certificate) {
    let (certificate, pair) = key();
    (faulty(move |hash| signature(&pair, hash)), certificate)
}

#[test]
fn an_impostor_with_the_right_key_is_as_good_as_an_agent() {
    let (impostor, certificate) = honest();
    let signer = signer(&impostor.setting(), &certificate);
    let signed = signer.sign_detached(b"data", now()).unwrap();
    assert!(Verifier::new(&[certificate], now()).detached(b"data", &signed).is_ok());
}

#[test]
fn to_find_a_key_signs_nothing_and_asks_nobody() {
    let (impostor, certificate) = honest();
    let signer = signer(&impostor.setting(), &certificate);
    assert_eq!((impostor.count("PKSIGN"), impostor.count("SETKEYDESC")), (0, 0));
    signer.sign_detached(b"data", now()).unwrap();
    assert_eq!(impostor.count("PKSIGN"), 1);
    let prompt = impostor.last("SETKEYDESC");
    assert!(
        prompt.starts_with("SETKEYDESC Sign+https://example.org/+with+secsite,+100+%25+of+it%0AEd25519+key+")
    );
}

#[test]
fn a_person_is_asked_and_nobody_else() {
    let (impostor, certificate) = honest();
    signer(&impostor.setting(), &certificate);
    assert_eq!(impostor.count("OPTION pinentry-mode=error"), 1);

    let (impostor, certificate) = honest();
    let person = Some(Person { options: vec!["ttyname=/dev/pts/1".into()] });
    signer(&Setting { person, ..impostor.setting() }, &certificate);
    assert_eq!(impostor.count("OPTION pinentry-mode"), 0);
    assert_eq!(impostor.count("OPTION ttyname=/dev/pts/1"), 1);
}

#[test]
fn a_signature_by_another_key_is_found_out() {
    let (_, other): (_, KeyPair) = key();
    let found = after(move |hash| signature(&other, hash));
    assert!(found.contains("gpg-agent gave a signature that is not one by"), "{found}");
}

#[test]
fn a_signature_over_something_else_is_found_out() {
    let (certificate, pair) = key();
    let other = format!("SETHASH 10 {}", "00".repeat(64));
    let impostor = faulty(move |_| signature(&pair, &other));
    let found = refusal(&signer(&impostor.setting(), &certificate)).to_string();
    assert!(found.contains("gpg-agent gave a signature that is not one by"), "{found}");
}

#[test]
fn a_signature_of_another_kind_is_found_out() {
    for line in [
        &b"D (7:sig-val(3:rsa(1:s1:x)))\nOK\n"[..],
        b"D (7:sig-val(5:eddsa(1:r1:x)(1:s1:x)))\nOK\n",
        b"D (7:sig-val(5:eddsa(1:r70:xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx)(1:s1:x)))\nOK\n",
    ] {
        let found = after(says(line));
        assert!(found.contains("gpg-agent gave a signature that is not one by"), "{found}");
    }
}

#[test]
fn what_is_no_signature_is_told_apart_from_a_false_one() {
    for line in [&b"OK\n"[..], b"D (7:sig-val\nOK\n", b"D ((((((\nOK\n", b"D %00%00\nOK\n"] {
        let found = after(says(line));
        assert!(found.ends_with("its signature is not in libgcrypt's form"), "{found}");
    }
}

#[test]
fn garbage_is_not_an_agent() {
    let garbled = "what answers as gpg-agent is not it: it sends a line that is not of its protocol";
    assert_eq!(greeted(says(b"HTTP/1.1 400 Bad Request\r\n\r\n")), garbled);
    assert_eq!(after(says(b"D %\n")), garbled);
    assert_eq!(after(says(b"\n")), garbled);
}

#[test]
fn endless_data_ends() {
    let endless = "what answers as gpg-agent is not it: it sends a line without end";
    assert_eq!(greeted(|_| Reply::Flood(vec![b'a'; 4096])), endless);
    assert_eq!(after(|_| Reply::Flood(vec![b'a'; 4096])), endless);
    let long = "what answers as gpg-agent is not it: its answer is far too long";
    assert_eq!(after(|_| Reply::Flood([b"D ", &[b'a'; 900][..], b"\n"].concat())), long);
    let talk = "what answers as gpg-agent is not it: its answer does not end";
    assert_eq!(after(|_| Reply::Flood(b"S PROGRESS 1\n# and so on\n".to_vec())), talk);
    assert_eq!(after(|_| Reply::Flood(b"INQUIRE WHAT\n".to_vec())), talk);
}

#[test]
fn silence_and_drips_end_in_time() {
    let slow = "gpg-agent did not answer within 4 s";
    assert_eq!(greeted(|_| Reply::Hang), slow);
    assert_eq!(greeted(|_| Reply::Drip(b'#')), slow);
    assert_eq!(after(|_| Reply::Hang), slow);
    assert_eq!(
        after(|_| Reply::Drip(b'\n')),
        "what answers as gpg-agent is not it: it sends a line that is not of its protocol"
    );
    assert_eq!(after(|_| Reply::Drip(b'D')), slow);
}

#[test]
fn after_one_failure_nobody_is_asked_again() {
    let (certificate, _) = key();
    let impostor = faulty(says(b"ERR 83886179 Operation cancelled <Pinentry>\n"));
    let signer = signer(&impostor.setting(), &certificate);
    let first = refusal(&signer);
    assert_eq!(first.to_string(), "the signature was declined at the prompt of gpg-agent");
    assert_eq!(refusal(&signer), first);
    assert_eq!(impostor.count("PKSIGN"), 1);
}

#[test]
fn a_closed_connection_is_named() {
    assert_eq!(greeted(|_| Reply::Close), "gpg-agent closed the connection");
    assert_eq!(after(|_| Reply::Close), "gpg-agent closed the connection");
}

#[test]
fn nobody_at_the_socket_is_named() {
    let (impostor, certificate) = honest();
    let mut setting = impostor.setting();
    setting.socket = setting.socket.map(|socket| socket.with_extension("not-there"));
    let found = problem(&setting, &certificate).to_string();
    assert!(
        found.starts_with("gpg-agent cannot be reached: `") && found.ends_with("no such file or directory"),
        "{found}"
    );
}

/// The number as libgpg-error composes it.
fn error(source: u32, code: u32, words: &str) -> Reply {
    Reply::Say(format!("ERR {} {words}\n", source << 24 | code).into_bytes())
}

#[test]
fn each_refusal_has_its_words() {
    const AGENT: u32 = 4;
    const PINENTRY: u32 = 5;
    const CARD: u32 = 6;
    for (source, code, words, message) in [
        (AGENT, 11, "Bad passphrase", "the passphrase does not open the key in gpg-agent"),
        (CARD, 87, "Bad PIN", "the PIN of the smart card is wrong"),
        (CARD, 130, "PIN blocked", "the smart card is locked: its PIN was wrong too often"),
        (CARD, 112, "Card not present", "the smart card with the signing key is not there"),
        (CARD, 110, "Card removed", "the smart card with the signing key is not there"),
        (CARD, 32848, "No such device", "the smart card with the signing key is not there"),
        (CARD, 108, "Card error", "the smart card failed: gpg-agent says `Card error`"),
        (AGENT, 119, "No SmartCard daemon", "the smart card failed: gpg-agent says `No SmartCard daemon`"),
        (PINENTRY, 62, "Timeout", "nobody answered gpg-agent's prompt in time"),
        (PINENTRY, 32870, "Bad tty", "gpg-agent cannot ask for the passphrase: its pinentry says `Bad tty`"),
        (AGENT, 251, "Forbidden", "gpg-agent refuses this to a machine that it is forwarded to"),
        (AGENT, 5, "Invalid digest", "gpg-agent did not sign: it says `Invalid digest` (error 5)"),
        (AGENT, 5, "\u{1b}[31m`x", "gpg-agent did not sign: it says `\\u{1b}[31m\\u{60}x` (error 5)"),
    ] {
        assert_eq!(after(move |_| error(source, code, words)), message);
    }
}

/// What comes of it when the key is on a card, and PKSIGN fails so.
fn on_a_card(code: u32) -> (String, String) {
    let impostor = Impostor::new(move |line| match line.split(' ').next() {
        Some("KEYINFO") => {
            Reply::Say(b"S KEYINFO 00 T D2760001240102000005000012340000 OPENPGP.1\nOK\n".to_vec())
        }
        Some("PKSIGN") => error(6, code, "words"),
        _ => ok(),
    });
    let found = refusal(&signer(&impostor.setting(), &key().0));
    (found.to_string(), found.help())
}

#[test]
fn a_card_is_called_by_its_number() {
    let (found, help) = on_a_card(112);
    assert_eq!(found, "the smart card `D2760001240102000005000012340000` with the signing key is not there");
    assert!(help.starts_with("insert the card"), "{help}");
    let (found, help) = on_a_card(85);
    assert_eq!(
        found,
        "the smart card `D2760001240102000005000012340000` is not there or wants its PIN, and there is no terminal to ask on"
    );
    assert!(help.contains("SECSITE_PASSPHRASE"), "{help}");
}

#[test]
fn an_agent_that_fails_to_look_is_not_one_without_the_key() {
    let (certificate, _) = key();
    let impostor =
        Impostor::new(|line| if line.starts_with("HAVEKEY") { error(4, 1, "General error") } else { ok() });
    assert!(matches!(problem(&impostor.setting(), &certificate), AgentProblem::Refused { code: 1, .. }));
    let impostor =
        Impostor::new(|line| if line.starts_with("HAVEKEY") { error(4, 17, "No secret key") } else { ok() });
    assert!(signer_in(&impostor.setting(), &[certificate], now(), PROMPT).unwrap().is_none());
}

#[test]
fn the_passphrase_goes_to_one_question_alone() {
    let (certificate, _) = key();
    let impostor = faulty(|_| {
        Reply::Say(b"INQUIRE SECRETS\nINQUIRE PASSPHRASE\nINQUIRE PASSPHRASE\nERR 67108875 Bad\n".to_vec())
    });
    let setting = Setting { passphrase: Some(Passphrase::from("pw")), ..impostor.setting() };
    assert_eq!(
        refusal(&signer(&setting, &certificate)).to_string(),
        "the passphrase does not open the key in gpg-agent"
    );
    assert_eq!(impostor.count("OPTION pinentry-mode=loopback"), 1);
}
