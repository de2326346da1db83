//! References of reStructuredText within lines: `` `text <url>`_ ``, `` `name`_ `` and `name_`. In go the words at a place, out
//! comes a link of Markdown, or how much is to be passed over. Literals and emphasis are the same in both.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::import::security_md::markup::inline::{Step, link};

/// Named targets, by their names as they are compared.
#[derive(Debug, Default)]
pub(in super::super) struct Targets(BTreeMap<String, String>);

impl Targets {
    /// Those that the lines define.
    pub(in super::super) fn of(lines: &[&str]) -> Self {
        let mut targets = Self::default();
        for (at, line) in lines.iter().enumerate() {
            if let Some((name, url)) = target(line).filter(|_| is_whole(lines, at)) {
                targets.define(name, url);
            } else if let Some((name, url)) = below(&lines[at..]) {
                targets.define(name, &url);
            }
        }
        targets
    }

    fn define(&mut self, name: &str, url: &str) {
        self.0.entry(key(name)).or_insert_with(|| url.to_owned());
    }

    /// What stands at `at` in `words`.
    pub(in super::super) fn scan(&mut self, words: &str, at: usize) -> Option<Step> {
        let rest = &words[at..];
        let before = words[..at].chars().next_back();
        if let Some(literal) = rest.strip_prefix("``") {
            // A literal, to its end; one that has none is two marks.
            let end = literal.find("``").map_or(2, |end| end + 4);
            return Some(Step::Over(end));
        }
        if let Some(quoted) = rest.strip_prefix('`') {
            let end = quoted.find('`')?;
            return Some(self.quoted(&quoted[..end], &quoted[end + 1..], before, end + 2));
        }
        if before.is_some_and(|c| c.is_alphanumeric() || matches!(c, '_' | '`' | '/' | '@' | '.' | '-' | '+'))
        {
            return None;
        }
        let name = &rest[..rest.find(|c: char| !is_simple(c)).unwrap_or(rest.len())];
        let length = name.len();
        let name = name.strip_suffix('_')?;
        let url = self.0.get(&key(name))?;
        Some(Step::Becomes(length, link(name, url)?))
    }

    /// Words in quotation marks of this markup, with what stands around them; `length` takes in both marks.
    fn quoted(&mut self, inner: &str, after: &str, before: Option<char>, length: usize) -> Step {
        let marks = if after.starts_with("__") { 2 } else { usize::from(after.starts_with('_')) };
        let apart = !after[marks..].starts_with(|c: char| c.is_alphanumeric() || c == '_');
        // What follows a colon has a role of its own.
        if marks == 0 || !apart || before.is_some_and(|c| c == ':' || c.is_alphanumeric()) {
            return Step::Over(length);
        }
        let made = match inner.strip_suffix('>').and_then(|inner| inner.rsplit_once('<')) {
            Some((text, url)) => {
                let known = url.strip_suffix('_').and_then(|name| self.0.get(&key(name)).cloned());
                let mail = url.contains('@') && !url.contains([':', '/']);
                let url = known.unwrap_or_else(|| format!("{}{url}", if mail { "mailto:" } else { "" }));
                let made = link(text, &url);
                if made.is_some() && marks == 1 {
                    self.define(text, &url);
                }
                made
            }
            None if marks == 1 => self.0.get(&key(inner)).and_then(|url| link(inner, url)),
            None => None,
        };
        made.map_or(Step::Over(length), |made| Step::Becomes(length + marks, made))
    }
}

/// A definition such as `.. _name: https://…` in Markdown, if it is all of its line and stands by itself. The name of a place,
/// `.. _name:`, is a comment: it shows nowhere.
pub(in super::super) fn definition(lines: &[&str], at: usize) -> Option<String> {
    let place = lines[at].strip_prefix(".. _").and_then(|name| name.trim_end().strip_suffix(':'));
    if let Some(name) = place.filter(|name| !name.contains([':', '>']) && !name.contains("--")) {
        return is_whole(lines, at).then(|| format!("<!-- _{name}: -->"));
    }
    let (name, url) = target(lines[at])?;
    let apart = at == 0 || lines[at - 1].trim().is_empty() || target(lines[at - 1]).is_some();
    link(name, url).filter(|_| apart && is_whole(lines, at) && !name.contains('`'))?;
    Some(format!("[{name}]: <{url}>"))
}

/// The name and the address of a definition.
fn target(line: &str) -> Option<(&str, &str)> {
    let rest = line.strip_prefix(".. _")?;
    let (name, url) = match rest.strip_prefix('`') {
        Some(quoted) => quoted.split_once("`:")?,
        None => rest.split_once(": ")?,
    };
    let (name, url) = (name.trim(), url.trim());
    let web = url.contains("://") || url.starts_with("mailto:");
    (!name.is_empty() && name != "_" && web && !url.contains(char::is_whitespace)).then_some((name, url))
}

