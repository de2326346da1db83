//! Characters that HTML would take for markup, and characters that a reader could not see.
//!
//! In goes foreign text, out comes text that a browser shows as exactly that. The output is byte for byte what an
//! HTML serializer (HTML §13.3) would write, so that a sanitiser can be the judge of it.

use std::fmt::Write;

use crate::value::hidden::{Hidden, hidden};
use crate::value::scan;

/// Bytes that need a look in any text: `&`, `<`, `>`, controls, and the first bytes of characters that may be hidden.
pub(super) const ALWAYS: u8 = 1;
/// The quotation mark, in attributes.
const QUOTE: u8 = 2;

const CLASSES: [u8; 256] = {
    let mut classes = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        classes[byte] = match byte as u8 {
            b'\t' | b'\n' => 0,
            0..0x20 | 0x7f | b'&' | b'<' | b'>' => ALWAYS,
            0xc2 | 0xd8 | 0xe1 | 0xe2 | 0xef | 0xf0.. => ALWAYS,
            b'"' => QUOTE,
            _ => 0,
        };
        byte += 1;
    }
    classes
};

/// Whether a byte may be of a class; by comparisons alone, which are made for many bytes at once.
fn may_count(byte: u8) -> bool {
    let plain = (b' '..=b'~').contains(&byte);
    !plain | (byte == b'"') | (byte == b'&') | (byte == b'<') | (byte == b'>')
}

/// The next byte at or after `from` whose class is in `mask`. It is always the first of a character.
pub(super) fn next(text: &str, from: usize, mask: u8) -> Option<usize> {
    // Most texts are letters of ASCII from end to end, which is found out for many bytes at once.
    let bytes = text.as_bytes();
    let from = scan::first(bytes, from, may_count)?;
    bytes[from..].iter().position(|byte| CLASSES[usize::from(*byte)] & mask != 0).map(|n| from + n)
}

/// Whether a character shows nothing yet changes what is read around it, or may not stand in HTML (§13.2.3.5):
/// direction controls (UAX #9), zero-width spaces and operators, controls, noncharacters.
pub(super) fn is_hidden(c: char) -> bool {
    // Joiners are how some languages are written, and how emoji are put together.
    !matches!(c, '\t' | '\n') && hidden(c).is_some_and(|kind| kind != Hidden::Joiner)
}

/// Appends text as the content of an element; hidden characters appear by their number.
pub(super) fn text(out: &mut String, text: &str) {
    escape(out, text, ALWAYS, |out, c| {
        // Writing to a String cannot fail.
        let _ = write!(out, "<span class=\"codepoint\">U+{:04X}</span>", c as u32);
    });
}

/// Appends text as a quoted attribute's value.
pub(super) fn attribute(out: &mut String, text: &str) {
    escape(out, text, ALWAYS | QUOTE, |out, c| {
        let _ = write!(out, "U+{:04X}", c as u32);
    });
}

fn escape(out: &mut String, text: &str, mask: u8, hidden: fn(&mut String, char)) {
    let (mut done, mut from) = (0, 0);
    while let Some(at) = next(text, from, mask) {
        let Some(c) = text[at..].chars().next() else { break };
        from = at + c.len_utf8();
        let entity = match c {
            '&' => "&amp;",
            '<' => "&lt;",
            '>' => "&gt;",
            '"' => "&quot;",
            '\u{a0}' => "&nbsp;",
            c if is_hidden(c) => "",
            _ => continue,
        };
        out.push_str(&text[done..at]);
        done = from;
        if entity.is_empty() {
            hidden(out, c);
        } else {
            out.push_str(entity);
        }
    }
    out.push_str(&text[done..]);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_byte_of_a_class_is_passed_over() {
        for byte in 0..=u8::MAX {
            assert!(CLASSES[usize::from(byte)] == 0 || may_count(byte), "{byte:#x}");
        }
    }
}
