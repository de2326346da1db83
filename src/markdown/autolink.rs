//! Bare addresses in prose, as GitHub links them (GFM §6.9), `https://` and `http://` alone.
//!
//! In goes a run of text and the place of a colon in it; out comes where the address around it lies. Whether it may be
//! linked is for `destination` to say.

use std::ops::Range;

/// An address in running text.
pub(super) struct Found {
    /// The address without the sentence's punctuation.
    pub(super) url: Range<usize>,
    /// Where the search goes on if it cannot be linked: no byte is looked at twice.
    pub(super) end: usize,
}

/// The address whose scheme ends at the colon at `colon` and does not begin before `floor`.
pub(super) fn at_colon(text: &str, floor: usize, colon: usize) -> Option<Found> {
    let rest = text[colon..].strip_prefix("://")?;
    let before = text.as_bytes().get(floor..colon)?;
    let length = ["https", "http"].into_iter().find(|scheme| {
        before
            .len()
            .checked_sub(scheme.len())
            .is_some_and(|at| before[at..].eq_ignore_ascii_case(scheme.as_bytes()))
    })?;
    let start = colon - length.len();
    let joined = |c: char| {
        c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.' | ':' | '/' | '@' | '%' | '&' | '=' | '?')
    };
    if text[..start].chars().next_back().is_some_and(joined) {
        return None;
    }
    let stop = |c: char| {
        c.is_whitespace()
            || c.is_control()
            || super::escape::is_hidden(c)
            || matches!(c, '<' | '>' | '"' | '`' | '|' | '\\')
    };
    let end = rest.find(stop).map_or(text.len(), |length| colon + 3 + length);
    let url = start..colon + 3 + without_punctuation(&text[colon + 3..end]);
    Some(Found { url, end })
}

/// The length of an address without what ends the sentence: `.` or `,`, and brackets that it did not open.
fn without_punctuation(rest: &str) -> usize {
    let count = |wanted: char| rest.chars().filter(|c| *c == wanted).count();
    let mut round = count(')').saturating_sub(count('('));
    let mut square = count(']').saturating_sub(count('['));
    let kept = rest.trim_end_matches(|c: char| match c {
        '?' | '!' | '.' | ',' | ':' | ';' | '*' | '_' | '~' | '\'' | '…' | '’' | '”' | '»' | '。' | '、' => {
            true
        }
        ')' if round > 0 => {
            round -= 1;
            true
        }
        ']' if square > 0 => {
            square -= 1;
            true
        }
        _ => false,
    });
    kept.len()
}
