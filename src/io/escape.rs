//! Foreign names made fit for a terminal: in goes a path as the disk has it, out comes one line of printable text.
//!
//! Never lets through what could move the cursor, reorder the line or end it.

use std::fmt::Write;
use std::path::Path;

/// Longest text printed, in characters; the middle of a longer one is left out, since both ends tell most.
const LONGEST: usize = 160;

/// `path` on one line, without a `./` that nobody types. Control characters, invisible ones, backticks and bytes that are
/// no UTF-8 are escaped.
pub fn path(path: &Path) -> String {
    let path = path.strip_prefix(".").unwrap_or(path);
    if path.as_os_str().is_empty() {
        return ".".to_owned();
    }
    bytes(path.as_os_str().as_encoded_bytes())
}

/// The same for text.
pub fn text(text: &str) -> String {
    bytes(text.as_bytes())
}

/// Whether printing `c` as it is could mislead: control characters, and those without a width or that change direction.
pub fn misleads(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{ad}' | '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}')
        || matches!(c, '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

fn bytes(bytes: &[u8]) -> String {
    let mut line = String::with_capacity(bytes.len());
    for chunk in bytes.utf8_chunks() {
        for c in chunk.valid().chars() {
            match c {
                '`' => line.extend(c.escape_unicode()),
                c if misleads(c) => line.extend(c.escape_default()),
                c => line.push(c),
            }
        }
        for byte in chunk.invalid() {
            // Writing to a String cannot fail.
            let _ = write!(line, "\\x{byte:02x}");
        }
    }
    shorten(line)
}

fn shorten(line: String) -> String {
    let length = line.chars().count();
    if length <= LONGEST {
        return line;
    }
    let half = LONGEST / 2;
    let head: String = line.chars().take(half).collect();
    let tail: String = line.chars().skip(length - half).collect();
    format!("{head}…{tail}")
}
