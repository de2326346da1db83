//! What is wrong with a clear-signed file, for people to read.
//!
//! In goes a file that was refused already, out comes the reason. Nothing is accepted here: [`super::open`] compares
//! bytes, and whatever is not the canonical frame stays refused, with [`FrameProblem::Other`] where no reason is found.

use std::fmt;

use super::{LARGEST, Unframable};
use crate::openpgp::facts::harmless;
use crate::openpgp::transferable::{self, Armor};

const BEGIN: &[u8] = b"-----BEGIN PGP SIGNED MESSAGE-----";
const SIGNATURE: &[u8] = b"-----BEGIN PGP SIGNATURE-----";
const END: &[u8] = b"-----END PGP SIGNATURE-----";

/// The longest name of a header that is quoted, in characters.
const NAME: usize = 40;

/// Why a file is not text in the canonical cleartext frame. Lines are those of the file and count from 1.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FrameProblem {
    /// No clear-signed text; what it is instead.
    NotClearSigned(&'static str),
    /// Larger than a frame may be.
    TooLarge,
    /// It ends too early.
    Truncated,
    /// Something stands before the frame, where no signature covers it.
    Before,
    /// Something stands after the frame, where no signature covers it.
    After,
    /// A second signed message stands in the file.
    SecondMessage {
        /// Where it begins.
        line: usize,
    },
    /// A header line above the text that is not `Hash: SHA512`. No signature covers it.
    Header {
        /// Where.
        line: usize,
        /// Its name, cut short and harmless to print.
        name: String,
    },
    /// No header line says which hash was used.
    NoHash,
    /// The header names another hash, or the signature was made with another one than it says.
    OtherHash,
    /// A header line in the armor of the signature. No signature covers it.
    SignatureHeader {
        /// Where.
        line: usize,
        /// Its name, cut short and harmless to print.
        name: String,
    },
    /// Blanks or a carriage return at the end of a line.
    LineEnd {
        /// Where.
        line: usize,
    },
    /// A line of the text begins with a dash, escaped or not.
    Dash {
        /// Where.
        line: usize,
    },
    /// NUL or another control character.
    Control {
        /// Where.
        line: usize,
    },
    /// A text that may stand in no frame, though nobody added to it.
    Text(Unframable),
    /// None of these.
    Other,
}

impl fmt::Display for FrameProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotClearSigned(kind) => write!(f, "the file holds {kind}, not a clear-signed text"),
            Self::TooLarge => write!(f, "the clear-signed file is larger than {} KiB", 2 * LARGEST / 1024),
            Self::Truncated => write!(f, "the clear-signed file is truncated"),
            Self::Before => {
                write!(f, "something stands before the signed text, where the signature does not cover it")
            }
            Self::After => write!(f, "something stands after the signature, which does not cover it"),
            Self::SecondMessage { line } => write!(f, "a second signed message begins on line {line}"),
            Self::Header { line, name } => {
                write!(f, "line {line} is a header `{name}`, which the signature does not cover")
            }
            Self::NoHash => write!(f, "the header `Hash: SHA512` is missing"),
            Self::OtherHash => write!(f, "the hash of the signature is not the SHA512 of the frame"),
            Self::SignatureHeader { line, name } => {
                write!(f, "line {line} is a header `{name}` in the signature, which does not cover it")
            }
            Self::LineEnd { line } => write!(f, "line {line} ends in a blank or a carriage return"),
            Self::Dash { line } => write!(f, "line {line} of the text begins with a dash"),
            Self::Control { line } => write!(f, "line {line} holds a control character"),
            Self::Text(problem) => write!(f, "the text may not be clear-signed: {problem}"),
            Self::Other => write!(f, "the clear-signed text is not in the canonical frame"),
        }
    }
}

impl std::error::Error for FrameProblem {}

/// The lines of a file, numbered from 1, without what may stand at their ends but should not.
type Lines<'a> = std::iter::Peekable<std::iter::Enumerate<std::slice::Split<'a, u8, fn(&u8) -> bool>>>;

/// The first thing that is wrong with the frame of a refused file; `None` if it looks right.
pub(crate) fn diagnose(file: &[u8]) -> Option<FrameProblem> {
    // Twice the text leaves room for sixteen signatures.
    if file.len() > 2 * LARGEST {
        return Some(FrameProblem::TooLarge);
    }
    let Some(at) = file.windows(BEGIN.len()).position(|window| window == BEGIN) else {
        return Some(unsigned(file));
    };
    if at > 0 {
        return Some(FrameProblem::Before);
    }
    let is_feed: fn(&u8) -> bool = |byte| *byte == b'\n';
    let mut lines = file.split(is_feed).enumerate().peekable();
    headers(&mut lines)
        .or_else(|| text(&mut lines))
        .or_else(|| signature(&mut lines))
        .or_else(|| after(&mut lines))
        .or_else(|| line_ends(file))
}

