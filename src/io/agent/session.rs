//! A conversation with the agent: commands out, results in.
//!
//! In go a socket and a setting, out come answers to the few questions we have: does it hold a key, on which card, and
//! what is its signature over a digest. Nothing else is ever asked; the agent's questions to us are declined, but for
//! the passphrase where there is one.

use std::fmt::Write as _;
use std::path::Path;

use super::line::{self, Line};
use super::problem::AgentProblem;
use super::setting::Setting;
use super::sexp;
use super::wire::{Deadline, Unconnected, Wire};
use crate::openpgp::{Keygrip, Passphrase, RawSignature, Secret};

/// The most lines in one answer. A signature takes a dozen.
const MOST_LINES: usize = 200;

/// The most bytes of status lines that are kept from one answer.
const MOST_STATUS: usize = 8 * 1024;

/// libgcrypt's number of SHA-512.
const SHA512: u32 = 10;

/// A greeted agent that knows where its user sits.
#[derive(Debug)]
pub(super) struct Session {
    wire: Wire,
    passphrase: Option<Sealed>,
}

/// A passphrase that no debug output shows. (Sequoia's own does, in builds for debugging.)
struct Sealed(Passphrase);

impl std::fmt::Debug for Sealed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Sealed")
    }
}

/// What the agent answered.
enum Answer {
    /// Data and status lines.
    Ok(Vec<u8>, Vec<String>),
    /// An error: number and words.
    Err(u32, Vec<u8>),
}

impl Session {
    /// Connects, and says who can be asked for a passphrase.
    pub(super) fn begin(socket: &Path, setting: &Setting, deadline: Deadline) -> Result<Self, Unconnected> {
        let wire = Wire::connect(socket, deadline)?;
        let mut session = Self { wire, passphrase: setting.passphrase.clone().map(Sealed) };
        session.introduce(setting, deadline).map_err(Unconnected::Other)?;
        Ok(session)
    }

    fn introduce(&mut self, setting: &Setting, deadline: Deadline) -> Result<(), AgentProblem> {
        // The greeting.
        self.done(deadline)?;
        self.order("RESET", deadline)?;
        for option in setting.person.iter().flat_map(|person| &person.options) {
            // Agents differ in the options they know, and none of these is needed.
            self.exchange(format!("OPTION {option}\n").as_bytes(), deadline)?;
        }
        if setting.passphrase.is_some() {
            let allowed = self.exchange(b"OPTION pinentry-mode=loopback\n", deadline)?;
            if matches!(allowed, Answer::Err(..)) {
                return Err(AgentProblem::PassphraseRefused);
            }
        } else if setting.person.is_none() {
            // Without this a prompt would wait for somebody on a terminal that nobody sees. An agent that is forwarded
            // from another machine forbids it, and prompts there.
            match self.order("OPTION pinentry-mode=error", deadline) {
                Ok(_) | Err(AgentProblem::Forbidden) => {}
                Err(problem) => return Err(problem),
            }
        }
        Ok(())
    }

    /// Whether the agent holds the secret of a key, or knows the card that does.
    pub(super) fn has(&mut self, key: Keygrip, deadline: Deadline) -> Result<bool, AgentProblem> {
        match self.exchange(format!("HAVEKEY {key}\n").as_bytes(), deadline)? {
            Answer::Ok(..) => Ok(true),
            Answer::Err(number, words) => match AgentProblem::from_error(number, &words) {
                AgentProblem::KeyGone | AgentProblem::Refused { code: 27, .. } => Ok(false),
                problem => Err(problem),
            },
        }
    }

    /// The serial number of the card that a key is on; `None` if it is on none, or the agent does not tell.
    pub(super) fn card(&mut self, key: Keygrip, deadline: Deadline) -> Result<Option<String>, AgentProblem> {
        let Answer::Ok(_, status) = self.exchange(format!("KEYINFO {key}\n").as_bytes(), deadline)? else {
            return Ok(None);
        };
        // `KEYINFO <keygrip> T <serial> ...`, where T stands for token.
        Ok(status.iter().find_map(|line| {
            let mut words = line.split_ascii_whitespace();
            let known = words.next() == Some("KEYINFO") && words.nth(1) == Some("T");
            words.next().filter(|_| known).map(|serial| serial.chars().take(32).collect())
        }))
    }

