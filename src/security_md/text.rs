//! Pieces of Markdown: plain words made safe for it, cells, lists, tables.
//!
//! In go values of the policy, out comes Markdown that GitHub and CommonMark read alike. Code spans stay as they are.

/// Plain words: what would be markup shows as it is written, code spans excepted.
pub(super) fn plain(text: &str) -> String {
    escape(text, |c, next| match c {
        '\\' | '*' | '[' | ']' => true,
        '<' => next.is_some_and(|next| next.is_ascii_alphabetic() || matches!(next, '/' | '!' | '?')),
        _ => false,
    })
}

/// Markdown on one line for a cell of a table: a line break becomes a space, a bar stays in its cell.
pub(super) fn cell(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut out = String::with_capacity(line.len());
    let mut backslashes = 0;
    for c in line.chars() {
        if c == '|' && backslashes % 2 == 0 {
            out.push('\\');
        }
        backslashes = if c == '\\' { backslashes + 1 } else { 0 };
        out.push(c);
    }
    // A backslash at the very end would take the cell's closing bar with it.
    if backslashes % 2 == 1 {
        out.push('\\');
    }
    out
}

/// A code span that holds any text, backticks included.
pub(super) fn code(text: &str) -> String {
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest + 1);
    let pad = if text.starts_with('`') || text.ends_with('`') { " " } else { "" };
    format!("{fence}{pad}{text}{pad}{fence}")
}

/// One item of a list; further lines are indented so that they stay in it.
pub(super) fn item(marker: &str, text: &str) -> String {
    let indent = " ".repeat(marker.len() + 1);
    let mut lines = text.trim().lines();
    let mut out = format!("{marker} {}", lines.next().unwrap_or_default());
    for line in lines {
        out.push('\n');
        if !line.trim().is_empty() {
            out.push_str(&indent);
            out.push_str(line);
        }
    }
    out
}

/// Items one below the other.
pub(super) fn bullets<'t>(items: impl Iterator<Item = &'t str>) -> String {
    items.map(|text| item("-", text)).collect::<Vec<_>>().join("\n")
}

/// Items that are counted.
pub(super) fn numbered<'t>(items: impl Iterator<Item = &'t str>) -> String {
    items.enumerate().map(|(i, text)| item(&format!("{}.", i + 1), text)).collect::<Vec<_>>().join("\n")
}

/// "a", "a and b", "a, b and c".
pub(super) fn list(words: &[String]) -> String {
    match words {
        [] => String::new(),
        [one] => one.clone(),
        [init @ .., last] => format!("{} and {last}", init.join(", ")),
    }
}

/// A table of cells that are Markdown; columns are padded so that the file reads well as text too.
pub(super) fn table(heading: &[String], rows: &[Vec<String>]) -> String {
    let rows: Vec<Vec<String>> = std::iter::once(heading)
        .chain(rows.iter().map(Vec::as_slice))
        .map(|row| row.iter().map(|text| cell(text)).collect())
        .collect();
    let width = |column: usize| {
        let cells = rows.iter().filter_map(|row| row.get(column));
        cells.map(|cell| cell.chars().count()).max().unwrap_or(0).max(3)
    };
    let widths: Vec<usize> = (0..heading.len()).map(width).collect();
    let line = |row: &[String]| {
        let cells = widths.iter().zip(row).map(|(width, cell)| format!(" {cell:<width$} |"));
        format!("|{}", cells.collect::<String>())
    };
    let rule: String = widths.iter().map(|width| format!(" {} |", "-".repeat(*width))).collect();
    let mut lines: Vec<String> = rows.iter().map(|row| line(row)).collect();
    lines.insert(1, format!("|{rule}"));
    lines.join("\n")
}

/// Puts a backslash before what `escapes` names, given the character after it; leaves code spans alone.
fn escape(text: &str, escapes: impl Fn(char, Option<char>) -> bool) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        if c == '`' {
            let fence = &rest[..rest.len() - rest.trim_start_matches('`').len()];
            let length =
                span_length(&rest[fence.len()..], fence.len()).map_or(0, |inner| inner + fence.len());
            let (head, tail) = rest.split_at(fence.len() + length);
            out.push_str(head);
            rest = tail;
            continue;
        }
        rest = &rest[c.len_utf8()..];
        if escapes(c, rest.chars().next()) {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

/// How far it is to the run of exactly `fence` backticks that closes a code span.
fn span_length(text: &str, fence: usize) -> Option<usize> {
    let mut at = 0;
    while let Some(start) = text[at..].find('`') {
        let start = at + start;
        let run = text[start..].len() - text[start..].trim_start_matches('`').len();
        if run == fence {
            return Some(start);
        }
        at = start + run;
    }
    None
}

#[cfg(test)]
mod tests {
    use pulldown_cmark::{Event, Options, Parser, Tag};

    use super::*;

    #[test]
    fn words_do_not_become_markup() {
        assert_eq!(plain("Vec<T> and `Vec<T>`"), "Vec\\<T> and `Vec<T>`");
        assert_eq!(plain("< 2.0 *all* [x](y)"), "< 2.0 \\*all\\* \\[x\\](y)");
        assert_eq!(plain("a ` b <i> ``c ` <u>`` d"), "a ` b <i> ``c ` \\<u>`` d");
        assert_eq!(code("a`b"), "``a`b``");
        assert_eq!(code("`"), "`` ` ``");
    }

    #[test]
    fn bars_stay_in_their_cells() {
        assert_eq!(cell("a|b\\|c\\\\|d"), "a\\|b\\|c\\\\\\|d");
        assert_eq!(cell("two\nlines"), "two lines");
        assert_eq!(cell("end\\"), "end\\\\");
        let rows = [vec!["1.x".into(), "yes|no".into()]];
        let table = table(&["Version".into(), "S".into()], &rows);
        assert_eq!(table, "| Version | S       |\n| ------- | ------- |\n| 1.x     | yes\\|no |");
    }

    proptest::proptest! {
        #[test]
        fn a_cell_is_one_cell(text in "[a-z|\\\\` \n<*]{0,20}") {
            let table = table(&["A".into(), "B".into()], &[vec![text, "x".into()]]);
            let events = Parser::new_ext(&table, Options::ENABLE_TABLES);
            let cells = events.filter(|event| matches!(event, Event::Start(Tag::TableCell))).count();
            proptest::prop_assert_eq!(cells, 4, "{}", table);
        }

        #[test]
        fn plain_words_hold_no_markup(text in "[a:/.!?()\\[\\]\\\\`<>*-]{0,20}") {
            let line = format!("x {}", plain(&text));
            for event in Parser::new(&line) {
                let markup = matches!(
                    event,
                    Event::InlineHtml(_) | Event::Html(_) | Event::Start(Tag::Link { .. } | Tag::Image { .. } | Tag::Emphasis)
                );
                proptest::prop_assert!(!markup, "{}", line);
            }
        }
    }

    #[test]
    fn items_keep_their_lines() {
        assert_eq!(item("-", "a\n\n```\nb\n```\n"), "- a\n\n  ```\n  b\n  ```");
        assert_eq!(list(&["a".into(), "b".into(), "c".into()]), "a, b and c");
    }
}
