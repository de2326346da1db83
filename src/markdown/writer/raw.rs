//! Raw HTML: comments vanish, insertion marks are replaced, everything else is shown as the text it is.

use std::ops::Range;

use super::super::comment::{Piece, marker, pieces};
use super::super::{escape, problem::ProblemKind};
use super::Writer;

impl Writer<'_> {
    /// One tag or comment within a line.
    pub(super) fn inline_html(&mut self, html: &str, range: Range<usize>) {
        for piece in pieces(html) {
            match piece {
                Piece::Comment(comment) => {
                    if let (Some(name), Some(_)) = (marker(comment), self.options.markers) {
                        self.problem(ProblemKind::MisplacedMarker(name.to_owned()), range.clone());
                    }
                }
                Piece::Unclosed(text) | Piece::Html(text) => {
                    self.seen += 1;
                    if let Some(heading) = &mut self.heading {
                        heading.push_str(text);
                    }
                    escape::text(&mut self.out, text);
                    self.problem(ProblemKind::RawHtml(text.to_owned()), range.clone());
                }
            }
        }
    }

    /// The block that has been read.
    pub(super) fn html_block(&mut self, range: Range<usize>) {
        let html = std::mem::take(&mut self.html);
        let pieces = pieces(html.trim());
        let alone = pieces.len() == 1;
        let mut shown = String::new();
        let mut unclosed = false;
        for piece in pieces {
            match piece {
                Piece::Comment(comment) => self.comment(comment, alone, &range),
                Piece::Html(text) => shown.push_str(text),
                Piece::Unclosed(text) => {
                    unclosed = true;
                    shown.push_str(text);
                }
            }
        }
        let shown = shown.trim();
        if shown.is_empty() {
            return;
        }
        self.seen += 1;
        self.out.push_str("<p>");
        escape::text(&mut self.out, shown);
        self.out.push_str("</p>\n");
        let kind =
            if unclosed { ProblemKind::UnclosedComment } else { ProblemKind::RawHtml(shown.to_owned()) };
        self.problem(kind, range);
    }

    fn comment(&mut self, comment: &str, alone: bool, range: &Range<usize>) {
        let (Some(name), Some(insert)) = (marker(comment), self.options.markers) else { return };
        match insert(name) {
            Some(html) if alone => {
                self.out.push_str(&html);
                self.out.push('\n');
                self.seen += 1;
            }
            Some(_) => self.problem(ProblemKind::MisplacedMarker(name.to_owned()), range.clone()),
            None => self.problem(ProblemKind::UnknownMarker(name.to_owned()), range.clone()),
        }
    }
}
