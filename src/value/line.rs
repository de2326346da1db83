//! Text that fits on one line and shows all it holds: titles, names, versions.
//!
//! In goes a string, out comes nothing, or the first character that a reader could not see for what it is.
//! Nothing is repaired: a hidden character in a title is a mistake or an attack, and its author decides which.

use std::fmt;

use super::Invalid;
use super::hidden::hidden;

/// Longest single-line field, in bytes. Titles of real advisories reach 145 characters.
const LONGEST: usize = 2000;

/// A single line without a hidden character. It may be empty.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Line(String);

impl Line {
    /// Takes the text as it is, or names the character that is wrong with it.
    pub fn parse(text: &str) -> Result<Self, Invalid> {
        check(text)?;
        Ok(Self(text.to_owned()))
    }

    /// A line of our own making; should it hold hidden characters, they are left out.
    pub fn literal(text: &str) -> Self {
        Self(text.chars().filter(|&c| !is_hidden(c)).collect())
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Line {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl AsRef<str> for Line {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

/// Whether `c` changes a line without showing. Joiners are among them: in a name they make two that look the same.
pub fn is_hidden(c: char) -> bool {
    hidden(c).is_some()
}

/// Refuses what cannot stand in a single-line field, naming the code point as `U+XXXX`.
pub fn check(text: &str) -> Result<(), Invalid> {
    if text.len() > LONGEST {
        return Err(Invalid::new(
            format!("{} bytes are too long for one line", text.len()),
            format!("keep it below {LONGEST} bytes; longer text belongs into the body"),
        ));
    }
    match text.chars().find(|&c| is_hidden(c)) {
        None => Ok(()),
        Some('\n' | '\r') => Err(Invalid::new("a line break in a single-line field", "write it on one line")),
        Some('\t') => Err(Invalid::new("a tab (U+0009) in a single-line field", "write a space instead")),
        Some(c) => Err(Invalid::new(
            format!("the invisible character U+{:04X}{}", u32::from(c), name(c)),
            "delete that character; retyping the text by hand is the surest way",
        )),
    }
}

/// What the usual suspects are called, for the message.
fn name(c: char) -> &'static str {
    match c {
        '\u{00AD}' => " (soft hyphen)",
        '\u{200B}' => " (zero width space)",
        '\u{200E}' | '\u{200F}' | '\u{061C}' => " (direction mark)",
        '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' => " (direction override)",
        '\u{FEFF}' => " (byte order mark)",
        '\u{2028}' | '\u{2029}' => " (line separator)",
        c if c.is_control() => " (control character)",
        _ => "",
    }
}

#[cfg(test)]
mod tests {
    use super::Line;

    fn check(text: &str, expect: &str) {
        let got = Line::parse(text).err().map(|invalid| invalid.message).unwrap_or_default();
        assert_eq!(got, expect, "{text:?}");
    }

    #[test]
    fn literals_are_lines() {
        assert_eq!(Line::literal("a\nb\u{200b}c").as_str(), "abc");
    }

    #[test]
    fn shows_what_is_hidden() {
        check("Use-after-free in `Pool::drop` — größer 日本", "");
        check("a\nb", "a line break in a single-line field");
        check("a\tb", "a tab (U+0009) in a single-line field");
        check("a\u{202e}b", "the invisible character U+202E (direction override)");
        check("a\u{2066}b", "the invisible character U+2066 (direction override)");
        check("a\u{200b}b", "the invisible character U+200B (zero width space)");
        check("a\u{1b}[31m", "the invisible character U+001B (control character)");
        check("", "");
        check(&"x".repeat(2001), "2001 bytes are too long for one line");
    }
}
