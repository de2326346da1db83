//! Why gpg-agent did not sign, each case with its own words and its own way out.
//!
//! In goes an error of the agent's protocol or of the connection to it. No variant holds a byte of a passphrase.

use std::fmt;
use std::time::Duration;

use crate::openpgp::{Certificate, Fingerprint, HeldProblem, SignerProblem};

/// Why there is no signature.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AgentProblem {
    /// This system has no Unix sockets that the agent would listen on.
    Platform,
    /// GnuPG is not installed: there is no `gpgconf`.
    NoGpg,
    /// `gpgconf` does not say where the agent is, or does not start it.
    NotStarted(String),
    /// Nothing answers at the agent's socket.
    Unreachable(String),
    /// The agent did not answer in time.
    Slow(Duration),
    /// The agent went away in the middle.
    Gone,
    /// What answers does not speak the agent's protocol.
    Garbled(&'static str),
    /// The agent has none of the secrets of these certificates.
    NoSecret(Vec<Fingerprint>),
    /// A certificate has no key that could sign.
    Unfit {
        /// The certificate.
        certificate: Fingerprint,
        /// Why not.
        problem: SignerProblem,
    },
    /// The agent had the key a moment ago.
    KeyGone,
    /// A passphrase or PIN is wanted and nobody can be asked for it; or a card, and nobody can be asked to insert it.
    NobodyToAsk {
        /// The serial number of the card that the key is on.
        card: Option<String>,
    },
    /// The program that asks for the passphrase does not work.
    Pinentry(String),
    /// Nobody typed the passphrase in time.
    NoAnswer,
    /// Somebody said no, at the prompt or at the card.
    Cancelled,
    /// The passphrase does not open the key.
    WrongPassphrase,
    /// The agent's configuration forbids to hand it a passphrase.
    PassphraseRefused,
    /// The PIN of the card was wrong.
    WrongPin,
    /// The card has locked itself after too many wrong PINs.
    PinBlocked,
    /// The card that holds the key is not there.
    CardMissing {
        /// Its serial number, where the agent knows it.
        serial: Option<String>,
    },
    /// The card, or the part of GnuPG that talks to it, failed.
    Card(String),
    /// The agent does not do this for a machine that it is forwarded to.
    Forbidden,
    /// Anything else that the agent answered.
    Refused {
        /// GnuPG's number of the error.
        code: u32,
        /// The agent's words.
        words: String,
    },
}

impl AgentProblem {
    /// That the agent holds none of these certificates' secrets; for whoever has no other key.
    pub fn no_secret(certificates: &[Certificate]) -> Self {
        Self::NoSecret(certificates.iter().map(Certificate::fingerprint).collect())
    }

    /// An `ERR` line: the number as libgpg-error composes it, and the agent's words.
    #[cfg(unix)]
    pub(super) fn from_error(number: u32, words: &[u8]) -> Self {
        /// `GPG_ERR_SOURCE_PINENTRY`.
        const PINENTRY: u32 = 5;
        /// `GPG_ERR_ENODEV`, from the kernel's numbers.
        const NO_DEVICE: u32 = (1 << 15) | 80;
        let (source, code) = ((number >> 24) & 0x7f, number & 0xffff);
        let words = crate::io::escape::text(&String::from_utf8_lossy(words));
        match code {
            11 => Self::WrongPassphrase,
            17 => Self::KeyGone,
            62 => Self::NoAnswer,
            // "No pinentry" is what the agent says when it was told to ask nobody.
            85 | 177 => Self::NobodyToAsk { card: None },
            86 => Self::Pinentry(words),
            87 => Self::WrongPin,
            99 | 114 | 198 | 277 => Self::Cancelled,
            91 | 110 | 112 | NO_DEVICE => Self::CardMissing { serial: None },
            108 | 109 | 111 | 119 | 120 | 123 | 132 => Self::Card(words),
            130 => Self::PinBlocked,
            251 => Self::Forbidden,
            _ if source == PINENTRY => Self::Pinentry(words),
            _ => Self::Refused { code, words },
        }
    }

