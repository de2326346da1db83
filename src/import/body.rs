//! Foreign Markdown made fit for our renderer, which refuses raw HTML, images it would have to load and links that
//! run script: in go the text, out come the same text with backslashes before what would be refused, and the places.
//! Everything else stays byte for byte. This is a courtesy to the reader, not the guard: the renderer is that.

use std::collections::BTreeSet;

use pulldown_cmark::{Event, LinkType, Options, Parser, Tag};

/// One change to the text.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Change {
    /// Line in the text, counted from 1.
    pub line: usize,
    /// What stood there.
    pub what: What,
}

/// What our renderer would have refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum What {
    /// A tag, comment or declaration; its `<` is escaped, so that it shows as text.
    Html,
    /// An image; its `!` is dropped, so that it is a link.
    Image,
    /// A link to something other than http, https, mailto or a heading of the same text; shown as text.
    Link,
}

/// Escaping may bring new markup to light: what was inside an HTML block is Markdown once the block is text.
/// Real advisories settle in two rounds. What is left after the last is the renderer's to refuse.
const ROUNDS: usize = 8;

/// The text with nothing in it that the renderer refuses, and what was changed, by line.
#[must_use]
pub fn fit(text: &str) -> (String, Vec<Change>) {
    let mut text = text.to_owned();
    let mut changes = Vec::new();
    for _ in 0..ROUNDS {
        let edits = refused(&text);
        if edits.is_empty() {
            break;
        }
        text = apply(&text, &edits, &mut changes);
    }
    changes.sort();
    (text, changes)
}

/// Byte offsets of the characters to escape (or, for an image, to drop).
fn refused(text: &str) -> BTreeSet<(usize, What)> {
    let mut edits = BTreeSet::new();
    let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH;
    for (event, range) in Parser::new_ext(text, options).into_offset_iter() {
        let piece = &text[range.clone()];
        match event {
            // An event of a block is one or more of its lines; each could open a block of its own once it is text.
            Event::Html(_) => {
                let mut start = range.start;
                for line in piece.split_inclusive('\n') {
                    let indent = line.len() - line.trim_start_matches(' ').len();
                    if line[indent..].starts_with('<') {
                        edits.insert((start + indent, What::Html));
                    }
                    start += line.len();
                }
            }
            Event::InlineHtml(_) if piece.starts_with('<') => {
                edits.insert((range.start, What::Html));
            }
            Event::Start(Tag::Image { .. }) if piece.starts_with('!') => {
                edits.insert((range.start, What::Image));
            }
            Event::Start(Tag::Link { link_type, dest_url, .. })
                if link_type != LinkType::Email && !is_harmless(&dest_url) =>
            {
                edits.insert((range.start, What::Link));
            }
            _ => {}
        }
    }
    edits
}

fn apply(text: &str, edits: &BTreeSet<(usize, What)>, changes: &mut Vec<Change>) -> String {
    let mut out = String::with_capacity(text.len() + edits.len());
    let mut done = 0;
    let mut line = 1;
    for &(at, what) in edits {
        let kept = &text[done..at];
        line += kept.matches('\n').count();
        out.push_str(kept);
        changes.push(Change { line, what });
        done = at;
        match what {
            What::Html | What::Link => out.push('\\'),
            What::Image => done += 1,
        }
    }
    out.push_str(&text[done..]);
    out
}

/// Whether a link's target is http, https or mailto, or a heading of the same text. A relative address leads to a
/// neighbour in the source's folders, and those are not here.
fn is_harmless(url: &str) -> bool {
    if url.starts_with('#') {
        return true;
    }
    let Some((scheme, _)) = url.split_once(':') else { return false };
    ["http", "https", "mailto"].iter().any(|known| scheme.eq_ignore_ascii_case(known))
}

#[cfg(test)]
mod tests {
    use super::{Change, What, fit};

    fn changed(text: &str) -> (String, Vec<What>) {
        let (text, changes) = fit(text);
        (text, changes.into_iter().map(|change| change.what).collect())
    }

    #[test]
    fn harmless_text_stays_byte_for_byte() {
        for text in [
            "",
            "Plain `Vec<T>` and <https://example.org/a>, [a](https://example.org) and [b](#c).\n",
            "```rust\nlet x: Vec<T> = vec![];\n#![no_std]\n```\n\n    <div> in code\n",
            "Already \\<T> escaped, 1 < 2, a <b, <security@example.org>\n",
            "| a | b |\n|---|---|\n| `<i>` | 2 |\n",
        ] {
            assert_eq!(fit(text), (text.to_owned(), vec![]), "{text}");
        }
    }

    #[test]
    fn html_is_shown_as_text() {
        assert_eq!(
            changed("Send for Slot<T> is wrong"),
            ("Send for Slot\\<T> is wrong".into(), vec![What::Html])
        );
        assert_eq!(
            changed("<script>\nalert(1)\n</script>\n"),
            ("\\<script>\nalert(1)\n\\</script>\n".into(), vec![What::Html; 2])
        );
        assert_eq!(changed("a <!-- b --> c").0, "a \\<!-- b --> c");
        assert_eq!(changed("> <div><b>x</b></div>\n").0, "> \\<div>\\<b>x\\</b>\\</div>\n");
    }

    #[test]
    fn images_become_links_and_script_becomes_text() {
        assert_eq!(
            changed("![a](https://example.org/a.png)"),
            ("[a](https://example.org/a.png)".into(), vec![What::Image])
        );
        assert_eq!(changed("[x](javascript:alert)").0, "\\[x](javascript:alert)");
        // The outer link is text now, so the inner one is a link of its own.
        assert_eq!(changed("[x](<JavaScript:alert>)").0, "\\[x](\\<JavaScript:alert>)");
        assert_eq!(changed("[x](github.com/example)").0, "\\[x](github.com/example)");
        assert_eq!(changed("<javascript:alert>").0, "\\<javascript:alert>");
        assert_eq!(changed("[x][y]\n\n[y]: data:text/html,z\n").0, "\\[x]\\[y]\n\n[y]: data:text/html,z\n");
    }

    #[test]
    fn a_change_knows_its_line() {
        let (_, changes) = fit("one\n\ntwo <T> three\n");
        assert_eq!(changes, [Change { line: 3, what: What::Html }]);
    }

    proptest::proptest! {
        #[test]
        fn nothing_refused_is_left_in_short_texts(text in "[<>a/!\\[\\]()`: \n-]{0,40}") {
            let (once, _) = fit(&text);
            proptest::prop_assert_eq!(fit(&once).1, vec![]);
        }
    }
}
