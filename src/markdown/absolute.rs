//! A text whose links work elsewhere, still as Markdown.
//!
//! In goes a text of the site, out comes the same with the destinations of its links replaced; nothing else moves. For
//! formats that carry Markdown to readers who never see the site.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Range;

use memchr::memchr_iter;
use pulldown_cmark::{Event, LinkType, Parser, Tag};

use super::{Target, check_limits, dialect};

/// Asks `resolve` for every destination that is relative, and not a bare fragment. What the author escaped stays as it is.
pub fn absolute<'s>(source: &'s str, resolve: &dyn Fn(&str) -> Target) -> Cow<'s, str> {
    if leads_elsewhere(source) || check_limits(source).is_some() {
        return Cow::Borrowed(source);
    }
    let mut edits: BTreeMap<usize, (usize, String)> = BTreeMap::new();
    let mut mend = |range: Range<usize>, before: &str, destination: &str| {
        if destination.contains(':') || destination.starts_with('#') {
            return;
        }
        let Target::Href(href) = resolve(destination) else { return };
        let Some(text) = source.get(range.clone()) else { return };
        let spelled = ["", " ", "<", " <"].into_iter().find_map(|gap| {
            let head = format!("{before}{gap}");
            let spelled = format!("{head}{destination}");
            let ends = |at: &usize| !text[at + spelled.len()..].starts_with(|c| !" \t\r\n)>".contains(c));
            text.rmatch_indices(&spelled).map(|(at, _)| at).find(ends).map(|at| at + head.len())
        });
        if let Some(at) = spelled {
            edits.insert(range.start + at, (destination.len(), href));
        }
    };
    let parser = Parser::new_ext(source, dialect());
    for (_, definition) in parser.reference_definitions().iter() {
        mend(definition.span.clone(), "]:", &definition.dest);
    }
    for (event, range) in parser.into_offset_iter() {
        if let Event::Start(
            Tag::Link { link_type: LinkType::Inline, dest_url, .. }
            | Tag::Image { link_type: LinkType::Inline, dest_url, .. },
        ) = event
        {
            mend(range, "](", &dest_url);
        }
    }
    if edits.is_empty() {
        return Cow::Borrowed(source);
    }
    let mut out = String::with_capacity(source.len() + 64);
    let mut done = 0;
    for (at, (length, href)) in edits {
        out.push_str(source.get(done..at).unwrap_or_default());
        out.push_str(&href);
        done = at + length;
    }
    out.push_str(source.get(done..).unwrap_or_default());
    Cow::Owned(out)
}

/// Whether everything that may be a destination is an address of the web or a fragment, as in most texts: then there is
/// no need to parse.
fn leads_elsewhere(source: &str) -> bool {
    let ends = memchr_iter(b']', source.as_bytes());
    let ends = ends.filter_map(|at| source[at + 1..].strip_prefix(['(', ':']));
    ends.map(str::trim_start).all(|rest| {
        let rest = rest.strip_prefix('<').unwrap_or(rest);
        ["https://", "http://", "mailto:", "#"].iter().any(|start| rest.starts_with(start))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_destinations_move() {
        let resolve = |target: &str| match target.strip_prefix('/') {
            Some(rest) => Target::Href(format!("https://example.org/{rest}")),
            None => Target::Unchanged,
        };
        let of = |text: &str| absolute(text, &resolve).into_owned();
        assert_eq!(of("See [/a](/a) and `[x](/a)`."), "See [/a](https://example.org/a) and `[x](/a)`.");
        assert_eq!(of("[a](</a> \"](/a\")"), "[a](<https://example.org/a> \"](/a\")");
        assert_eq!(of("[a][b]\n\n[b]: /b\n"), "[a][b]\n\n[b]: https://example.org/b\n");
        assert_eq!(
            of("[a](#b) [c](https://example.net/c) [d](d)"),
            "[a](#b) [c](https://example.net/c) [d](d)"
        );
        assert_eq!(of("[![i](/i.png)](/p)"), "[![i](https://example.org/i.png)](https://example.org/p)");
    }
}
