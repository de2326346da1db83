//! Policies that are not whole texts of their own: one inside a code fence, one that ends inside of a code block or a
//! comment. In goes the text, out comes the text that was meant, with a note where it differs.

use pulldown_cmark::{Event, Options, Parser, Tag};

use super::outline::{Kind, outline};
use super::report::Note;
use crate::rules::text::FENCED_SECTION;

/// Takes the fence away that somebody pasted around the whole policy.
pub(super) fn unwrap(text: &str) -> Option<(String, Note)> {
    let outline = outline(text);
    let mut inner = None;
    let mut before = String::new();
    for statement in &outline.statements {
        match statement.kind {
            _ if !statement.top => return None,
            Kind::Code if inner.is_none() => inner = Some(statement),
            // A stray heading, such as the name of the file, and a line across.
            Kind::Heading(_) | Kind::Rule if inner.is_none() => {
                before.push_str(&format!("{}\n\n", text[statement.range.clone()].trim_end()));
            }
            _ => return None,
        }
    }
    // A definition of a link is no statement, but not nothing either.
    let code = inner.filter(|_| outline.definitions.is_empty())?;
    let fence = text[code.range.clone()].lines().next()?.trim();
    let info = fence.trim_start_matches(['`', '~']).trim().to_ascii_lowercase();
    let headed = code.text.lines().any(|line| line.starts_with("# ") || line.starts_with("## "));
    if !matches!(info.as_str(), "markdown" | "md" | "") || !fence.starts_with(['`', '~']) || !headed {
        return None;
    }
    let line = 1 + text[..code.range.start].matches('\n').count();
    let note =
        Note::new(line, "code fence around the whole policy", "taken away: the text inside is the policy")
            .of(&FENCED_SECTION);
    Some((format!("{before}{}", code.text), note))
}

/// What ends a block that would swallow whatever follows it.
const ENDS: [&str; 14] = [
    "-->",
    "```",
    "~~~",
    "</pre>",
    "</script>",
    "</style>",
    "</textarea>",
    "?>",
    "]]>",
    ">",
    "````",
    "~~~~",
    "`````",
    "``````````",
];

/// The line that must follow a text so that the next heading is one; empty for nearly every text.
pub(super) fn end_of(text: &str) -> Option<&'static str> {
    if is_heading_after(text, "") {
        return Some("");
    }
    ENDS.into_iter().find(|end| is_heading_after(text, end))
}

fn is_heading_after(text: &str, end: &str) -> bool {
    let probe = format!("{text}\n{end}\n\n");
    let place = probe.len();
    let probe = probe + "# x\n";
    let mut depth = 0_usize;
    for (event, range) in Parser::new_ext(&probe, Options::ENABLE_TABLES).into_offset_iter() {
        match event {
            Event::Start(Tag::Heading { .. }) if depth == 0 && range.start == place => return true,
            Event::Start(_) => depth += 1,
            Event::End(_) => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::{end_of, unwrap};

    #[test]
    fn takes_a_fence_away() {
        let (text, _) = unwrap("## SECURITY.md\n```markdown\n# Policy\n\nText.\n```\n").unwrap();
        assert_eq!(text, "## SECURITY.md\n\n# Policy\n\nText.\n");
        assert!(unwrap("# Policy\n\nText.\n\n```\n# a comment\n```\n").is_none());
        assert!(unwrap("```rust\n# x\n```\n").is_none());
    }

    #[test]
    fn ends_what_is_open() {
        assert_eq!(end_of("Text.\n\n- item"), Some(""));
        assert_eq!(end_of("```rust\nfn main() {}"), Some("```"));
        assert_eq!(end_of("a <!-- b\n\n<!-- never closed"), Some("-->"));
        assert_eq!(end_of("<pre>\n"), Some("</pre>"));
    }
}
