//! As much of HTML as our own pages have: tags in a known spelling, and text with references.

use std::borrow::Cow;
use std::sync::LazyLock;

use memchr::arch::all::packedpair::HeuristicFrequencyRank;
use memchr::memmem::{Finder, FinderBuilder};

/// A mark that may stand far into a page. Every page is searched for it, so the search is prepared once.
pub(super) struct Mark(LazyLock<Finder<'static>>);

impl Mark {
    /// The mark that `prepare` makes with [`finder`].
    pub(super) const fn new(prepare: fn() -> Finder<'static>) -> Self {
        Self(LazyLock::new(prepare))
    }

    /// What follows the first of its kind.
    pub(super) fn after<'b>(&self, html: &'b str) -> Option<&'b str> {
        self.0.find(html.as_bytes()).map(|at| &html[at + self.0.needle().len()..])
    }

    /// What follows each of its kind, up to the next.
    pub(super) fn blocks<'b>(&self, html: &'b str) -> impl Iterator<Item = &'b str> {
        cut(html, self.0.needle().len(), |rest| self.0.find(rest.as_bytes()))
    }

    /// What stands between it and the next end.
    pub(super) fn until<'b>(&self, html: &'b str, end: &str) -> Option<&'b str> {
        before(self.after(html)?, end)
    }
}

/// The search for a mark.
pub(super) fn finder(mark: &'static str) -> Finder<'static> {
    FinderBuilder::new().build_forward_with_ranker(Html, mark)
}

/// How common a byte is in a page. The search begins where two rare ones stand, and in other texts than HTML the signs of
/// tags would be rare.
struct Html;

impl HeuristicFrequencyRank for Html {
    fn rank(&self, byte: u8) -> u8 {
        match byte {
            b'<' | b'>' | b'"' | b'=' | b'/' | b' ' => 255,
            b'a' | b'e' | b'i' | b'n' | b'o' | b'r' | b's' | b't' => 250,
            _ => 200,
        }
    }
}

/// What stands before the first `mark`, if there is one.
pub(super) fn before<'b>(html: &'b str, mark: &str) -> Option<&'b str> {
    near(html, mark).map(|at| &html[..at])
}

/// Where the first `mark` stands that is near, so that nothing is prepared for a long search: many places are asked at
/// once for its first and its last byte.
fn near(html: &str, mark: &str) -> Option<usize> {
    const AT_ONCE: usize = 32;
    let (html, mark) = (html.as_bytes(), mark.as_bytes());
    let (first, last) = (*mark.first()?, *mark.last()?);
    let ends = html.get(mark.len() - 1..)?;
    let whole = |at: &usize| html[*at] == first && ends[*at] == last && html[*at..].starts_with(mark);
    let mut from = 0;
    while let (Some(starts), Some(ends)) =
        (html[from..].first_chunk::<AT_ONCE>(), ends[from..].first_chunk::<AT_ONCE>())
    {
        let mut likely = false;
        for at in 0..AT_ONCE {
            likely |= (starts[at] == first) & (ends[at] == last);
        }
        if likely && let Some(at) = (from..from + AT_ONCE).find(whole) {
            return Some(at);
        }
        from += AT_ONCE;
    }
    (from..ends.len()).find(whole)
}

/// What follows the first `mark`.
pub(super) fn after<'b>(html: &'b str, mark: &str) -> Option<&'b str> {
    near(html, mark).map(|at| &html[at + mark.len()..])
}

/// What stands before the first `mark`, or everything.
pub(super) fn until<'b>(html: &'b str, mark: &str) -> &'b str {
    before(html, mark).unwrap_or(html)
}

/// What stands between a mark and the next end.
pub(super) fn between<'b>(html: &'b str, mark: &str, end: &str) -> Option<&'b str> {
    before(after(html, mark)?, end)
}

/// What follows each `mark`, up to the next.
pub(super) fn blocks<'b>(html: &'b str, mark: &'b str) -> impl Iterator<Item = &'b str> {
    cut(html, mark.len(), |rest| near(rest, mark))
}

/// What follows each mark of so many bytes, up to the next that `find` finds.
fn cut(html: &str, length: usize, find: impl Fn(&str) -> Option<usize>) -> impl Iterator<Item = &str> {
    let mut rest = find(html).map(|at| &html[at + length..]);
    std::iter::from_fn(move || {
        let block = rest?;
        let end = find(block);
        rest = end.map(|at| &block[at + length..]);
        Some(end.map_or(block, |at| &block[..at]))
    })
}

/// The text without tags, its references resolved.
pub(super) fn text(html: &str) -> Cow<'_, str> {
    if !html.contains(['<', '&']) {
        return Cow::Borrowed(html);
    }
    let mut out = String::with_capacity(html.len());
    let mut tag = false;
    for part in html.split_inclusive(['<', '>']) {
        if !tag {
            out.push_str(part.strip_suffix('<').unwrap_or(part));
        }
        tag = part.ends_with('<');
    }
    if out.contains('&') {
        for (reference, meant) in [
            ("&lt;", "<"),
            ("&gt;", ">"),
            ("&quot;", "\""),
            ("&#x27;", "'"),
            ("&#39;", "'"),
            ("&#x2F;", "/"),
            ("&amp;", "&"),
        ] {
            out = out.replace(reference, meant);
        }
    }
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{Mark, finder, near, text};

    proptest! {
        #[test]
        fn a_mark_is_found_where_it_first_stands(html in "[<a>]{0,150}", mark in "[<a>]{1,6}") {
            prop_assert_eq!(near(&html, &mark), html.find(&mark));
        }
    }

    #[test]
    fn a_prepared_mark_cuts_a_page() {
        static MARK: Mark = Mark::new(|| finder("<h2>"));
        assert_eq!(MARK.blocks("a<h2>b<h2><h2>c").collect::<Vec<_>>(), ["b", "", "c"]);
        assert_eq!(MARK.blocks("a<h2").next(), None);
    }

    #[test]
    fn tags_go_and_references_are_read() {
        assert_eq!(text("<a href=\"/x\">a &amp;lt; b</a>"), "a &lt; b");
        assert_eq!(text("&lt; 1.0"), "< 1.0");
        assert_eq!(text("plain"), "plain");
    }
}
