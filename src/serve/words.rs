//! Text on its way into the HTML that `serve` writes itself.

use crate::value::hidden::{Hidden, hidden};

/// Text as the content of an element or a quoted attribute. Characters that nobody sees are shown by their number.
pub(super) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '\n' => out.push('\n'),
            c if hidden(c).is_some_and(|kind| kind != Hidden::Joiner) => {
                out.push_str(&format!("\\u{{{:x}}}", u32::from(c)));
            }
            c => out.push(c),
        }
    }
    out
}

/// `1 error`, `2 errors`.
pub(super) fn counted(n: usize, word: &str) -> String {
    if n == 1 { format!("1 {word}") } else { format!("{n} {word}s") }
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
