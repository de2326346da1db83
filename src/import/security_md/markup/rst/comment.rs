//! Comments of reStructuredText: `..` with words behind it or below it that are no directive, no target and no note. In go the
//! lines where one may begin, out comes how many it takes, if it can be a comment of HTML.

use super::below;

/// The lines of the comment at the beginning of `lines`, and whether its first holds words.
pub(in super::super) fn comment(lines: &[&str]) -> Option<(usize, bool)> {
    let rest = lines.first()?.strip_prefix("..")?;
    let words = rest.trim();
    let opens = rest.is_empty() || rest.starts_with(' ');
    // `.. name::`, `.. _target:`, `.. [note]` and `.. |name|` are something else.
    let other = words.starts_with(['_', '[', '|']) || words.contains("::");
    let inside = lines.get(1).is_some_and(|next| next.starts_with(' ') && !next.trim().is_empty());
    if !opens || other || words.is_empty() && !inside {
        return None;
    }
    let used = 1 + if inside { below(&lines[1..]) } else { 0 };
    // Two dashes, or a sign at the beginning, would end a comment of HTML.
    let kept = lines[..used].iter().all(|line| !line.contains("--") && !line.trim().starts_with('>'));
    let kept = kept && !words.starts_with('>');
    kept.then_some((used, !words.is_empty()))
}

#[cfg(test)]
mod tests {
    use crate::import::security_md::markup::Markup;

    #[test]
    fn comments_show_nowhere() {
        for (text, expect) in [
            (
                "..\n  Copyright <a@a.example>\n\n  More\n\nText",
                "<!--\nCopyright <a@a.example>\n\nMore\n-->\n\nText",
            ),
            (".. Words of one line.\n\nText", "<!--\nWords of one line.\n-->\n\nText"),
            (".. Words\n   below.\nText", "<!--\nWords\nbelow.\n-->\nText"),
            ("..\n\n  A quotation", "..\n\n  A quotation"),
            (".. a -- b\n", ".. a -- b"),
            (".. note:: a\n", ".. note:: a"),
            (".. |a| image:: b\n", ".. |a| image:: b"),
            ("...\n", "..."),
        ] {
            let done = Markup::Rst.to_markdown(text, false);
            assert_eq!(done.text.trim_end(), expect, "{text}");
            assert_eq!(done.text.lines().count(), done.lines.len(), "{text}");
        }
    }
}
