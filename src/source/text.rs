//! Bytes to text: UTF-8 with or without a byte order mark, any mix of LF and CRLF, and nothing else.
//!
//! The text that comes out has no byte order mark and only LF, so a file with CRLF makes the same site. Spans are
//! offsets into this text; lines and columns are the same in both.

use std::borrow::Cow;
use std::ops::Range;

use memchr::{memchr, memchr2};

use crate::value::Invalid;

/// The text of a file, or what is wrong with its encoding and where (an offset into [`lenient`]'s text).
pub fn decode(bytes: &[u8]) -> Result<Cow<'_, str>, (Range<usize>, Invalid)> {
    if is_utf16(bytes) {
        let problem = Invalid::new("the file is UTF-16", "save it as UTF-8");
        return Err((0..0, problem));
    }
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => {
            let at = lenient(&bytes[..error.valid_up_to()]).len();
            let byte = bytes[error.valid_up_to()];
            let message = format!("byte 0x{byte:02x} is not UTF-8");
            return Err((at..at, Invalid::new(message, "save the file as UTF-8")));
        }
    };
    let text = lf(text.strip_prefix('\u{feff}').unwrap_or(text));
    if let Some(at) = memchr2(0, b'\r', text.as_bytes()) {
        let name = if text.as_bytes()[at] == 0 { "a NUL byte" } else { "a lone carriage return" };
        let help = "remove it; lines end with LF or CRLF";
        return Err((at..at + 1, Invalid::new(format!("the file contains {name}"), help)));
    }
    Ok(text)
}

/// Whether a file begins with the byte order mark of UTF-16.
pub fn is_utf16(bytes: &[u8]) -> bool {
    bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff])
}

/// The same text where it is sound, and something printable where it is not: for excerpts alone.
pub fn lenient(bytes: &[u8]) -> Cow<'_, str> {
    // Nearly every text is sound, which is found out several times faster than what is wrong with one.
    match std::str::from_utf8(bytes).map_err(|_| String::from_utf8_lossy(bytes)) {
        Ok(text) => lf(text.strip_prefix('\u{feff}').unwrap_or(text)),
        Err(text) => Cow::Owned(lf(text.strip_prefix('\u{feff}').unwrap_or(&text)).into_owned()),
    }
}

/// Where an offset into the text of [`decode`] lies in the bytes that it was made from.
pub fn offset(bytes: &[u8], at: usize) -> usize {
    let mut place = if bytes.starts_with(b"\xef\xbb\xbf") { 3 } else { 0 };
    for _ in 0..at {
        let two = bytes.get(place..).is_some_and(|rest| rest.starts_with(b"\r\n"));
        place += if two { 2 } else { 1 };
    }
    place
}

/// The first bytes of a text, at most so many, that are whole characters.
pub fn begin(text: &str, most: usize) -> &str {
    let mut end = text.len().min(most);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

fn lf(text: &str) -> Cow<'_, str> {
    // One byte is found without the preparation that a search for two takes, and hardly any file has it.
    if memchr(b'\r', text.as_bytes()).is_some() && text.contains("\r\n") {
        Cow::Owned(text.replace("\r\n", "\n"))
    } else {
        Cow::Borrowed(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn offsets_lead_back_to_the_bytes() {
        let bytes = b"\xef\xbb\xbfa\r\n\r\nb = 1\n";
        let text = decode(bytes).unwrap();
        let (in_text, in_bytes) = (text.find('b').unwrap(), bytes.iter().position(|b| *b == b'b').unwrap());
        assert_eq!(offset(bytes, in_text), in_bytes);
        assert_eq!(offset(bytes, 0), 3);
        assert_eq!(offset(b"a\nb", 2), 2);
    }

    #[test]
    fn crlf_and_mark_are_accepted() {
        assert_eq!(decode(b"\xef\xbb\xbfa\r\nb\n").as_deref(), Ok("a\nb\n"));
    }

    #[test]
    fn other_encodings_are_errors_with_a_place() {
        for (bytes, at) in
            [(&b"ab\xffc"[..], 2), (b"\xff\xfea\0", 0), (b"a\0", 1), (b"a\rb", 1), (b"a\r\n\xe9", 2)]
        {
            let (range, _) = decode(bytes).expect_err("not text");
            assert_eq!(range.start, at, "{bytes:?}");
        }
    }
}
