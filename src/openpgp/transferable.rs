//! Reading one key from a file: a certificate, or a key with its secrets.
//!
//! In go the bytes of a file, armored or binary, out comes exactly one sequoia `Cert` of version 4, or an [`Unreadable`].
//! Whether it may hold secrets is the caller's question. Bytes of the file never appear in a message: it may be a secret.

use std::fmt;

use sequoia_openpgp::cert::{Cert, CertParser};
use sequoia_openpgp::parse::Parse;
use sequoia_openpgp::{Packet, PacketPile};

use super::contained;

/// The largest key file we look into, in bytes. A certificate of ten user ids is about 8 KiB.
pub const LARGEST: usize = 256 * 1024;

/// The most user ids, subkeys and photographs a key may have, together. Sorting misplaced signatures takes time in
/// proportion to signatures times parts; a file of tiny user ids alone could take minutes.
pub const MOST_PARTS: usize = 256;

/// Why a file is not one key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unreadable {
    /// No byte but blanks.
    Empty,
    /// More than [`LARGEST`] bytes.
    TooLarge,
    /// More than [`MOST_PARTS`] parts.
    TooManyParts,
    /// No armor and no OpenPGP packet.
    NotOpenPgp,
    /// Armor of another kind: a signature, a message.
    OtherKind(&'static str),
    /// A private key of another program: SSH, TLS.
    OtherSecret,
    /// Begins well and ends too early.
    Truncated,
    /// More than one key.
    Several,
    /// A key GnuPG cannot read: version 6, or 3 and older.
    UnsupportedVersion,
    /// Packets that make no key.
    Damaged,
}

impl Unreadable {
    /// What to do about it.
    pub fn help(&self) -> &'static str {
        match self {
            Self::Empty | Self::NotOpenPgp | Self::OtherKind(_) => {
                "export the key with `gpg --armor --export FINGERPRINT`, or make one with `secsite key new`"
            }
            Self::TooLarge | Self::TooManyParts => {
                "export it without the signatures of others: `gpg --export-options export-minimal --armor --export FINGERPRINT`"
            }
            Self::OtherSecret => "remove this file from the site; if it was ever committed, replace that key",
            Self::Truncated | Self::Damaged => {
                "copy the file again, to its very last line `-----END PGP … BLOCK-----`"
            }
            Self::Several => "keep one key in one file",
            Self::UnsupportedVersion => "use a version 4 key; `secsite key new` makes one",
        }
    }
}

impl fmt::Display for Unreadable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => write!(f, "the key file is empty"),
            Self::TooLarge => write!(f, "the key file is larger than {} KiB", LARGEST / 1024),
            Self::TooManyParts => write!(f, "the key has more than {MOST_PARTS} user ids and subkeys"),
            Self::NotOpenPgp => write!(f, "the file holds no OpenPGP key"),
            Self::OtherKind(kind) => write!(f, "the file holds {kind}, not a key"),
            Self::OtherSecret => write!(f, "the file looks like a secret key of another program"),
            Self::Truncated => write!(f, "the key file is truncated"),
            Self::Several => write!(f, "the file holds more than one key"),
            Self::UnsupportedVersion => write!(f, "the key is of an OpenPGP version that GnuPG cannot read"),
            Self::Damaged => write!(f, "the key file is damaged"),
        }
    }
}

impl std::error::Error for Unreadable {}

/// What the first armor line of a file announces.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Armor {
    None,
    PublicKey,
    SecretKey,
    Signature,
    Cleartext,
    Message,
}

impl Armor {
    pub(crate) fn words(self) -> &'static str {
        match self {
            Self::None => "no armored data",
            Self::PublicKey => "a certificate",
            Self::SecretKey => "a secret key",
            Self::Signature => "a signature",
            Self::Cleartext => "a clear-signed text",
            Self::Message => "a message",
        }
    }
}

/// The kind of armor, by the first line that opens one.
pub(crate) fn armor(bytes: &[u8]) -> Armor {
    let Some(label) = openings(bytes).next() else {
        return Armor::None;
    };
    if label.starts_with(b"PUBLIC KEY BLOCK") {
        Armor::PublicKey
    } else if label.starts_with(b"PRIVATE KEY BLOCK") {
        Armor::SecretKey
    } else if label.starts_with(b"SIGNATURE") {
        Armor::Signature
    } else if label.starts_with(b"SIGNED MESSAGE") {
        Armor::Cleartext
    } else {
        Armor::Message
    }
}

