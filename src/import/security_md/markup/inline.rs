//! Links and emphasis within lines: in goes a text whose blocks are Markdown's by now, out comes the same with the markup
//! within its lines in Markdown too. What is not clear stays as it is typed; code is not looked at.

use std::ops::Range;

use pulldown_cmark::{Event, Parser, Tag, TagEnd};

use super::Converted;
use crate::import::security_md::outline::options;

/// What a scanner makes of the text at a place: so many bytes that are passed over, or that become other words.
pub(super) enum Step {
    Over(usize),
    Becomes(usize, String),
}

/// Rewrites what `scan` knows, in every run of words outside of code; `code` is what Markdown does not take for it, in order.
/// The line of the first change is told too.
pub(super) fn rewrite(
    converted: Converted,
    code: &[Range<usize>],
    scan: &mut dyn FnMut(&str, usize) -> Option<Step>,
) -> (Converted, Option<usize>) {
    let mut edits: Vec<(Range<usize>, String)> = Vec::new();
    for run in runs(&converted.text) {
        let before = code.partition_point(|code| code.end <= run.start);
        if code.get(before).is_some_and(|code| code.start < run.end) {
            continue;
        }
        let words = &converted.text[run.clone()];
        let mut at = 0;
        while at < words.len() {
            at += match scan(words, at) {
                Some(Step::Becomes(length, text)) => {
                    edits.push((run.start + at..run.start + at + length, text));
                    length
                }
                Some(Step::Over(length)) => length,
                None => words[at..].chars().next().map_or(1, char::len_utf8),
            };
        }
    }
    let first = edits.first().map(|(range, _)| converted.text[..range.start].matches('\n').count());
    let line = first.and_then(|first| converted.lines.get(first).copied());
    (apply(converted, &edits), line)
}

/// The words of each block that is no code, from the first to the last.
fn runs(text: &str) -> Vec<Range<usize>> {
    let mut runs: Vec<Range<usize>> = Vec::new();
    let mut open: Option<Range<usize>> = None;
    let mut silent = false;
    for (event, range) in Parser::new_ext(text, options()).into_offset_iter() {
        let block = match &event {
            Event::Start(tag) => !matches!(
                tag,
                Tag::Emphasis | Tag::Strong | Tag::Strikethrough | Tag::Link { .. } | Tag::Image { .. }
            ),
            Event::End(tag) => !matches!(
                tag,
                TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough | TagEnd::Link | TagEnd::Image
            ),
            Event::Rule | Event::Html(_) => true,
            _ => false,
        };
        if block {
            runs.extend(open.take());
            match event {
                Event::Start(Tag::CodeBlock(_) | Tag::HtmlBlock) => silent = true,
                Event::End(TagEnd::CodeBlock | TagEnd::HtmlBlock) => silent = false,
                _ => {}
            }
        } else if !silent {
            let run = open.get_or_insert_with(|| range.clone());
            run.start = run.start.min(range.start);
            run.end = run.end.max(range.end);
        }
    }
    runs.extend(open);
    runs
}

/// The text with its edits, each line with the place that it comes from.
fn apply(converted: Converted, edits: &[(Range<usize>, String)]) -> Converted {
    if edits.is_empty() {
        return converted;
    }
    let from = |line: usize| converted.lines.get(line).copied().unwrap_or(1);
    let mut out = Converted { notes: converted.notes.clone(), ..Converted::default() };
    // The line of the source at hand, and the one at which the line that is being written begins.
    let (mut line, mut begun, mut at) = (0, 0, 0);
    let keep = |piece: &str, line: &mut usize, begun: &mut usize, out: &mut Converted| {
        for _ in piece.matches('\n') {
            *line += 1;
            out.lines.push(from(*begun));
            *begun = *line;
        }
        out.text.push_str(piece);
    };
    for (range, text) in edits {
        keep(&converted.text[at..range.start], &mut line, &mut begun, &mut out);
        let ends = converted.text[range.clone()].matches('\n').count();
        for (nth, _) in text.matches('\n').enumerate() {
            out.lines.push(from(begun));
            begun = line + ends.min(nth + 1);
        }
        line += ends;
        out.text.push_str(text);
        at = range.end;
    }
    keep(&converted.text[at..], &mut line, &mut begun, &mut out);
    out
}

