//! A text without its code, for readers of prose.

use pulldown_cmark::{CodeBlockKind, Event, Parser, Tag, TagEnd};

use super::{check_limits, dialect};

/// `source` with every byte of code replaced by a blank, so that what is left stands where it stood. A text that is too
/// long or too deep to be parsed comes back as it is.
pub fn without_code(source: &str) -> String {
    let mut bytes = source.as_bytes().to_vec();
    if check_limits(source).is_some() {
        return source.to_owned();
    }
    let mut block = false;
    for (event, range) in Parser::new_ext(source, dialect()).into_offset_iter() {
        match event {
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(_) | CodeBlockKind::Indented)) => block = true,
            Event::End(TagEnd::CodeBlock) => block = false,
            Event::Code(_) => bytes[range].fill(b' '),
            Event::Text(_) if block => bytes[range].fill(b' '),
            _ => {}
        }
    }
    // Events cover whole characters, so what is left is text.
    String::from_utf8(bytes).unwrap_or_else(|_| source.to_owned())
}

#[cfg(test)]
mod tests {
    use super::without_code;

    #[test]
    fn prose_stays_where_it_is() {
        assert_eq!(without_code("a `b` ü\n\n```\nd\n```\n"), "a     ü\n\n```\n  ```\n");
    }
}