    /// A signature over a SHA-512 digest. `prompt` is what a person reads above the field for the passphrase.
    pub(super) fn sign(
        &mut self,
        key: Keygrip,
        prompt: &str,
        digest: &[u8],
        deadline: Deadline,
    ) -> Result<RawSignature, AgentProblem> {
        self.order(&format!("SIGKEY {key}"), deadline)?;
        // The agent forgets the words after each signature. One that is forwarded from another machine takes none, since it
        // tells its user itself that somebody far away wants to sign; every other obstacle comes up again at PKSIGN.
        let words = [b"SETKEYDESC ", &line::prompt(prompt)[..], b"\n"].concat();
        self.exchange(&words, deadline)?;
        let mut hash = format!("SETHASH {SHA512} ");
        for byte in digest {
            // Writing to a String cannot fail.
            let _ = write!(hash, "{byte:02X}");
        }
        self.order(&hash, deadline)?;
        let data = self.order("PKSIGN", deadline)?;
        sexp::signature(&data).ok_or(AgentProblem::Garbled("its signature is not in libgcrypt's form"))
    }

    /// A command that has to work.
    fn order(&mut self, command: &str, deadline: Deadline) -> Result<Vec<u8>, AgentProblem> {
        self.wire.send(format!("{command}\n").as_bytes(), deadline)?;
        self.done(deadline)
    }

    fn done(&mut self, deadline: Deadline) -> Result<Vec<u8>, AgentProblem> {
        match self.answer(deadline)? {
            Answer::Ok(data, _) => Ok(data),
            Answer::Err(number, words) => Err(AgentProblem::from_error(number, &words)),
        }
    }

    fn exchange(&mut self, command: &[u8], deadline: Deadline) -> Result<Answer, AgentProblem> {
        self.wire.send(command, deadline)?;
        self.answer(deadline)
    }

    fn answer(&mut self, deadline: Deadline) -> Result<Answer, AgentProblem> {
        let (mut data, mut status, mut kept) = (Vec::new(), Vec::new(), 0);
        let mut asked = false;
        for _ in 0..MOST_LINES {
            match self.wire.receive(deadline)? {
                Line::Ok => return Ok(Answer::Ok(data, status)),
                Line::Err(number, words) => return Ok(Answer::Err(number, words)),
                Line::Comment => {}
                Line::Data(piece) => data.extend_from_slice(&piece),
                Line::Status(line) => {
                    kept += line.len();
                    if kept <= MOST_STATUS {
                        status.push(line);
                    }
                }
                Line::Inquire(keyword) => {
                    // Asked twice for one signature, the passphrase was wrong; it does not get better by repeating.
                    let reply = match (&self.passphrase, &keyword[..]) {
                        (Some(Sealed(passphrase)), "PASSPHRASE") if !asked => data_lines(passphrase),
                        (_, "PINENTRY_LAUNCHED") => b"END\n".to_vec().into(),
                        _ => b"CAN\n".to_vec().into(),
                    };
                    asked |= keyword == "PASSPHRASE";
                    self.wire.send(&reply, deadline)?;
                }
            }
            if data.len() > sexp::LONGEST {
                return Err(AgentProblem::Garbled("its answer is far too long"));
            }
        }
        Err(AgentProblem::Garbled("its answer does not end"))
    }
}

/// A passphrase as data lines, every byte escaped, in memory that is wiped. Its size is right from the start: a buffer
/// that grows leaves a copy behind.
fn data_lines(passphrase: &Passphrase) -> Secret {
    /// A line holds this many bytes of three characters each.
    const PIECE: usize = 300;
    passphrase.map(|secret| {
        let lines = secret.len().div_ceil(PIECE);
        let mut text = Secret::new(secret.len() * 3 + lines * 3 + 4);
        let mut at = 0;
        let mut put = |bytes: &[u8]| {
            text[at..at + bytes.len()].copy_from_slice(bytes);
            at += bytes.len();
        };
        for piece in secret.chunks(PIECE) {
            put(b"D ");
            for byte in piece {
                let digit = |value: u8| b"0123456789ABCDEF"[usize::from(value)];
                put(&[b'%', digit(byte >> 4), digit(byte & 15)]);
            }
            put(b"\n");
        }
        put(b"END\n");
        text
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_passphrase_fits_its_lines() {
        let lines = |words: &str| String::from_utf8(data_lines(&Passphrase::from(words)).to_vec()).unwrap();
        assert_eq!(lines(""), "END\n");
        assert_eq!(lines("a\nü"), "D %61%0A%C3%BC\nEND\n");
        let long = lines(&"x".repeat(700));
        assert_eq!(long.matches("D ").count(), 3);
        assert_eq!(long.matches("%78").count(), 700);
        assert!(long.lines().all(|line| line.len() <= line::LONGEST));
    }

    #[test]
    fn a_session_shows_no_passphrase() {
        assert_eq!(format!("{:?}", Sealed(Passphrase::from("correct horse"))), "Sealed");
    }
}
