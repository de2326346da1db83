//! How our JSON files look: indented by two, one line feed at the end, keys in the order of the fields.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::Serializer;
use serde_json::ser::Formatter;

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
        .serialize(&mut Serializer::with_formatter(&mut out, Indented::default()))
        .expect("plain structures are JSON");
    out.push(b'\n');
    out
}

/// The form of serde_json's own `PrettyFormatter`, which writes each step of a line's indentation by itself: in the deep
/// documents of CSAF that is most of all writing.
#[derive(Default)]
struct Indented {
    depth: usize,
    /// Whether the list or map that ends next has anything in it.
    filled: bool,
}

impl Indented {
    /// A comma unless this is the first, and then the new line.
    fn next<W: ?Sized + Write>(&self, writer: &mut W, first: bool) -> io::Result<()> {
        const LINE: &[u8] = b",\n                                                                ";
        let end = 2 + 2 * self.depth;
        writer.write_all(&LINE[usize::from(first)..end.min(LINE.len())])?;
        (LINE.len()..end).try_for_each(|_| writer.write_all(b" "))
    }

    fn open<W: ?Sized + Write>(&mut self, writer: &mut W, bracket: &[u8]) -> io::Result<()> {
        self.depth += 1;
        self.filled = false;
        writer.write_all(bracket)
    }

    fn close<W: ?Sized + Write>(&mut self, writer: &mut W, bracket: &[u8]) -> io::Result<()> {
        self.depth -= 1;
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
        self.next(writer, first)
    }

    fn begin_object_value<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        writer.write_all(b": ")
    }

    fn end_object_value<W: ?Sized + Write>(&mut self, _: &mut W) -> io::Result<()> {
        self.filled = true;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    #[test]
    fn is_the_form_of_serde_json() {
        let deep = (0..50)
            .fold(json!(1), |inner, at| if at % 2 == 0 { json!([inner]) } else { json!({ "k": inner }) });
        for value in [
            json!({}),
            json!([]),
            json!([[], {}, 1, "a\n"]),
            json!({"a": {"b": [], "c": [1, 2]}, "d": 1}),
            deep,
        ] {
            let mut expect = serde_json::to_vec_pretty::<Value>(&value).unwrap();
            expect.push(b'\n');
            assert_eq!(super::write(&value), expect);
        }
    }
}
