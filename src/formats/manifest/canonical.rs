//! JSON with one spelling: compact, ASCII, one line feed at the end. Keys are in the order of the fields.

use std::io;

use serde::Serialize;
use serde_json::ser::{Formatter, Serializer};

/// The bytes of a value whose fields are declared in the order of their names; there will be about `room` of them.
pub(in crate::formats) fn write(value: &impl Serialize, room: usize) -> Vec<u8> {
    let mut out = Vec::with_capacity(room);
    add(&mut out, value);
    out.push(b'\n');
    out
}

/// The same for a value within another: no line feed, and at the end of what is there.
pub(super) fn add(out: &mut Vec<u8>, value: &impl Serialize) {
    // A Vec takes every byte, and no field is a map with odd keys or a number out of JSON's reach.
    value.serialize(&mut Serializer::with_formatter(out, Ascii)).expect("plain JSON");
}

/// Compact, and what is not ASCII as `\u` escapes of UTF-16.
struct Ascii;

impl Formatter for Ascii {
    fn write_string_fragment<W: ?Sized + io::Write>(&mut self, writer: &mut W, text: &str) -> io::Result<()> {
        if text.is_ascii() {
            return writer.write_all(text.as_bytes());
        }
        for c in text.chars() {
            if c.is_ascii() {
                writer.write_all(&[c as u8])?;
            } else {
                for unit in c.encode_utf16(&mut [0; 2]) {
                    write!(writer, "\\u{unit:04x}")?;
                }
            }
        }
        Ok(())
    }
}
