//! The cleartext frame of security.txt (RFC 9116 §2.3, RFC 9580 §7): which text may stand in it, and its one spelling.
//!
//! In goes plain text and an armored signature, out comes the file; and back. OpenPGP allows much between the dashes
//! that a reader of the raw file takes for fields: other headers, escaped lines, blanks, text before and after. None of
//! that is ever written, and `open` gives nothing unless `wrap` would give the same bytes.

use std::fmt;

mod problem;

pub use problem::FrameProblem;
pub(crate) use problem::diagnose;

const HEAD: &str = "-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA512\n\n";

/// The longest line a framed text may have, in columns.
pub const WIDEST: usize = 200;

/// The largest text that may be framed, in bytes. RFC 9116 §5.4 lets readers stop at 32 KiB.
pub const LARGEST: usize = 32 * 1024;

/// Why a text may not be framed. Lines count from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unframable {
    /// Nothing to sign.
    Empty,
    /// More than [`LARGEST`] bytes.
    TooLarge,
    /// The last line has no line feed.
    Unterminated,
    /// A byte that is not printable ASCII.
    Foreign {
        /// Where.
        line: usize,
    },
    /// Blanks before the end of the line, which signing would not cover.
    TrailingBlank {
        /// Where.
        line: usize,
    },
    /// A line that begins with `-`, which would have to be escaped.
    Dash {
        /// Where.
        line: usize,
    },
    /// A line that begins with `From `, which mail programs rewrite.
    From {
        /// Where.
        line: usize,
    },
    /// More than [`WIDEST`] columns.
    TooWide {
        /// Where.
        line: usize,
    },
}

impl fmt::Display for Unframable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => write!(f, "the text is empty"),
            Self::TooLarge => write!(f, "the text is longer than {LARGEST} bytes"),
            Self::Unterminated => write!(f, "the last line does not end in a line feed"),
            Self::Foreign { line } => write!(f, "line {line} holds a character that is not printable ASCII"),
            Self::TrailingBlank { line } => write!(f, "line {line} ends in a blank"),
            Self::Dash { line } => write!(f, "line {line} begins with `-`"),
            Self::From { line } => write!(f, "line {line} begins with `From `"),
            Self::TooWide { line } => write!(f, "line {line} is longer than {WIDEST} columns"),
        }
    }
}

impl std::error::Error for Unframable {}

/// Whether `text` may be framed: printable ASCII in lines of at most [`WIDEST`] columns, each ended by a line feed,
/// none ending in a blank or beginning with `-` or `From `.
pub fn check(text: &str) -> Result<(), Unframable> {
    if text.is_empty() {
        return Err(Unframable::Empty);
    }
    if text.len() > LARGEST {
        return Err(Unframable::TooLarge);
    }
    let Some(lines) = text.strip_suffix('\n') else {
        return Err(Unframable::Unterminated);
    };
    for (i, content) in lines.split('\n').enumerate() {
        let line = i + 1;
        if !content.bytes().all(|b| matches!(b, b' '..=b'~')) {
            return Err(Unframable::Foreign { line });
        }
        if content.ends_with(' ') {
            return Err(Unframable::TrailingBlank { line });
        }
        if content.starts_with('-') {
            return Err(Unframable::Dash { line });
        }
        if content.starts_with("From ") {
            return Err(Unframable::From { line });
        }
        if content.len() > WIDEST {
            return Err(Unframable::TooWide { line });
        }
    }
    Ok(())
}

/// The bytes a signature over `text` covers: lines joined by CR LF, without the last line's end (RFC 9580 §7.2).
pub(crate) fn signed_bytes(text: &str) -> Vec<u8> {
    text.strip_suffix('\n').unwrap_or(text).replace('\n', "\r\n").into_bytes()
}

/// The file: `text` in its frame. The caller has checked the text.
pub(crate) fn wrap(text: &str, armored: &[u8]) -> Vec<u8> {
    [HEAD.as_bytes(), text.as_bytes(), armored].concat()
}

/// Text and armored signature of a file, if its frame is the canonical one. The signature is looked at by [`canonical`].
///
/// [`canonical`]: super::canonical
pub(crate) fn open(file: &[u8]) -> Option<(&str, &[u8])> {
    let inside = file.strip_prefix(HEAD.as_bytes())?;
    // No line of the text may begin with a dash, so the first that does begins the signature.
    let end = inside.windows(2).position(|pair| pair == b"\n-")? + 1;
    let (text, armored) = inside.split_at(end);
    let text = std::str::from_utf8(text).ok()?;
    check(text).ok()?;
    Some((text, armored))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const SIGNATURE: &[u8] = b"-----BEGIN PGP SIGNATURE-----\n\nx\n-----END PGP SIGNATURE-----\n";

    #[test]
    fn each_rule_has_its_own_words() {
        for (text, problem) in [
            ("", Unframable::Empty),
            ("a", Unframable::Unterminated),
            ("a\r\n", Unframable::Foreign { line: 1 }),
            ("a\nb\t\n", Unframable::Foreign { line: 2 }),
            ("caf\u{e9}\n", Unframable::Foreign { line: 1 }),
            ("a\n\u{0}\n", Unframable::Foreign { line: 2 }),
            ("a \n", Unframable::TrailingBlank { line: 1 }),
            ("a\n- b\n", Unframable::Dash { line: 2 }),
            ("From here\n", Unframable::From { line: 1 }),
        ] {
            assert_eq!(check(text), Err(problem), "{text:?}");
        }
        assert_eq!(check(&format!("{}\n", "x".repeat(201))), Err(Unframable::TooWide { line: 1 }));
        assert_eq!(check(&"x\n".repeat(LARGEST)), Err(Unframable::TooLarge));
        assert_eq!(check("Contact: mailto:security@example.org\n\n# end\n"), Ok(()));
    }

    #[test]
    fn what_is_covered_ends_without_a_line_end() {
        assert_eq!(signed_bytes("a\nb\n"), b"a\r\nb");
        assert_eq!(signed_bytes("a\n\n"), b"a\r\n");
    }

    proptest! {
        #[test]
        fn framed_text_reads_back(text in "([ -~]{0,80}\n){1,8}") {
            prop_assume!(check(&text).is_ok());
            let file = wrap(&text, SIGNATURE);
            prop_assert_eq!(open(&file), Some((text.as_str(), SIGNATURE)));
        }

        #[test]
        fn what_opens_is_what_would_be_written(file in "(-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA512\n\n)?(\\PC{0,9}\r?\n|-){0,6}") {
            if let Some((text, armored)) = open(file.as_bytes()) {
                prop_assert_eq!(wrap(text, armored), file.as_bytes());
            }
        }
    }
}
