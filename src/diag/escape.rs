//! Foreign text on its way to a terminal or a log: control characters made visible, long lines cut.
//!
//! A file name or a line of an author's file may hold escape sequences that repaint a terminal, or the secret key
//! that somebody pasted into the wrong file. Neither leaves this module as it came.

use std::fmt::Write;

use crate::value::hidden::hidden;

/// No line of ours is wider than this many characters.
pub const COLUMNS: usize = 200;

/// `text` with control, bidirectional and invisible characters as `\u{…}`; tabs become spaces; newlines stay out.
pub fn visible(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\t' => out.push(' '),
            c if is_hazard(c) => {
                // Writing to a String cannot fail.
                let _ = write!(out, "\\u{{{:x}}}", u32::from(c));
            }
            c => out.push(c),
        }
    }
    out
}

/// [`visible`], cut to `width` characters with an ellipsis.
pub fn short(text: &str, width: usize) -> String {
    let text = visible(text);
    if text.chars().count() <= width {
        return text;
    }
    let mut cut: String = text.chars().take(width.saturating_sub(1)).collect();
    cut.push('…');
    cut
}

/// Whether a character can hide or rearrange what is printed.
pub fn is_hazard(c: char) -> bool {
    hidden(c).is_some()
}

/// Whether a line looks like part of a secret key or another credential and must not be shown.
pub fn looks_secret(line: &str) -> bool {
    line.contains("PRIVATE KEY") || holds_key_text(line)
}

/// Whether a line holds what the body of an armored key is made of.
pub fn holds_key_text(line: &str) -> bool {
    line.split(|c: char| !c.is_ascii_alphanumeric() && c != '+' && c != '/').any(is_key_text)
}

/// Thirty-two characters of base 64 in a row, a fifth of them capitals and a fifth small, are neither prose nor a hash
/// nor the path of a URL.
fn is_key_text(word: &str) -> bool {
    let count = |fits: fn(&u8) -> bool| word.bytes().filter(fits).count();
    let fifth = word.len() / 5;
    word.len() >= 32
        && count(u8::is_ascii_lowercase) >= fifth
        && count(u8::is_ascii_uppercase) >= fifth
        && count(u8::is_ascii_digit) > 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escape_sequences_become_visible() {
        assert_eq!(visible("a\u{1b}[31mb\u{202e}c\td"), "a\\u{1b}[31mb\\u{202e}c d");
    }

    #[test]
    fn long_text_is_cut() {
        assert_eq!(short("abcdef", 4), "abc…");
        assert_eq!(short("abcd", 4), "abcd");
    }

    #[test]
    fn armored_lines_are_secret_and_hashes_are_not() {
        assert!(looks_secret("-----BEGIN PGP PRIVATE KEY BLOCK-----"));
        assert!(looks_secret("lQdGBGRkZmYBEADK1b6bJ0a5m5pQ0k0vWm1cT3m2nXbq9t0V5j6E8mQ1cYk3Zx7L"));
        assert!(!looks_secret("sha256 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"));
        assert!(!looks_secret("A plain sentence about keys."));
        let commit = "https://github.com/Example/Example2/commit/4e2b52b5f7a0c8d1e9f3b6a7c5d4e3f2a1b0c9d8";
        assert!(!looks_secret(commit));
    }
}