    /// What to do about it.
    pub fn help(&self) -> String {
        match self {
            Self::Platform => "sign with a key file, or on Linux, macOS or a BSD".into(),
            Self::NoGpg => "install GnuPG 2.2 or later, or sign with a key file".into(),
            Self::NotStarted(_) => "run `gpgconf --launch gpg-agent` and mend what it complains about".into(),
            Self::Unreachable(_) | Self::Gone => {
                "run `gpgconf --kill gpg-agent`, then try again; it is started anew".into()
            }
            Self::Slow(_) => "a card may wait for a touch, or the agent hangs: look at the card, or run `gpgconf --kill gpg-agent`".into(),
            Self::Garbled(_) => "another program listens at the agent's socket: see `gpgconf --list-dirs agent-socket`".into(),
            Self::NoSecret(_) => {
                "see what it has with `gpg --list-secret-keys`; a card becomes known with `gpg --card-status`; \
                 GNUPGHOME says which agent is asked"
                    .into()
            }
            Self::Unfit { problem, .. } => problem.help(),
            Self::KeyGone => "see what it has with `gpg --list-secret-keys`; put the card in if the key is on one".into(),
            Self::NobodyToAsk { card: Some(_) } => {
                "insert the card and check with `gpg --card-status`; then run this on a terminal, or set SECSITE_PASSPHRASE \
                 to its PIN"
                    .into()
            }
            Self::NobodyToAsk { card: None } => {
                "run this on a terminal, or set SECSITE_PASSPHRASE, or let gpg-agent remember the passphrase by signing \
                 something with gpg first"
                    .into()
            }
            Self::Pinentry(_) => {
                "run `export GPG_TTY=$(tty)`, or install a pinentry program that fits this terminal or desktop".into()
            }
            Self::NoAnswer => "sign again, and answer the prompt of gpg-agent within its time".into(),
            Self::Cancelled => "sign again, and allow it this time; nothing was published".into(),
            Self::WrongPassphrase => "try it with `gpg --sign` first; letter case and blanks count".into(),
            Self::PassphraseRefused => {
                "remove `no-allow-loopback-pinentry` from gpg-agent.conf, or unset SECSITE_PASSPHRASE and run this on a terminal"
                    .into()
            }
            Self::WrongPin => "sign again with the right PIN; the card locks itself after three wrong ones".into(),
            Self::PinBlocked => "unblock it with `gpg --card-edit`, `admin`, `passwd`".into(),
            Self::CardMissing { .. } => "insert the card, check with `gpg --card-status`, and sign again".into(),
            Self::Card(_) => "check the card with `gpg --card-status`; it needs the program scdaemon".into(),
            Self::Forbidden => "sign on the machine where the agent runs; a forwarded agent may do little".into(),
            Self::Refused { .. } => "try `gpg --armor --detach-sign FILE` with this key; it should say more".into(),
        }
    }
}

impl fmt::Display for AgentProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Platform => write!(f, "signing through gpg-agent works on Unix alone"),
            Self::NoGpg => write!(f, "GnuPG is not installed: there is no program `gpgconf`"),
            Self::NotStarted(why) => write!(f, "gpg-agent could not be started: {why}"),
            Self::Unreachable(why) => write!(f, "gpg-agent cannot be reached: {why}"),
            Self::Slow(within) => write!(f, "gpg-agent did not answer within {} s", within.as_secs()),
            Self::Gone => write!(f, "gpg-agent closed the connection"),
            Self::Garbled(what) => write!(f, "what answers as gpg-agent is not it: {what}"),
            Self::NoSecret(keys) => {
                let keys: Vec<String> = keys.iter().map(|key| format!("`{key}`")).collect();
                write!(f, "gpg-agent has no secret key of {}", keys.join(", "))
            }
            Self::Unfit { certificate, problem } => {
                write!(f, "the certificate `{certificate}` cannot sign: {problem}")
            }
            Self::KeyGone => write!(f, "gpg-agent no longer has the secret of the signing key"),
            Self::NobodyToAsk { card: Some(serial) } => write!(
                f,
                "the smart card `{serial}` is not there or wants its PIN, and there is no terminal to ask on"
            ),
            Self::NobodyToAsk { card: None } => {
                write!(f, "gpg-agent wants a passphrase, and there is no terminal to ask for it on")
            }
            Self::Pinentry(words) => {
                write!(f, "gpg-agent cannot ask for the passphrase: its pinentry says `{words}`")
            }
            Self::NoAnswer => write!(f, "nobody answered gpg-agent's prompt in time"),
            Self::Cancelled => write!(f, "the signature was declined at the prompt of gpg-agent"),
            Self::WrongPassphrase => write!(f, "the passphrase does not open the key in gpg-agent"),
            Self::PassphraseRefused => {
                write!(
                    f,
                    "gpg-agent takes no passphrase from SECSITE_PASSPHRASE: its configuration forbids it"
                )
            }
            Self::WrongPin => write!(f, "the PIN of the smart card is wrong"),
            Self::PinBlocked => write!(f, "the smart card is locked: its PIN was wrong too often"),
            Self::CardMissing { serial: Some(serial) } => {
                write!(f, "the smart card `{serial}` with the signing key is not there")
            }
            Self::CardMissing { serial: None } => {
                write!(f, "the smart card with the signing key is not there")
            }
            Self::Card(words) => write!(f, "the smart card failed: gpg-agent says `{words}`"),
            Self::Forbidden => write!(f, "gpg-agent refuses this to a machine that it is forwarded to"),
            Self::Refused { code, words } => {
                write!(f, "gpg-agent did not sign: it says `{words}` (error {code})")
            }
        }
    }
}

impl std::error::Error for AgentProblem {}

impl From<AgentProblem> for HeldProblem {
    fn from(problem: AgentProblem) -> Self {
        Self { message: problem.to_string(), help: problem.help() }
    }
}