/// The name and the address of a definition whose address stands below it, on one line or more.
fn below<'t>(lines: &[&'t str]) -> Option<(&'t str, String)> {
    let (first, rest) = lines.split_first()?;
    let name = first.strip_prefix(".. _")?.trim_end().strip_suffix(':')?.trim_matches('`');
    let url: String =
        rest.iter().take_while(|line| line.starts_with(' ')).take(MOST).map(|line| line.trim()).collect();
    let web = url.contains("://") && !url.contains(char::is_whitespace);
    (!name.is_empty() && web).then_some((name, url))
}

/// No address takes more lines.
const MOST: usize = 8;

/// Whether a definition does not go on in the next line.
fn is_whole(lines: &[&str], at: usize) -> bool {
    lines.get(at + 1).is_none_or(|next| !next.starts_with(' ') || next.trim().is_empty())
}

/// A name as names are compared.
fn key(name: &str) -> String {
    name.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

/// Characters of a name without marks around it.
fn is_simple(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | '+')
}

/// The blocks that are indented below two colons at the end of a line, or below a directive for code.
pub(in super::super) fn literals(text: &str) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    let mut above: Option<usize> = None;
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let begin = at;
        at += line.len();
        let words = line.trim();
        if words.is_empty() {
            continue;
        }
        let indent = line.len() - line.trim_start().len();
        if above.is_some_and(|above| indent > above) {
            found.push(begin..at);
            continue;
        }
        let directive = [".. code", ".. sourcecode", ".. parsed-literal", ".. prompt", ".. literalinclude"];
        let opens = words.ends_with("::") || directive.iter().any(|name| words.starts_with(name));
        above = opens.then_some(indent);
    }
    found
}

#[cfg(test)]
mod tests {
    use super::{Targets, definition, literals};
    use crate::import::security_md::markup::Markup;

    fn check(text: &str, expect: &str) {
        let done = Markup::Rst.to_markdown(text, false);
        assert_eq!(done.text.trim_end(), expect);
        assert_eq!(done.text.lines().count(), done.lines.len());
    }

    #[test]
    fn references_become_links() {
        check("See `the docs <https://a.example/x>`_.", "See [the docs](https://a.example/x).");
        check(
            "See `the\ndocs <https://a.example/\nx>`__, now.",
            "See [the\ndocs](https://a.example/x), now.",
        );
        check("`<https://a.example/>`_", "<https://a.example/>");
        check("Mail `us <a@a.example>`_!", "Mail [us](mailto:a@a.example)!");
        check(
            "See `b C`_, d_ and `b c`_.\n\n.. _b c: https://a.example/b\n.. _d: https://a.example/d\n",
            "See [b C](https://a.example/b), [d](https://a.example/d) and [b c](https://a.example/b).\n\n[b c]: <https://a.example/b>\n[d]: <https://a.example/d>",
        );
        check(
            "`A <https://a.example/>`_ and `a`_, `b <a_>`_",
            "[A](https://a.example/) and [a](https://a.example/), [b](https://a.example/)",
        );
        check(
            "Read `our\npolicies <The\npolicies_>`_.\n\n.. _The policies:\n   https://a.example/a\n   /b#c\n",
            "Read [our\npolicies](https://a.example/a/b#c).\n\n.. _The policies:\n   https://a.example/a\n   /b#c",
        );
        check("* one `x <https://a.example/>`_\n* two", "* one [x](https://a.example/)\n* two");
    }

    #[test]
    fn what_is_not_clear_stays() {
        for text in [
            "``a`` and ``pip `x <https://a.example/>`_ y``, *em*, **strong**",
            ":ref:`text <label>` :issue:`12` `title` `unknown`_ unknown_ snake_case_",
            "`a <https://a.example/>` is code",
            "`x <javascript:alert(1)>`_",
            "`x <https://a.example/ y>`_",
            "Run::\n\n  `x <https://a.example/>`_",
            "Run:\n\n    `x <https://a.example/>`_",
            "Text [1]_ |sub|",
        ] {
            check(text, text);
        }
    }

    #[test]
    fn definitions_stand_by_themselves() {
        let at = |text: &str, at: usize| definition(&text.lines().collect::<Vec<_>>(), at);
        assert_eq!(at(".. _`a: b`: https://a.example/", 0).as_deref(), Some("[a: b]: <https://a.example/>"));
        assert_eq!(at("text\n.. _a: https://a.example/", 1), None);
        assert_eq!(at(".. _a: https://a.example/\n   more", 0), None);
        assert_eq!(at(".. _a-b:", 0).as_deref(), Some("<!-- _a-b: -->"));
        assert_eq!(at(".. _a: b_", 0), None);
        assert!(Targets::of(&[".. _a: https://a.example/", "   more"]).0.is_empty());
        assert_eq!(literals("a::\n\n  b\n\n  c\nd\n"), [5..9, 10..14]);
        assert!(literals("a:\n\n  b\n\nc::\nd\n").is_empty());
    }
}
