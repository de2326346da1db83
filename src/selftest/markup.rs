//! As much of HTML as our own pages have: tags in a known spelling, and text with references.

use std::borrow::Cow;

use memchr::{memchr_iter, memmem};

/// Where the first `mark` stands. A page is gone through for each fact.
fn find(html: &str, mark: &str) -> Option<usize> {
    memmem::find(html.as_bytes(), mark.as_bytes())
}

/// What follows the first `mark`.
pub(super) fn after<'b>(html: &'b str, mark: &str) -> Option<&'b str> {
    find(html, mark).map(|at| &html[at + mark.len()..])
}

/// Where the first `mark` stands that is near, so that nothing is prepared for a long search.
fn near(html: &str, mark: &str) -> Option<usize> {
    let (html, mark) = (html.as_bytes(), mark.as_bytes());
    memchr_iter(*mark.first()?, html).find(|at| html[*at..].starts_with(mark))
}

/// What stands before the first `mark`, or everything.
pub(super) fn until<'b>(html: &'b str, mark: &str) -> &'b str {
    near(html, mark).map_or(html, |at| &html[..at])
}

/// What stands between a mark and the next end.
pub(super) fn between<'b>(html: &'b str, mark: &str, end: &str) -> Option<&'b str> {
    let rest = after(html, mark)?;
    near(rest, end).map(|at| &rest[..at])
}

/// What follows each `mark`, up to the next.
pub(super) fn blocks<'b>(html: &'b str, mark: &'b str) -> impl Iterator<Item = &'b str> {
    html.split(mark).skip(1)
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
    use super::text;

    #[test]
    fn tags_go_and_references_are_read() {
        assert_eq!(text("<a href=\"/x\">a &amp;lt; b</a>"), "a &lt; b");
        assert_eq!(text("&lt; 1.0"), "< 1.0");
        assert_eq!(text("plain"), "plain");
    }
}