fn unsigned(file: &[u8]) -> FrameProblem {
    FrameProblem::NotClearSigned(match transferable::armor(file) {
        _ if file.is_empty() => "nothing",
        Armor::Signature => "a detached signature",
        Armor::None | Armor::Cleartext if file.first().is_some_and(|byte| byte & 0x80 != 0) => "binary data",
        // What calls itself clear-signed without having the line for it has a damaged one.
        Armor::None | Armor::Cleartext => "plain text",
        other => other.words(),
    })
}

/// From the first line to the blank one above the text.
fn headers(lines: &mut Lines<'_>) -> Option<FrameProblem> {
    let (_, first) = lines.next()?;
    if bare(first) != BEGIN {
        return Some(FrameProblem::Header { line: 1, name: name(&first[BEGIN.len()..]) });
    }
    let mut hash = false;
    while let Some((i, line)) = lines.next() {
        let (line, number) = (bare(line), i + 1);
        match line {
            _ if lines.peek().is_none() => return Some(FrameProblem::Truncated),
            b"" => return (!hash).then_some(FrameProblem::NoHash),
            b"Hash: SHA512" if !hash => hash = true,
            _ if has_control(line) => return Some(FrameProblem::Control { line: number }),
            _ if line.starts_with(b"Hash:") && !hash => return Some(FrameProblem::OtherHash),
            _ if line.starts_with(b"-----") => return Some(FrameProblem::Truncated),
            _ => return Some(FrameProblem::Header { line: number, name: name(line) }),
        }
    }
    Some(FrameProblem::Truncated)
}

/// From there to the line that opens the signature.
fn text(lines: &mut Lines<'_>) -> Option<FrameProblem> {
    while let Some((i, line)) = lines.next() {
        let (line, number) = (bare(line), i + 1);
        if lines.peek().is_none() {
            return Some(FrameProblem::Truncated);
        }
        if line == SIGNATURE {
            return None;
        }
        if line.starts_with(BEGIN) {
            return Some(FrameProblem::SecondMessage { line: number });
        }
        if line.starts_with(b"-") {
            return Some(FrameProblem::Dash { line: number });
        }
        if has_control(line) {
            return Some(FrameProblem::Control { line: number });
        }
        if line.is_empty() {
            continue;
        }
        // What is left to find wrong with a line does not depend on its neighbours.
        let alone = String::from_utf8_lossy(&[line, b"\n"].concat()).into_owned();
        match super::check(&alone) {
            Ok(()) => {}
            Err(Unframable::Foreign { .. }) => {
                return Some(FrameProblem::Text(Unframable::Foreign { line: number }));
            }
            Err(Unframable::From { .. }) => {
                return Some(FrameProblem::Text(Unframable::From { line: number }));
            }
            Err(Unframable::TooWide { .. }) => {
                return Some(FrameProblem::Text(Unframable::TooWide { line: number }));
            }
            Err(other) => return Some(FrameProblem::Text(other)),
        }
    }
    Some(FrameProblem::Truncated)
}

/// From there to the line that closes it.
fn signature(lines: &mut Lines<'_>) -> Option<FrameProblem> {
    for (i, line) in lines.by_ref() {
        let (line, number) = (bare(line), i + 1);
        if line == END {
            return None;
        }
        if has_control(line) {
            return Some(FrameProblem::Control { line: number });
        }
        if line.contains(&b':') {
            return Some(FrameProblem::SignatureHeader { line: number, name: name(line) });
        }
    }
    Some(FrameProblem::Truncated)
}

/// The rest: one empty piece, because the last line ends in a line feed.
fn after(lines: &mut Lines<'_>) -> Option<FrameProblem> {
    match lines.next() {
        None => return Some(FrameProblem::Truncated),
        Some((_, b"")) if lines.peek().is_none() => return None,
        Some((i, line)) if line.starts_with(BEGIN) => {
            return Some(FrameProblem::SecondMessage { line: i + 1 });
        }
        Some(_) => {}
    }
    let second = lines.find(|(_, line)| line.starts_with(BEGIN));
    Some(second.map_or(FrameProblem::After, |(i, _)| FrameProblem::SecondMessage { line: i + 1 }))
}

fn line_ends(file: &[u8]) -> Option<FrameProblem> {
    let at = file.split(|byte| *byte == b'\n').position(|line| bare(line) != line)?;
    Some(FrameProblem::LineEnd { line: at + 1 })
}

/// A line without the blanks and carriage returns at its end.
fn bare(line: &[u8]) -> &[u8] {
    let end = line.iter().rposition(|byte| !matches!(byte, b' ' | b'\t' | b'\r')).map_or(0, |last| last + 1);
    &line[..end]
}

fn has_control(line: &[u8]) -> bool {
    line.iter().any(u8::is_ascii_control)
}

/// The name of a header line.
fn name(line: &[u8]) -> String {
    harmless(line.split(|byte| *byte == b':').next().unwrap_or_default(), NAME)
}

#[cfg(test)]
mod tests;
