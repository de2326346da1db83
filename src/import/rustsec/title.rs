//! The title of a RustSec advisory, which is the first heading of its Markdown: in goes the Markdown, out come the
//! title as our front matter spells it, plain text with code spans, and where the body begins.

use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};

/// What the first heading gave.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Title {
    /// Plain text with code spans.
    pub text: String,
    /// Whether emphasis or a link had to go.
    pub stripped: bool,
    /// Offset of the heading.
    pub start: usize,
    /// Offset of the first line of the body that is not blank.
    pub body: usize,
}

/// The heading of level 1 that the Markdown begins with; `None` where it begins with anything else or the heading is
/// empty.
pub(crate) fn title(markdown: &str) -> Option<Title> {
    let mut events = Parser::new_ext(markdown, Options::empty()).into_offset_iter();
    let (Event::Start(Tag::Heading { level: HeadingLevel::H1, .. }), heading) = events.next()? else {
        return None;
    };
    let mut text = String::new();
    let mut stripped = false;
    for (event, range) in events {
        match event {
            Event::End(TagEnd::Heading(_)) => break,
            // The source has the fence of backticks that fits the code within.
            Event::Code(_) => text.push_str(&markdown[range]),
            Event::Text(piece) | Event::InlineHtml(piece) => text.push_str(&piece),
            Event::SoftBreak | Event::HardBreak => text.push(' '),
            Event::Start(_) => stripped = true,
            _ => {}
        }
    }
    let text = text.trim().to_owned();
    let rest = &markdown[heading.end..];
    let blank: usize =
        rest.split_inclusive('\n').take_while(|line| line.trim().is_empty()).map(str::len).sum();
    (!text.is_empty()).then_some(Title { text, stripped, start: heading.start, body: heading.end + blank })
}

#[cfg(test)]
mod tests {
    use super::title;

    #[test]
    fn a_title_keeps_code_and_loses_markup() {
        for (markdown, expected, stripped) in [
            ("\n# Slot may be freed twice\n\nText\n", "Slot may be freed twice", false),
            ("# Unsound `Slot::<T>::take`\nText", "Unsound `Slot::<T>::take`", false),
            ("# Slot\\<T\\> is not Send #\n", "Slot<T> is not Send", false),
            ("# Lazy<T> races\n", "Lazy<T> races", false),
            ("# *slot* of [a crate](https://example.org)\n", "slot of a crate", true),
            ("Slots\n=====\nText", "Slots", false),
        ] {
            let found = title(markdown).expect(markdown);
            assert_eq!((found.text.as_str(), found.stripped), (expected, stripped));
            assert!(["", "Text", "Text\n"].contains(&&markdown[found.body..]), "{markdown}");
        }
        for markdown in ["", "Text\n\n# Late\n", "## Second\n", "#\n"] {
            assert_eq!(title(markdown), None, "{markdown}");
        }
    }
}
