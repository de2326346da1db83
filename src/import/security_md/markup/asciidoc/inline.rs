//! Links and emphasis of AsciiDoc within lines: `link:url[text]`, `xref:file[text]`, `https://…[text]`, `mailto:…[text]`,
//! `*strong*`. In go the words at a place, out comes Markdown, or how much is to be passed over. `_emphasis_` and code are
//! the same in both.

use crate::import::security_md::markup::inline::{Step, link};
use crate::source::text::begin;

/// More bytes than this between two marks are no link and no emphasis.
const LONGEST: usize = 1000;

const SCHEMES: [&str; 7] = ["https://", "http://", "mailto:", "ftp://", "irc://", "link:", "xref:"];

/// What stands at `at` in `words`.
pub(in super::super) fn scan(words: &str, at: usize) -> Option<Step> {
    let rest = &words[at..];
    let before = words[..at].chars().next_back();
    let apart = before.is_none_or(|c| !c.is_alphanumeric() && !matches!(c, '_' | '\\' | ':' | '/' | '+'));
    match rest.as_bytes()[0] {
        b'`' => code(rest),
        b'*' => strong(rest, before),
        b'h' | b'm' | b'f' | b'i' | b'l' | b'x' if apart => address(rest, before),
        _ => None,
    }
}

/// A code span is passed over; that of a text to be taken word by word loses its inner marks.
fn code(rest: &str) -> Option<Step> {
    let marks = rest.len() - rest.trim_start_matches('`').len();
    let fence = &rest[..marks];
    let inner = &rest[marks..];
    let Some(end) = inner.find(fence) else { return Some(Step::Over(marks)) };
    let length = marks + end + marks;
    let plain = inner[..end].strip_prefix('+').and_then(|inner| inner.strip_suffix('+'));
    match plain.filter(|plain| marks == 1 && !plain.trim().is_empty() && !plain.contains('\n')) {
        Some(plain) => Some(Step::Becomes(length, format!("`{plain}`"))),
        None => Some(Step::Over(length)),
    }
}

/// One mark on either side; two are the same in Markdown.
fn strong(rest: &str, before: Option<char>) -> Option<Step> {
    let marks = rest.len() - rest.trim_start_matches('*').len();
    if marks > 1 {
        let inner = begin(&rest[marks..], LONGEST);
        let end = inner.find(&rest[..marks]).map_or(0, |end| end + marks);
        return Some(Step::Over(marks + end));
    }
    let inner = begin(&rest[1..], LONGEST);
    let inner = &inner[..inner.find('*')?];
    let after = rest[inner.len() + 2..].chars().next();
    let word = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || matches!(c, '_' | '*' | '\\'));
    let sound = !inner.is_empty()
        && !inner.starts_with(char::is_whitespace)
        && !inner.ends_with(char::is_whitespace)
        && !inner.contains(['`', '['])
        && !word(before)
        && !word(after);
    sound.then(|| Step::Becomes(inner.len() + 2, format!("**{inner}**")))
}

/// An address with its words in brackets behind it.
fn address(rest: &str, before: Option<char>) -> Option<Step> {
    let scheme = SCHEMES.iter().find(|scheme| rest.starts_with(**scheme))?;
    let stop = |c: char| c.is_whitespace() || matches!(c, '[' | ']' | '<' | '>' | '"' | '`' | '*');
    let end = rest.find(stop).unwrap_or(rest.len());
    let Some(inner) = rest[end..].strip_prefix('[').filter(|_| end > scheme.len()) else {
        return Some(Step::Over(end.max(1)));
    };
    let inner = begin(inner, LONGEST);
    let Some(close) = inner.find(']') else { return Some(Step::Over(end)) };
    let length = end + 1 + close + 1;
    let url = &rest[..end];
    // A reference within a file, or to a page of a manual by its name, is no address.
    if url.strip_prefix("xref:").is_some_and(|file| file.contains(':') || !file.contains(".adoc")) {
        return Some(Step::Over(length));
    }
    let url = url.strip_prefix("link:").or_else(|| url.strip_prefix("xref:")).unwrap_or(url);
    // A mark of an example, or one that Markdown has read as its own.
    let image = before == Some('!')
        || url.contains(['{', '}', '+']) && matches!(*scheme, "link:" | "xref:")
        || url.contains('{');
    let made = label(&inner[..close]).filter(|_| !image).and_then(|text| {
        let text = if text.is_empty() { url.strip_prefix("mailto:").unwrap_or_default() } else { text };
        link(text, url)
    });
    Some(made.map_or(Step::Over(length), |made| Step::Becomes(length, made)))
}

/// The words of a link without the sign that it opens a window; `None` where more than words stands there.
fn label(text: &str) -> Option<&str> {
    let text = text.trim();
    let text = text.strip_suffix('^').unwrap_or(text);
    let attributes = text.contains(',') && text.contains('=') || text.starts_with('"') || text.contains('{');
    (!attributes).then_some(text)
}

#[cfg(test)]
mod tests {
    use crate::import::security_md::markup::Markup;

    fn check(text: &str, expect: &str) {
        let done = Markup::AsciiDoc.to_markdown(text, false);
        assert_eq!(done.text.trim_end(), expect);
        assert_eq!(done.text.lines().count(), done.lines.len());
    }

    #[test]
    fn links_and_emphasis_become_markdown() {
        check("read\nhttps://a.example/b#c-1[our website].", "read\n[our website](https://a.example/b#c-1).");
        check("at: mailto:a@a.example[a@a.example]", "at: [a@a.example](mailto:a@a.example)");
        check("mailto:a@a.example[]", "[a@a.example](mailto:a@a.example)");
        check(
            "See link:docs/b.adoc[the\ndocs^], link:https://a.example/[]",
            "See [the\ndocs](docs/b.adoc), <https://a.example/>",
        );
        check(
            "See xref:docs/b.adoc#c[the policy], xref:man:b.adoc[x]",
            "See [the policy](docs/b.adoc#c), xref:man:b.adoc[x]",
        );
        check("(https://a.example/[x])", "([x](https://a.example/))");
        check("* *Mail*: now *a b*, `+c*d*+` _e_", "* **Mail**: now **a b**, `c*d*` _e_");
        check(
            "|===\n|A |B\n\n|*1* |https://a.example/[x]\n|===",
            "| A | B |\n|---|---|\n| **1** | [x](https://a.example/) |",
        );
    }

    #[test]
    fn what_is_not_clear_stays() {
        for text in [
            "https://a.example/ and mailto:a@a.example, a@a.example",
            "\\https://a.example/[x] and `https://a.example/[x]`",
            "https://a.example/[x,window=_blank] xref:a[b] <<a,b>> {url}[x]",
            "https://{host}/[x] link:javascript:alert(1)[x]",
            "2*3*4, a*b* and * c *",
            "**Email**: b **c** d",
            "```\nhttps://a.example/[x] *b*\n```",
            "https://a.example/[never closed",
        ] {
            check(text, text);
        }
    }
}