/// The labels of all armor blocks, in order.
fn openings(bytes: &[u8]) -> impl Iterator<Item = &[u8]> {
    bytes.split(|b| *b == b'\n').filter_map(|line| line.trim_ascii_start().strip_prefix(b"-----BEGIN PGP "))
}

/// Reads the one key of a file.
pub(crate) fn read_one(bytes: &[u8]) -> Result<Cert, Unreadable> {
    if bytes.len() > LARGEST {
        return Err(Unreadable::TooLarge);
    }
    if bytes.trim_ascii().is_empty() {
        return Err(Unreadable::Empty);
    }
    match armor(bytes) {
        kind @ (Armor::Signature | Armor::Cleartext | Armor::Message) => {
            return Err(Unreadable::OtherKind(kind.words()));
        }
        Armor::PublicKey | Armor::SecretKey => {
            if openings(bytes).count() > 1 {
                return Err(Unreadable::Several);
            }
            if !contains(bytes, b"-----END PGP ") {
                return Err(Unreadable::Truncated);
            }
        }
        Armor::None if contains(bytes, b"PRIVATE KEY-----") => return Err(Unreadable::OtherSecret),
        // Every OpenPGP packet begins with the highest bit set (RFC 9580 §4.2).
        Armor::None if bytes[0] & 0x80 == 0 => return Err(Unreadable::NotOpenPgp),
        Armor::None => {}
    }
    contained(|| one_cert(bytes)).unwrap_or(Err(Unreadable::Damaged))
}

fn one_cert(bytes: &[u8]) -> Result<Cert, Unreadable> {
    let pile = PacketPile::from_bytes(bytes)
        .map_err(|e| if cut_short(&e) { Unreadable::Truncated } else { Unreadable::Damaged })?;
    let first = pile.children().next().ok_or(Unreadable::Damaged)?;
    match first {
        Packet::PublicKey(_) | Packet::SecretKey(_) => {}
        Packet::Unknown(unknown) if cut_short(unknown.error()) => return Err(Unreadable::Truncated),
        Packet::Unknown(unknown) if is_primary_key(unknown.tag()) => {
            return Err(Unreadable::UnsupportedVersion);
        }
        _ => return Err(Unreadable::NotOpenPgp),
    }
    if pile.descendants().any(|p| matches!(p, Packet::Unknown(u) if cut_short(u.error()))) {
        return Err(Unreadable::Truncated);
    }
    let parts = pile.children().filter(|packet| !matches!(packet, Packet::Signature(_))).count();
    if parts > MOST_PARTS {
        return Err(Unreadable::TooManyParts);
    }
    let mut certs = CertParser::from(pile.into_children().collect::<Vec<Packet>>());
    let cert = certs.next().ok_or(Unreadable::Damaged)?.map_err(|_| Unreadable::Damaged)?;
    if certs.next().is_some() {
        return Err(Unreadable::Several);
    }
    if cert.primary_key().key().version() != 4 {
        return Err(Unreadable::UnsupportedVersion);
    }
    Ok(cert)
}

fn is_primary_key(tag: sequoia_openpgp::packet::Tag) -> bool {
    use sequoia_openpgp::packet::Tag;
    matches!(tag, Tag::PublicKey | Tag::SecretKey)
}

/// Whether the parser met the end of the file inside a packet. Sequoia says so in two ways, one of them only in words;
/// a test would notice other words.
fn cut_short(error: &sequoia_openpgp::anyhow::Error) -> bool {
    error.chain().any(|cause| {
        let early = |e: &std::io::Error| e.kind() == std::io::ErrorKind::UnexpectedEof;
        let told = |e: &sequoia_openpgp::Error| {
            matches!(e, sequoia_openpgp::Error::MalformedPacket(words) if words.starts_with("Truncated"))
        };
        cause.downcast_ref().is_some_and(early) || cause.downcast_ref().is_some_and(told)
    })
}

fn contains(haystack: &[u8], needle: &[u8]) -> bool {
    haystack.windows(needle.len()).any(|window| window == needle)
}
