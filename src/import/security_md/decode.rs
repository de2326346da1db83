//! The text of a policy: in go the bytes of a file, out comes text with LF line ends, and a note on everything that is
//! not as it was. Nothing is guessed: what is no UTF-8 is refused, and twice-encoded text is kept, unless its repair was
//! asked for.

use super::mojibake;
use super::report::Note;
use crate::diag::escape::short;
use crate::import::Problem;
use crate::rules::text::MOJIBAKE;
use crate::value::windows_1252;

/// Decodes the file at `path`.
pub(super) fn decode(path: &str, bytes: &[u8], repair: bool) -> Result<(String, Vec<Note>), Problem> {
    let mut notes = Vec::new();
    let bytes = match bytes.strip_prefix(b"\xef\xbb\xbf") {
        Some(rest) => {
            notes.push(Note::new(1, "byte order mark", "left out: UTF-8 needs none"));
            rest
        }
        None => bytes,
    };
    let mut text = match std::str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        Err(_) if repair && !bytes.contains(&0) => {
            notes.push(Note::new(1, "text that is no UTF-8", "read as Windows-1252"));
            bytes.iter().map(|byte| windows_1252::character(*byte)).collect()
        }
        Err(error) => {
            let before = &bytes[..error.valid_up_to()];
            return Err(Problem {
                source: path.to_owned(),
                line: 1 + before.iter().filter(|byte| **byte == b'\n').count(),
                message: "the text is not UTF-8".to_owned(),
                help: "save it as UTF-8; `--repair` reads it as Windows-1252, which most such files are"
                    .to_owned(),
            });
        }
    };
    if text.contains('\r') {
        notes.push(Note::new(1, "line ends of Windows (CRLF)", "written as LF"));
        text = text.replace("\r\n", "\n").replace('\r', "\n");
    }
    let found = mojibake::find(&text);
    for garbled in &found {
        let line = 1 + text[..garbled.range.start].matches('\n').count();
        let shown = short(&text[garbled.range.clone()], 40);
        let outcome = match (&garbled.meant, repair) {
            (Some(meant), true) => format!("mended to `{meant}`"),
            (Some(meant), false) => format!("kept as it is; `--repair` makes it `{meant}`"),
            (None, _) => "kept as it is: a byte of it is gone, so nobody can tell what it was".to_owned(),
        };
        let note = Note::new(line, &format!("`{shown}`, encoded twice"), &outcome);
        let mended = repair && garbled.meant.is_some();
        notes.push(if mended { note } else { note.of(&MOJIBAKE) });
    }
    if repair {
        for garbled in found.iter().rev() {
            if let Some(meant) = &garbled.meant {
                text.replace_range(garbled.range.clone(), meant);
            }
        }
    }
    if let Some(at) = text.find(is_unwanted) {
        let line = 1 + text[..at].matches('\n').count();
        notes.push(Note::new(line, "control characters", "left out: they show nowhere"));
        text.retain(|c| !is_unwanted(c));
    }
    Ok((text, notes))
}

fn is_unwanted(c: char) -> bool {
    c.is_control() && !matches!(c, '\n' | '\t')
}
