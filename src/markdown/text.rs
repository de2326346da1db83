//! Titles and summaries: one line of inline Markdown, or a whole text without its markup.
//!
//! A title knows code spans and emphasis, nothing else. Links, tags and entities in it are the characters they are
//! written with: `Vec<T>` and `&lt;` read the same on the page, in a feed and in CSAF.

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use super::{MAX_EMPHASIS, check_limits, dialect, escape};

/// A title as phrasing content: text, `code`, `em`, `strong`.
pub fn inline_html(source: &str) -> String {
    let mut out = String::with_capacity(source.len() + 16);
    inline(source, |piece| match piece {
        Piece::Text(text) => escape::text(&mut out, text),
        Piece::Tag(tag) => out.push_str(tag),
    });
    out
}

/// A title or an impact as plain text on one line.
pub fn plain(source: &str) -> String {
    let mut out = String::with_capacity(source.len());
    inline(source, |piece| {
        if let Piece::Text(text) = piece {
            out.push_str(text);
        }
    });
    out
}

/// A whole text without markup: paragraphs apart by an empty line, items and rows on lines of their own. Comments and
/// the numbers of footnotes are gone.
pub fn plain_block(source: &str) -> String {
    if check_limits(source).is_some() {
        return source.to_owned();
    }
    let mut out = String::with_capacity(source.len());
    let mut html = String::new();
    for event in Parser::new_ext(source, dialect()) {
        match event {
            Event::Text(text) | Event::Code(text) => out.push_str(&text),
            Event::Html(text) => html.push_str(&text),
            Event::InlineHtml(text) if !text.starts_with("<!--") => out.push_str(&text),
            Event::SoftBreak | Event::HardBreak => out.push('\n'),
            Event::End(TagEnd::Item | TagEnd::TableRow | TagEnd::TableHead) => gap(&mut out, "\n"),
            Event::End(TagEnd::TableCell) => out.push('\t'),
            Event::Start(Tag::List(_)) if !out.ends_with('\n') => gap(&mut out, "\n"),
            Event::End(TagEnd::HtmlBlock) => {
                for piece in super::comment::pieces(&std::mem::take(&mut html)) {
                    if let super::comment::Piece::Html(text) | super::comment::Piece::Unclosed(text) = piece {
                        out.push_str(text);
                    }
                }
                gap(&mut out, "\n\n");
            }
            Event::End(
                TagEnd::Paragraph | TagEnd::Heading(_) | TagEnd::CodeBlock | TagEnd::List(_) | TagEnd::Table,
            ) => gap(&mut out, "\n\n"),
            _ => {}
        }
    }
    out.truncate(out.trim_end().len());
    out
}

/// Ends a block: white space at the end is replaced by `end`.
fn gap(out: &mut String, end: &str) {
    let kept = out.trim_end().len();
    out.truncate(kept);
    if kept > 0 {
        out.push_str(end);
    }
}

enum Piece<'a> {
    Text(&'a str),
    Tag(&'static str),
}

/// Longer titles are not looked into for markup.
const MAX_TITLE: usize = 16 * 1024;

fn inline(source: &str, mut emit: impl FnMut(Piece<'_>)) {
    let source = source.trim();
    if source.len() > MAX_TITLE || !source.contains(['`', '*', '_', '\\', '\n', '\r']) {
        return emit(Piece::Text(source));
    }
    // A leading full stop makes any line a paragraph: neither `#`, `-` nor `<div>` can begin a block behind it. It
    // counts as punctuation, so that emphasis may begin right after it.
    let line = format!(".{}", source.replace(['\n', '\r'], " "));
    let (mut within, mut depth) = (0, 0);
    let mut first = true;
    for (event, range) in Parser::new_ext(&line, Options::empty()).into_offset_iter() {
        // A link has been written whole, by its source.
        if within > 0 {
            match event {
                Event::Start(_) => within += 1,
                Event::End(_) => within -= 1,
                _ => {}
            }
            continue;
        }
        match event {
            // The source, not the event's text: entities stay as they are.
            Event::Text(_) | Event::InlineHtml(_) | Event::Start(Tag::Link { .. } | Tag::Image { .. }) => {
                within = usize::from(matches!(event, Event::Start(_)));
                let text = &line[range];
                emit(Piece::Text(if std::mem::take(&mut first) {
                    text.strip_prefix('.').unwrap_or(text)
                } else {
                    text
                }));
            }
            Event::Code(code) => {
                emit(Piece::Tag("<code>"));
                emit(Piece::Text(&code));
                emit(Piece::Tag("</code>"));
            }
            Event::Start(tag @ (Tag::Emphasis | Tag::Strong)) => {
                depth += 1;
                if depth <= MAX_EMPHASIS {
                    emit(Piece::Tag(if tag == Tag::Strong { "<strong>" } else { "<em>" }));
                }
            }
            Event::End(tag @ (TagEnd::Emphasis | TagEnd::Strong)) => {
                if depth <= MAX_EMPHASIS {
                    emit(Piece::Tag(if tag == TagEnd::Strong { "</strong>" } else { "</em>" }));
                }
                depth -= 1;
            }
            _ => {}
        }
    }
}