/// A link of Markdown, if `url` is one that can be followed and `text` is nothing but its words.
pub(super) fn link(text: &str, url: &str) -> Option<String> {
    let url = unbroken(url)?;
    let text = text.trim();
    let odd = |c: char| c.is_whitespace() || c.is_control() || matches!(c, '<' | '>' | '\\' | '`' | '"');
    let plain = !text.contains(['[', ']', '\\', '<', '>']) && !text.contains("\n>");
    if url.is_empty() || url.contains(odd) || !plain || !is_followed(&url) {
        return None;
    }
    if text.is_empty() || text == url {
        return url.contains(':').then(|| format!("<{url}>"));
    }
    let url = if url.contains(['(', ')']) { format!("<{url}>") } else { url };
    Some(format!("[{text}]({url})"))
}

/// An address without the ends of lines in it. Between two letters nobody knows whether it goes on.
fn unbroken(url: &str) -> Option<String> {
    let mut whole = String::new();
    for line in url.split('\n').map(str::trim) {
        let goes_on = whole.ends_with(char::is_alphanumeric) && line.starts_with(char::is_alphanumeric);
        if goes_on {
            return None;
        }
        whole.push_str(line);
    }
    Some(whole)
}

/// Schemes that lead somewhere, and paths. What runs is no link.
fn is_followed(url: &str) -> bool {
    let lower = url.to_ascii_lowercase();
    let path = !lower.split(['/', '#', '?']).next().unwrap_or_default().contains(':');
    path || ["https://", "http://", "mailto:", "ftp://", "irc://", "ircs://"]
        .iter()
        .any(|scheme| lower.strip_prefix(scheme).is_some_and(|rest| !rest.is_empty()))
}

#[cfg(test)]
mod tests {
    use super::{Converted, Step, link, rewrite, runs};

    #[test]
    fn words_are_told_from_code() {
        let text = "# A *b*\n\ntext\nmore\n\n- one\n  two\n\n    code\n\n| a | b |\n|---|---|\n| c | d |\n\n```\ncode\n```\n<!-- x -->\n";
        let found: Vec<&str> = runs(text).into_iter().map(|run| &text[run]).collect();
        assert_eq!(found, ["A *b*", "text\nmore", "one\n  two", "code", "a", "b", "c", "d"]);
    }

    #[test]
    fn lines_are_told_where_they_come_from() {
        let text = "a X\nY b\nc\n\nd X\nY Z\ne\n".to_owned();
        let converted = Converted { text, lines: (11..=17).collect(), ..Converted::default() };
        let mut scan = |words: &str, at: usize| match &words[at..] {
            rest if rest.starts_with("X\nY Z") => Some(Step::Becomes(5, "1\n2\n3".to_owned())),
            rest if rest.starts_with("X\nY") => Some(Step::Becomes(3, "xy".to_owned())),
            _ => None,
        };
        let (done, first) = rewrite(converted, &[], &mut scan);
        assert_eq!(done.text, "a xy b\nc\n\nd 1\n2\n3\ne\n");
        assert_eq!(done.lines, [11, 13, 14, 15, 16, 16, 17]);
        assert_eq!(first, Some(11));
    }

    #[test]
    fn links_lead_somewhere() {
        for (text, url, expect) in [
            ("a b", "https://a.example/x_(y)", Some("[a b](<https://a.example/x_(y)>)")),
            ("a", "https://a.example/\n  b", Some("[a](https://a.example/b)")),
            ("", "https://a.example/", Some("<https://a.example/>")),
            ("a", "docs/b.adoc#c:d", Some("[a](docs/b.adoc#c:d)")),
            ("", "docs/b.adoc", None),
            ("a", "https://a.exam\nple/", None),
            ("a", "javascript:alert(1)", None),
            ("a", "mailto:", None),
            ("a]b", "https://a.example/", None),
            ("a", "https://a.example/ b", None),
        ] {
            assert_eq!(link(text, url).as_deref(), expect, "{text} {url}");
        }
    }
}
