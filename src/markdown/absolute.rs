//! Markdown whose links lead somewhere wherever it is read: for formats that carry an advisory's text as Markdown.
//!
//! In goes an author's text, out comes the same text with relative destinations replaced. Only the destinations of
//! inline links and images change; every other byte stays.

use std::borrow::Cow;
use std::ops::Range;

use pulldown_cmark::{Event, LinkType, Parser, Tag};

use super::{Target, check_limits, dialect};

/// Replaces each destination for which `resolve` names an address.
pub fn absolute<'s>(source: &'s str, resolve: &dyn Fn(&str) -> Target) -> Cow<'s, str> {
    if !source.contains("](") || check_limits(source).is_some() {
        return Cow::Borrowed(source);
    }
    let mut edits: Vec<(Range<usize>, String)> = Vec::new();
    for (event, range) in Parser::new_ext(source, dialect()).into_offset_iter() {
        let Event::Start(
            Tag::Link { link_type: LinkType::Inline, dest_url, .. }
            | Tag::Image { link_type: LinkType::Inline, dest_url, .. },
        ) = event
        else {
            continue;
        };
        if dest_url.is_empty() || dest_url.starts_with('#') || dest_url.contains(':') {
            continue;
        }
        // An address that was written with escapes is not found again, and stays as it is.
        let written = source.get(range.clone()).unwrap_or_default();
        let Some(at) = written.rfind(&format!("]({dest_url}")) else { continue };
        if let Target::Href(address) = resolve(&dest_url) {
            let start = range.start + at + 2;
            edits.push((start..start + dest_url.len(), address));
        }
    }
    if edits.is_empty() {
        return Cow::Borrowed(source);
    }
    // A link around an image comes before it, and its address after.
    edits.sort_by_key(|(range, _)| range.start);
    let mut out = String::with_capacity(source.len() + edits.len() * 32);
    let mut copied = 0;
    for (range, address) in edits {
        out.push_str(source.get(copied..range.start).unwrap_or_default());
        out.push_str(&address);
        copied = range.end;
    }
    out.push_str(source.get(copied..).unwrap_or_default());
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_destinations_change() {
        let resolve = |target: &str| match target {
            "/policy/" | "a.png" => {
                Target::Href(format!("https://example.org/{}", target.trim_start_matches('/')))
            }
            _ => Target::Unchanged,
        };
        let text = "See [`x`](/policy/ \"title\"), [no](gone.md), [out](https://example.net/), `[code](/policy/)`\n\n[![b](a.png)](/policy/)\n";
        assert_eq!(
            absolute(text, &resolve),
            "See [`x`](https://example.org/policy/ \"title\"), [no](gone.md), [out](https://example.net/), `[code](/policy/)`\n\n\
             [![b](https://example.org/a.png)](https://example.org/policy/)\n"
        );
    }
}
