//! Text on its way into the HTML that `serve` writes itself.

use crate::formats::xml;
use crate::value::hidden::{Hidden, hidden};

/// Text as the content of an element or a quoted attribute. Characters that nobody sees are shown by their number.
pub(super) fn escape(text: &str) -> String {
    let mut seen = String::with_capacity(text.len());
    for c in text.chars() {
        match hidden(c) {
            Some(kind) if c != '\n' && kind != Hidden::Joiner => {
                seen.push_str(&format!("\\u{{{:x}}}", u32::from(c)));
            }
            _ => seen.push(c),
        }
    }
    xml::escape(&seen)
}

#[cfg(test)]
mod tests {
    use super::escape;

    #[test]
    fn markup_is_text() {
        let text = "<script>alert(\"1\")</script>'&\u{1b}\u{202e}\n";
        let shown = "&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;&#39;&amp;\\u{1b}\\u{202e}\n";
        assert_eq!(escape(text), shown);
    }
}
