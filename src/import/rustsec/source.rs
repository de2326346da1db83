//! One file of the RustSec database taken apart: in go path and bytes, out come the TOML of the fence with its spans
//! and the Markdown behind it. No key is looked at here.

use std::ops::Range;

use toml::de::DeTable;

use crate::import::Problem;
use crate::source::text;
use crate::value::shown::shown;

const OPEN: &str = "```toml\n";

/// A file whose fence was found.
#[derive(Debug)]
pub(crate) struct Source {
    /// As the caller named it.
    pub path: String,
    /// The whole text, without a byte order mark, lines ended by LF.
    text: String,
    /// Offset of every line's first byte.
    lines: Vec<usize>,
    fence: Range<usize>,
    body: usize,
}

impl Source {
    /// Finds fence and body.
    pub(crate) fn read(path: &str, bytes: &[u8]) -> Result<Self, Problem> {
        let problem = |line, message: String, help: &str| Problem {
            source: path.to_owned(),
            line,
            message,
            help: help.to_owned(),
        };
        // An advisory of ours is read with the same rules: what they refuse could be imported, and not built.
        let text = text::decode(bytes).map_err(|(range, invalid)| {
            let seen = text::lenient(bytes);
            let line = 1 + seen.get(..range.start).unwrap_or_default().matches('\n').count();
            problem(line, invalid.message, &invalid.help)
        })?;
        let text = text.into_owned();
        if !text.starts_with(OPEN) {
            let first = text.lines().next().unwrap_or_default();
            return Err(problem(
                1,
                format!("the file begins with {}, not with a `toml` fence", shown(first)),
                "begin the file with a line of three backticks and `toml`",
            ));
        }
        // The newline before the closing fence may be the opening line's own: an empty fence.
        let from = OPEN.len() - 1;
        let closing = text[from..]
            .match_indices("\n```")
            .map(|(at, found)| (from + at + 1, from + at + found.len()))
            .find(|&(_, end)| text[end..].lines().next().is_none_or(|rest| rest.trim_end().is_empty()));
        let Some((start, end)) = closing else {
            return Err(problem(
                1,
                "the `toml` fence is not closed".to_owned(),
                "end the TOML with a line of three backticks",
            ));
        };
        let body = text[end..].find('\n').map_or(text.len(), |at| end + at + 1);
        let lines = std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect();
        Ok(Self { path: path.to_owned(), fence: OPEN.len()..start, body, lines, text })
    }

    /// The TOML, or everything that is wrong with its syntax.
    pub(crate) fn parse(&self) -> Result<DeTable<'_>, Vec<Problem>> {
        let (table, errors) = DeTable::parse_recoverable(&self.text[self.fence.clone()]);
        if errors.is_empty() {
            return Ok(table.into_inner());
        }
        let problem = |error: &toml::de::Error| {
            let line = self.line(&error.span().unwrap_or(0..0));
            let message = format!("the fence is not TOML: {}", error.message().replace('\n', ", "));
            self.problem(line, message, "mend the TOML, or leave the file out")
        };
        Err(errors.iter().map(problem).collect())
    }

    /// The Markdown behind the fence.
    pub(crate) fn markdown(&self) -> &str {
        &self.text[self.body..]
    }

    /// The line of a span within the fence.
    pub(crate) fn line(&self, span: &Range<usize>) -> usize {
        self.line_at(self.fence.start + span.start)
    }

    /// The line of an offset within the Markdown.
    pub(crate) fn markdown_line(&self, offset: usize) -> usize {
        self.line_at(self.body + offset)
    }

    fn line_at(&self, offset: usize) -> usize {
        self.lines.partition_point(|&start| start <= offset)
    }

    /// A problem in this file.
    pub(crate) fn problem(
        &self,
        line: usize,
        message: impl Into<String>,
        help: impl Into<String>,
    ) -> Problem {
        Problem { source: self.path.clone(), line, message: message.into(), help: help.into() }
    }
}
