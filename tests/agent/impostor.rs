//! A socket that speaks as a test wants it to.

use std::io::{BufRead as _, BufReader, Write as _};
use std::os::unix::net::{UnixListener, UnixStream};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

use secsite::io::agent::{Patience, Setting};
use secsite::openpgp::{Certificate, NewKey};
use sequoia_openpgp::Cert;
use sequoia_openpgp::crypto::{KeyPair, Signer as _, mpi};
use sequoia_openpgp::parse::Parse as _;
use sequoia_openpgp::policy::StandardPolicy;
use sequoia_openpgp::types::HashAlgorithm;
use tempfile::TempDir;

use crate::now;

/// What it does when it hears a command.
#[derive(Clone)]
pub(crate) enum Reply {
    Say(Vec<u8>),
    /// Says nothing, ever.
    Hang,
    /// One byte at a time, a pause after each, for as long as anyone listens.
    Drip(u8),
    /// The same bytes without end.
    Flood(Vec<u8>),
    Close,
}

pub(crate) fn ok() -> Reply {
    Reply::Say(b"OK\n".to_vec())
}

/// A listening socket and what was heard on it.
pub(crate) struct Impostor {
    folder: TempDir,
    heard: Arc<Mutex<Vec<String>>>,
}

impl Impostor {
    /// Answers each line with what `answer` says; the greeting is the answer to an empty line.
    pub(crate) fn new(answer: impl Fn(&str) -> Reply + Send + 'static) -> Self {
        let folder = tempfile::Builder::new().prefix("ag").tempdir().unwrap();
        let listener = UnixListener::bind(folder.path().join("S")).unwrap();
        let heard = Arc::new(Mutex::new(Vec::new()));
        let log = Arc::clone(&heard);
        // It ends with the test's process; a test may leave it hanging.
        thread::spawn(move || {
            for stream in listener.incoming() {
                converse(&stream.unwrap(), &answer, &log);
            }
        });
        Self { folder, heard }
    }

    pub(crate) fn setting(&self) -> Setting {
        let (beginning, signature) = (Duration::from_secs(4), Duration::from_secs(4));
        Setting {
            home: None,
            socket: Some(self.folder.path().join("S")),
            passphrase: None,
            person: None,
            patience: Patience { beginning, signature },
        }
    }

    /// How often a command was heard.
    pub(crate) fn count(&self, command: &str) -> usize {
        self.heard.lock().unwrap().iter().filter(|line| line.starts_with(command)).count()
    }

    /// The last line that begins so.
    pub(crate) fn last(&self, command: &str) -> String {
        self.heard.lock().unwrap().iter().rfind(|line| line.starts_with(command)).unwrap().clone()
    }
}

fn converse(stream: &UnixStream, answer: &impl Fn(&str) -> Reply, log: &Mutex<Vec<String>>) {
    let mut out = stream;
    let mut lines = BufReader::new(stream).lines();
    let mut line = String::new();
    loop {
        let done = match answer(&line) {
            Reply::Say(bytes) => out.write_all(&bytes),
            Reply::Hang => Ok(()),
            Reply::Close => return,
            Reply::Drip(byte) => loop {
                thread::sleep(Duration::from_millis(20));
                if out.write_all(&[byte]).is_err() {
                    return;
                }
            },
            Reply::Flood(bytes) => loop {
                if out.write_all(&bytes).is_err() {
                    return;
                }
            },
        };
        let (Ok(()), Some(Ok(next))) = (done, lines.next()) else { return };
        log.lock().unwrap().push(next.clone());
        line = next;
    }
}

/// A certificate, and its signing key for an impostor to use.
pub(crate) fn key() -> (Certificate, KeyPair) {
    let made = NewKey {
        user_ids: vec!["Example <security@example.org>".into()],
        created: now(),
        expires: None,
        passphrase: None,
    };
    let made = made.generate().unwrap();
    let cert = Cert::from_bytes(&made.secret_armored[..]).unwrap();
    let policy = StandardPolicy::new();
    let key = cert.keys().with_policy(&policy, None).for_signing().secret().next().unwrap();
    (made.certificate, key.key().clone().into_keypair().unwrap())
}

/// What an agent with that key answers to PKSIGN after this SETHASH.
pub(crate) fn signature(pair: &KeyPair, sethash: &str) -> Reply {
    let digest = sequoia_openpgp::fmt::hex::decode(sethash.strip_prefix("SETHASH 10 ").unwrap()).unwrap();
    let mpi::Signature::EdDSA { r, s } = pair.clone().sign(HashAlgorithm::SHA512, &digest).unwrap() else {
        panic!("an Ed25519 key signs so");
    };
    let mut line = b"D ".to_vec();
    let mut put = |bytes: &[u8]| {
        for &byte in bytes {
            match byte {
                b'%' | b'\n' | b'\r' => line.extend(format!("%{byte:02X}").bytes()),
                other => line.push(other),
            }
        }
    };
    put(format!("(7:sig-val(5:eddsa(1:r{}:", r.value().len()).as_bytes());
    put(r.value());
    put(format!(")(1:s{}:", s.value().len()).as_bytes());
    put(s.value());
    put(b")))");
    line.extend(b"\nOK\n");
    Reply::Say(line)
}
