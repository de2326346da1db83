//! Footnotes: numbered by their first reference, written below the text, with a way back to each reference.

use std::collections::BTreeMap;
use std::fmt::Write;

/// The notes of one text.
#[derive(Default)]
pub(super) struct Footnotes {
    /// By label in lower case, for labels match whatever their case.
    notes: BTreeMap<String, Note>,
    referenced: usize,
}

#[derive(Default)]
struct Note {
    /// From 1; 0 while nothing refers to it.
    number: usize,
    references: usize,
    body: String,
    /// Its place among definitions, which orders the notes that nothing refers to.
    defined: usize,
}

impl Footnotes {
    /// Writes a reference; within a link it is no link itself.
    pub(super) fn refer(&mut self, label: &str, prefix: &str, in_link: bool, out: &mut String) {
        let note = self.notes.entry(label.to_lowercase()).or_default();
        if note.number == 0 {
            self.referenced += 1;
            note.number = self.referenced;
        }
        note.references += 1;
        let number = note.number;
        out.push_str("<sup class=\"footnote-ref\" id=\"");
        reference_id(out, prefix, number, note.references);
        // Writing to a String cannot fail.
        let _ = if in_link {
            write!(out, "\">{number}</sup>")
        } else {
            write!(
                out,
                "\"><a href=\"#{prefix}fn_{number}\" aria-label=\"footnote {number}\">{number}</a></sup>"
            )
        };
    }

    /// Keeps a definition's HTML. A second one for the same label adds to the first: no text is lost.
    pub(super) fn define(&mut self, label: &str, body: &str) {
        let defined = self.notes.len();
        let note = self.notes.entry(label.to_lowercase()).or_default();
        if note.body.is_empty() {
            note.defined = defined;
        }
        note.body.push_str(body);
    }

    /// Writes all notes, those without a reference last.
    pub(super) fn write(self, prefix: &str, out: &mut String) {
        if self.notes.is_empty() {
            return;
        }
        let mut notes: Vec<Note> = self.notes.into_values().collect();
        notes.sort_by_key(|note| (if note.number == 0 { usize::MAX } else { note.number }, note.defined));
        out.push_str("<div class=\"footnotes\" role=\"doc-endnotes\" aria-label=\"Footnotes\">\n<ol>\n");
        for (at, note) in notes.iter().enumerate() {
            // Writing to a String cannot fail.
            let _ = write!(out, "<li id=\"{prefix}fn_{}\">", at + 1);
            let (body, end) = match note.body.trim_end().strip_suffix("</p>") {
                Some(body) => (body, "</p>"),
                None => (note.body.trim_end(), ""),
            };
            out.push_str(body);
            for reference in 1..=note.references {
                out.push_str(" <a class=\"footnote-back\" href=\"#");
                reference_id(out, prefix, note.number, reference);
                let _ = write!(out, "\" aria-label=\"back to reference {}", note.number);
                if reference > 1 {
                    let _ = write!(out, "-{reference}");
                }
                out.push_str("\">↩</a>");
            }
            out.push_str(end);
            out.push_str("</li>\n");
        }
        out.push_str("</ol>\n</div>\n");
    }
}

fn reference_id(out: &mut String, prefix: &str, number: usize, reference: usize) {
    let _ = write!(out, "{prefix}fnref_{number}");
    if reference > 1 {
        let _ = write!(out, "_{reference}");
    }
}
