//! A Markdown file in two: TOML between two `+++` lines, then the body.

use std::ops::Range;

use memchr::{memchr_iter, memmem};

use crate::value::Invalid;

/// Where the two halves lie in the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Halves {
    /// The TOML, without its fences.
    pub front: Range<usize>,
    /// Everything after the second fence's line.
    pub body: Range<usize>,
}

/// Splits a file's text, or says what is missing and where.
///
/// The first line must be `+++`. The second fence is the next line that is exactly `+++` (blanks after it are
/// forgiven) and that leaves sound TOML above it, so a `+++` line inside a multi-line string does not end the front
/// matter early.
pub fn split(text: &str) -> Result<Halves, (Range<usize>, Invalid)> {
    let help = "begin the file with a line `+++`, the fields as TOML, and a second line `+++`";
    let first_line = text.split('\n').next().unwrap_or_default();
    if text.trim().is_empty() {
        return Err((0..0, Invalid::new("the file is empty", help)));
    }
    if first_line.trim_end() != "+++" {
        return Err((0..first_line.len(), Invalid::new("the front matter is missing", help)));
    }
    let start = first_line.len() + 1;
    let mut at = start;
    let mut first_fence = None;
    let mut tries = 0;
    let ends = memchr_iter(b'\n', text.as_bytes()).map(|end| end + 1).skip_while(|end| *end <= start);
    for end in ends.chain([text.len()]) {
        let line = text.get(at..end).unwrap_or_default();
        if line.starts_with("+++") && line.trim_end() == "+++" {
            let halves = Halves { front: start..at, body: end..text.len() };
            let front = &text[halves.front.clone()];
            // Only in a string of several lines can this line be another thing than the end.
            if ![b'"', b'\''].into_iter().any(|quote| has_triple(front.as_bytes(), quote)) {
                return Ok(halves);
            }
            tries += 1;
            // A body may hold many `+++` lines: only a few are tried as the end, so that the work stays bounded.
            if tries <= 8 && toml::de::DeTable::parse(front).is_ok() {
                return Ok(halves);
            }
            first_fence.get_or_insert(halves);
        }
        at = end;
    }
    match first_fence {
        // The TOML is broken; the decoder says how, and takes the first fence for the end.
        Some(halves) => Ok(halves),
        None => {
            let problem = Invalid::new("the front matter has no end", "close it with a line `+++`");
            Err((0..first_line.len(), problem))
        }
    }
}

/// Whether a quotation mark stands three times in a row.
fn has_triple(text: &[u8], quote: u8) -> bool {
    memmem::find(text, &[quote; 3]).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expect: Result<(&str, &str), &str>) {
        let got = split(text);
        let got = got.as_ref().map(|h| (&text[h.front.clone()], &text[h.body.clone()]));
        assert_eq!(got.map_err(|(_, problem)| problem.message.as_str()), expect);
    }

    #[test]
    fn halves() {
        check("+++\na = 1\n+++\nbody\n", Ok(("a = 1\n", "body\n")));
        check("+++\n+++\n", Ok(("", "")));
        check(
            "+++\na = \"\"\"\n+++\n\"\"\"\n+++\nbody +++\n",
            Ok(("a = \"\"\"\n+++\n\"\"\"\n", "body +++\n")),
        );
        check("+++\na = \n+++\nb", Ok(("a = \n", "b")));
        check("", Err("the file is empty"));
        check("+++\n", Err("the front matter has no end"));
        check("+++", Err("the front matter has no end"));
        check("# Title\n", Err("the front matter is missing"));
    }
}
