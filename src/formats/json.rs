//! How our JSON files look: indented by two, one line feed at the end, keys in the order of the fields.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::Serializer;
use serde_json::ser::{CharEscape, Formatter};

use crate::value::scan;

/// What most files have room in, in bytes.
const USUAL: usize = 8 * 1024;

/// The bytes of a plain structure: strings, numbers, lists, and maps whose keys are strings.
pub(super) fn write(value: &impl Serialize) -> Vec<u8> {
    write_with_room(USUAL, value)
}

/// The same of a structure that will take about so many bytes. A buffer that grows is copied again and again, and at the
/// size of a list of all advisories that costs more than to fill it.
pub(super) fn write_with_room(room: usize, value: &impl Serialize) -> Vec<u8> {
    let mut out = Vec::with_capacity(room);
    // A Vec takes every byte, and plain structures have no keys that JSON cannot hold.
    value
        .serialize(&mut Serializer::with_formatter(&mut out, Indented::new()))
        .expect("plain structures are JSON");
    out.push(b'\n');
    out
}

/// Writes the text of a field, for `serialize_with`, faster than serde_json does, which looks at each byte by itself: a
/// difference where texts are long. serde_json asks the form of a file about bytes, and ours takes them for a text.
pub(super) fn text<S: serde::Serializer>(text: &impl AsRef<str>, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_bytes(text.as_ref().as_bytes())
}

/// The form of serde_json's own `PrettyFormatter`, which writes each step of a line's indentation by itself, and what
/// stands around a key in five pieces: in the deep documents of CSAF that is most of all writing.
struct Indented {
    /// What begins a line: a comma, the line feed, the indentation, and the quotation mark of a key.
    line: Vec<u8>,
    /// Whether the list or map that ends next has anything in it.
    filled: bool,
    /// Whether the string that is written is a key.
    key: bool,
}

impl Indented {
    fn new() -> Self {
        Self { line: b",\n\"".to_vec(), filled: false, key: false }
    }

    /// A comma unless this is the first, and then the new line.
    fn next<W: ?Sized + Write>(&self, writer: &mut W, first: bool) -> io::Result<()> {
        writer.write_all(&self.line[usize::from(first)..self.line.len() - 1])
    }

    fn open<W: ?Sized + Write>(&mut self, writer: &mut W, bracket: &[u8]) -> io::Result<()> {
        self.line.pop();
        self.line.extend_from_slice(b"  \"");
        self.filled = false;
        writer.write_all(bracket)
    }

    fn close<W: ?Sized + Write>(&mut self, writer: &mut W, bracket: &[u8]) -> io::Result<()> {
        self.line.truncate(self.line.len().saturating_sub(3));
        self.line.push(b'"');
        if self.filled {
            self.next(writer, true)?;
        }
        writer.write_all(bracket)
    }
}

impl Formatter for Indented {
    fn begin_array<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.open(writer, b"[")
    }

    fn end_array<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.close(writer, b"]")
    }

    fn begin_array_value<W: ?Sized + Write>(&mut self, writer: &mut W, first: bool) -> io::Result<()> {
        self.next(writer, first)
    }

    fn end_array_value<W: ?Sized + Write>(&mut self, _: &mut W) -> io::Result<()> {
        self.filled = true;
        Ok(())
    }

    fn begin_object<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.open(writer, b"{")
    }

    fn end_object<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.close(writer, b"}")
    }

    fn begin_object_key<W: ?Sized + Write>(&mut self, writer: &mut W, first: bool) -> io::Result<()> {
        self.key = true;
        writer.write_all(&self.line[usize::from(first)..])
    }

    fn begin_string<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        // That of a key stands there already.
        if self.key { Ok(()) } else { writer.write_all(b"\"") }
    }

    fn end_string<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        let key = std::mem::take(&mut self.key);
        writer.write_all(if key { b"\": " } else { b"\"" })
    }

    /// A text, as [`text`] hands it over.
    fn write_byte_array<W: ?Sized + Write>(&mut self, writer: &mut W, text: &[u8]) -> io::Result<()> {
        writer.write_all(b"\"")?;
        let mut done = 0;
        while let Some(at) = scan::first(text, done, |byte| byte < b' ' || byte == b'"' || byte == b'\\') {
            writer.write_all(&text[done..at])?;
            self.write_char_escape(writer, escape(text[at]))?;
            done = at + 1;
        }
        writer.write_all(&text[done..])?;
        writer.write_all(b"\"")
    }

    fn begin_object_value<W: ?Sized + Write>(&mut self, _: &mut W) -> io::Result<()> {
        // The key's end has the colon.
        Ok(())
    }

    fn end_object_value<W: ?Sized + Write>(&mut self, _: &mut W) -> io::Result<()> {
        self.filled = true;
        Ok(())
    }
}

fn escape(byte: u8) -> CharEscape {
    match byte {
        b'"' => CharEscape::Quote,
        b'\\' => CharEscape::ReverseSolidus,
        0x08 => CharEscape::Backspace,
        0x0c => CharEscape::FormFeed,
        b'\n' => CharEscape::LineFeed,
        b'\r' => CharEscape::CarriageReturn,
        b'\t' => CharEscape::Tab,
        control => CharEscape::AsciiControl(control),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::{Value, json};

    #[derive(serde::Serialize)]
    struct Long(#[serde(serialize_with = "super::text")] String);

    proptest! {
        #[test]
        fn a_text_is_written_as_serde_json_writes_it(text in "[\\x00-\\x7f]{0,40}\\PC{0,40}[a\"\\\\]{0,9}") {
            let expect = serde_json::to_string(&text).unwrap() + "\n";
            prop_assert_eq!(super::write(&Long(text)), expect.into_bytes());
        }
    }

    #[test]
    fn is_the_form_of_serde_json() {
        let deep = (0..50)
            .fold(json!(1), |inner, at| if at % 2 == 0 { json!([inner]) } else { json!({ "k": inner }) });
        for value in [
            json!({}),
            json!([]),
            json!([[], {}, 1, "a\n", [null, ["b"]]]),
            json!({"a": {"b": [], "c": [1, 2]}, "d": 1, "e\"\n": {"": "f"}, "g": true}),
            deep,
        ] {
            let mut expect = serde_json::to_vec_pretty::<Value>(&value).unwrap();
            expect.push(b'\n');
            assert_eq!(super::write(&value), expect);
        }
    }
}
