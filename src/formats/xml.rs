//! Text on its way into XML and HTML that we write ourselves.

use crate::value::scan;

/// Text as the content of an element or a quoted attribute, in XML 1.0 and in HTML.
pub(crate) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c => out.push(allowed(c)),
        }
    }
    out
}

/// Text without characters that XML 1.0 §2.2 forbids even as references: each becomes U+FFFD.
pub(super) fn legal(text: &str) -> String {
    // What is forbidden are controls, and two characters that begin with the byte EF.
    if scan::first(text.as_bytes(), 0, |byte| byte < b' ' && byte != b'\n' || byte == 0xef).is_none() {
        return text.to_owned();
    }
    text.chars().map(allowed).collect()
}

fn allowed(c: char) -> char {
    match c {
        '\t' | '\n' | '\r' | ' '..='\u{fffd}' | '\u{10000}'.. => c,
        _ => char::REPLACEMENT_CHARACTER,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn markup_becomes_text() {
        assert_eq!(escape("<a b=\"c\">&'"), "&lt;a b=&quot;c&quot;&gt;&amp;&#39;");
        assert_eq!(legal("a\u{0}\u{b}\u{ffff}\tb"), "a\u{fffd}\u{fffd}\u{fffd}\tb");
    }

    proptest! {
        #[test]
        fn nothing_escapes(text in any::<String>()) {
            let unsafe_ones = ['<', '>', '"', '\'', '\0', '\u{b}'];
            prop_assert!(!escape(&text).contains(unsafe_ones));
        }
    }
}
