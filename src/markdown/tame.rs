//! Foreign Markdown rewritten so that nothing of it is refused: for imports, which must not lose an advisory.
//!
//! In goes the text of another database, out comes Markdown that reads the same, with a backslash before what would
//! have been a tag or a bad link and no `!` before a remote image. A text without problems comes out as it went in.

use super::{Options, ProblemKind, Target, render};

/// A rewritten link may uncover another within its text; nobody nests them deeper than this in earnest.
const MAX_PASSES: usize = 8;

/// Escapes raw HTML and bad links, and turns remote images into links. What is too long or too deep stays.
pub fn tame(source: &str) -> String {
    let unchanged = |_: &str| Target::Unchanged;
    let options = Options { id_prefix: "", top_level: 2, resolve: &unchanged, markers: None };
    let mut text = source.to_owned();
    for _ in 0..MAX_PASSES {
        let mut backslashes = Vec::new();
        let mut dropped = Vec::new();
        for problem in render(&text, &options).problems {
            let start = problem.range.start;
            let Some(span) = text.get(problem.range) else { continue };
            let first = |wanted: &[char]| span.find(wanted).map(|at| start + at);
            match problem.kind {
                ProblemKind::RawHtml(_) | ProblemKind::UnclosedComment => {
                    backslashes.extend(span.match_indices('<').map(|(at, _)| start + at));
                }
                ProblemKind::BadLink { .. } => backslashes.extend(first(&['[', '<'])),
                ProblemKind::RemoteImage(_) => dropped.extend(first(&['!'])),
                _ => {}
            }
        }
        if backslashes.is_empty() && dropped.is_empty() {
            break;
        }
        backslashes.sort_unstable();
        backslashes.dedup();
        let mut rewritten = String::with_capacity(text.len() + backslashes.len());
        let mut marks = backslashes.into_iter().peekable();
        for (at, c) in text.char_indices() {
            if marks.next_if_eq(&at).is_some() {
                rewritten.push('\\');
            }
            if dropped.binary_search(&at).is_err() {
                rewritten.push(c);
            }
        }
        text = rewritten;
    }
    text
}
