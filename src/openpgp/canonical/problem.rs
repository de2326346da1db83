//! Why bytes are no signature file in canonical form, for people to read.
//!
//! In goes a file that was refused already, beside the bytes that it should have had; out comes the reason.

use std::fmt;

use super::{LARGEST, MOST};
use crate::openpgp::transferable::{self, Armor};

/// Why bytes are not a signature in canonical form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotCanonical {
    /// No byte.
    Empty,
    /// More than [`LARGEST`] bytes.
    TooLarge,
    /// More than [`MOST`] signatures.
    TooMany,
    /// A message that has its data inside, where a detached signature belongs.
    Inline,
    /// A clear-signed text, where a detached signature belongs.
    ClearSigned,
    /// A key block, public or secret; the word for it.
    Key(&'static str),
    /// No OpenPGP data, or damaged.
    Damaged,
    /// Packets beside the signatures.
    MoreThanSignatures,
    /// Not version 4, or a hash below SHA-256.
    Outdated,
    /// The signature covers more than creation time and issuer fingerprint, or less.
    Subpackets,
    /// It carries something that it does not cover.
    Unhashed,
    /// The packets themselves, without armor.
    Binary,
    /// Something stands before or after the armor, another armor block perhaps.
    Around,
    /// A header line in the armor.
    Header,
    /// Blanks or carriage returns at the ends of lines.
    LineEnds,
    /// The checksum of the armor is wrong or missing.
    Checksum,
    /// The lines of the armor are of other lengths.
    Wrapped,
    /// All that is right, but spelled otherwise.
    Spelling,
}

impl fmt::Display for NotCanonical {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => write!(f, "the signature file is empty"),
            Self::TooLarge => write!(f, "the signature file is larger than {} KiB", LARGEST / 1024),
            Self::TooMany => write!(f, "the signature file holds more than {MOST} signatures"),
            Self::Inline => write!(f, "the file is a message with data inside, not a detached signature"),
            Self::ClearSigned => write!(f, "the file is a clear-signed text, not a detached signature"),
            Self::Key(kind) => write!(f, "the file is {kind}, not a detached signature"),
            Self::Damaged => write!(f, "the signature file is damaged"),
            Self::MoreThanSignatures => write!(f, "the signature file holds more than signatures"),
            Self::Outdated => write!(f, "the signature is not of version 4 with SHA-256 or better"),
            Self::Subpackets => write!(f, "the signature covers other things than its date and its signer"),
            Self::Unhashed => write!(f, "the signature carries additions that it does not cover"),
            Self::Binary => write!(f, "the signature is not armored"),
            Self::Around => write!(f, "something stands before or after the armored signature"),
            Self::Header => write!(f, "the armor of the signature has a header line"),
            Self::LineEnds => write!(f, "lines of the signature end in blanks or carriage returns"),
            Self::Checksum => write!(f, "the checksum of the signature's armor is wrong or missing"),
            Self::Wrapped => write!(f, "the lines of the signature are broken at other places"),
            Self::Spelling => write!(f, "the signature is not in its canonical form"),
        }
    }
}

impl std::error::Error for NotCanonical {}

impl NotCanonical {
    /// What stands where a signature belongs, by its armor; `None` for a signature.
    pub(super) fn of_kind(armor: Armor) -> Option<Self> {
        match armor {
            Armor::None | Armor::Signature => None,
            Armor::Cleartext => Some(Self::ClearSigned),
            Armor::Message => Some(Self::Inline),
            Armor::PublicKey | Armor::SecretKey => Some(Self::Key(armor.words())),
        }
    }

    /// How `found` differs from `right`, the armor that the same packets should have.
    pub(super) fn spelling(found: &[u8], right: &[u8]) -> Self {
        if transferable::armor(found) == Armor::None {
            return Self::Binary;
        }
        let (Some(found), Some(right)) = (Block::of(found), Block::of(right)) else { return Self::Spelling };
        if found.around {
            Self::Around
        } else if found.header {
            Self::Header
        } else if found.blanks {
            Self::LineEnds
        } else if found.body() != right.body() {
            // The same packets from other letters: bits that base64 leaves unused.
            Self::Spelling
        } else if found.checksum != right.checksum {
            Self::Checksum
        } else if found.lines != right.lines {
            Self::Wrapped
        } else {
            Self::Spelling
        }
    }
}

/// The parts of one armor block.
struct Block<'a> {
    around: bool,
    header: bool,
    blanks: bool,
    lines: Vec<&'a [u8]>,
    checksum: Option<&'a [u8]>,
}

impl<'a> Block<'a> {
    fn of(file: &'a [u8]) -> Option<Self> {
        const BEGIN: &[u8] = b"-----BEGIN PGP SIGNATURE-----";
        const END: &[u8] = b"-----END PGP SIGNATURE-----";
        let position = |part: &[u8]| file.windows(part.len()).position(|window| window == part);
        let (from, to) = (position(BEGIN)?, position(END)?);
        let inside = file.get(from + BEGIN.len()..to)?;
        let mut lines: Vec<&[u8]> = inside.split(|byte| *byte == b'\n').collect();
        let blanks = lines.iter().any(|line| line.last().is_some_and(u8::is_ascii_whitespace));
        let header = lines.iter().any(|line| line.contains(&b':'));
        lines.iter_mut().for_each(|line| *line = line.trim_ascii());
        lines.retain(|line| !line.is_empty() && !line.contains(&b':'));
        let checksum = lines.pop_if(|last| last.starts_with(b"="));
        let tail = &file[to + END.len()..];
        let blanks = blanks || (tail != b"\n" && tail.trim_ascii().is_empty() && tail.starts_with(b"\r"));
        let around = from > 0 || !(tail == b"\n" || blanks && tail.trim_ascii().is_empty());
        Some(Self { around, header, blanks, lines, checksum })
    }

    fn body(&self) -> Vec<u8> {
        self.lines.concat()
    }
}
