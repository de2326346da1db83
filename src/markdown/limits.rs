//! What is too large or too deep to be parsed in bounded time, found before it is parsed.
//!
//! CommonMark asks a parser to match every open quote and list on every line, so nesting × lines is its one product
//! that grows faster than the text: a hundred thousand `>` and as many lines take 17 s. With both factors bounded the
//! slowest text that a random search found takes less than 0.1 s. One pass over the line starts, no allocation
//! beyond a stack of open lists. The depth is an estimate: the writer counts again, exactly, for the output's sake.

use memchr::{memchr, memchr_iter, memchr2_iter};

use super::problem::{Problem, ProblemKind};

/// The longest text that is parsed, in bytes: 256 KiB. The longest body in the RustSec database has 9.6 KB.
pub const MAX_BYTES: usize = 256 * 1024;

/// The most quotes and list items around one line.
pub const MAX_DEPTH: usize = 64;

/// Says why a text is not parsed at all; `None` for every honest one.
pub fn check_limits(source: &str) -> Option<Problem> {
    if source.len() > MAX_BYTES {
        return Some(Problem { range: 0..source.len(), kind: ProblemKind::TooLong(source.len()) });
    }
    // A search for one byte is several times faster than one for either of two.
    let bytes = source.as_bytes();
    if memchr(b'\r', bytes).is_some() {
        too_deep(source, memchr2_iter(b'\n', b'\r', bytes))
    } else {
        too_deep(source, memchr_iter(b'\n', bytes))
    }
}

fn too_deep(source: &str, line_ends: impl Iterator<Item = usize>) -> Option<Problem> {
    let mut nesting = Nesting::default();
    let mut start = 0;
    for end in line_ends.map(|at| at + 1).chain([source.len()]) {
        let line = &source[start..end];
        if nesting.after(line.as_bytes()) > MAX_DEPTH {
            return Some(Problem { range: start..start + line.trim_end().len(), kind: ProblemKind::TooDeep });
        }
        start = end;
    }
    None
}

/// The lists that may be open, each by the column its content begins at.
#[derive(Default)]
struct Nesting {
    lists: Vec<usize>,
    after_blank: bool,
}

impl Nesting {
    /// How deep a line is nested, at most.
    fn after(&mut self, line: &[u8]) -> usize {
        // Most lines are prose at the margin, and most texts have no list open.
        match line.first() {
            Some(first) if first.is_ascii_alphabetic() && (self.lists.is_empty() || !self.after_blank) => {
                self.after_blank = false;
                return self.lists.len();
            }
            _ => {}
        }
        let (mut at, mut column, mut quotes, mut first) = (0, 0, 0, true);
        loop {
            match line.get(at) {
                Some(b' ') => column += 1,
                Some(b'\t') => column = column / 4 * 4 + 4,
                Some(b'>') => {
                    quotes += 1;
                    column += 1;
                }
                None | Some(b'\n' | b'\r') => {
                    self.after_blank = first;
                    break;
                }
                Some(_) => {
                    let marker = marker(&line[at..]);
                    // Text right below a list's text belongs to it even at the margin; anything else closes
                    // the lists whose content begins further right.
                    if first && (marker.is_some() || self.after_blank) {
                        while self.lists.last().is_some_and(|content| *content > column) {
                            self.lists.pop();
                        }
                    }
                    first = false;
                    self.after_blank = false;
                    let Some(width) = marker else { break };
                    at += width;
                    column += width;
                    self.lists.push(column + 1);
                    if quotes + self.lists.len() > MAX_DEPTH {
                        break;
                    }
                    continue;
                }
            }
            at += 1;
        }
        quotes + self.lists.len()
    }
}

/// The width of a list's or footnote's marker at the start of `rest`; none for a thematic break.
fn marker(rest: &[u8]) -> Option<usize> {
    let width = match rest.first()? {
        bullet @ (b'-' | b'+' | b'*') => {
            let line = rest.iter().take_while(|byte| !matches!(byte, b'\n' | b'\r'));
            if *bullet != b'+'
                && rest.get(4).is_some()
                && line.clone().all(|byte| byte == bullet || *byte == b' ')
            {
                return None;
            }
            1
        }
        b'0'..=b'9' => {
            let digits = rest.iter().take(10).take_while(|byte| byte.is_ascii_digit()).count();
            matches!(rest.get(digits), Some(b'.' | b')')).then_some(digits + 1)?
        }
        b'[' if rest.get(1) == Some(&b'^') => {
            let label = rest.iter().take(256).position(|byte| *byte == b']')?;
            (rest.get(label + 1) == Some(&b':')).then_some(label + 2)?
        }
        _ => return None,
    };
    matches!(rest.get(width), None | Some(b' ' | b'\t' | b'\n' | b'\r')).then_some(width)
}
