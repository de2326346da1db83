//! Tables of reStructuredText: lists of rows, values between commas, simple ones under `=====`, grids, and grids of box characters in a block of
//! code. In go the lines where one may begin, out comes the table or why it stays text.

mod comment;
mod csv;
mod inline;
mod whole;

pub(super) use comment::comment;
pub(super) use inline::{Targets, definition, literals};
pub(super) use whole::{inside, whole};

use super::table::{BLOCKS, Found, NO_HEADINGS, Table, UNEVEN, append};

/// The table that begins at the first of `lines`.
pub(super) fn table(lines: &[&str]) -> Option<Found> {
    list(lines)
        .or_else(|| comma_separated(lines))
        .or_else(|| simple(lines))
        .or_else(|| grid(lines))
        .or_else(|| boxed(lines))
}

fn indent(line: &str) -> usize {
    line.len() - line.trim_start_matches(' ').len()
}

/// The lines below a directive that belong to it: those that are indented, and what is blank between them.
fn below(lines: &[&str]) -> usize {
    let inside = |line: &&&str| line.trim().is_empty() || line.starts_with(' ');
    let all = lines.iter().take_while(inside).count();
    lines[..all].iter().rposition(|line| !line.trim().is_empty()).map_or(0, |last| last + 1)
}

/// `.. list-table::` with `* -` for each row.
fn list(lines: &[&str]) -> Option<Found> {
    let title = lines.first()?.strip_prefix(".. list-table::")?.trim();
    let used = 1 + below(&lines[1..]);
    let mut table = Table { title: (!title.is_empty()).then(|| title.to_owned()), ..Table::default() };
    let mut headings = 0;
    let (mut begin, mut after_blank) = (None, false);
    for line in &lines[1..used] {
        let text = line.trim();
        if text.is_empty() {
            after_blank = true;
            continue;
        }
        let at = indent(line);
        let cell = |text: &str| {
            text.strip_prefix('-')
                .filter(|rest| rest.is_empty() || rest.starts_with(' '))
                .map(|rest| rest.trim().to_owned())
        };
        let row = text.strip_prefix("* ").and_then(|rest| cell(rest.trim_start()));
        match (row, cell(text), begin) {
            (Some(first), _, _) if begin.is_none_or(|begin| begin == at) => {
                begin = Some(at);
                table.rows.push(vec![first]);
            }
            (None, Some(next), Some(begin)) if at == begin + 2 => table.rows.last_mut()?.push(next),
            (None, _, Some(begin)) if at > begin + 2 && !after_blank => {
                append(table.rows.last_mut()?.last_mut()?, text);
            }
            (None, None, None) if text.starts_with(':') => {
                if let Some(count) = text.strip_prefix(":header-rows:") {
                    headings = count.trim().parse().unwrap_or(0);
                }
            }
            _ => return Some(Found::Kept(used, BLOCKS)),
        }
        after_blank = false;
    }
    Some(if headings == 1 { table.found(used) } else { Found::Kept(used, NO_HEADINGS) })
}

/// `.. csv-table::` with its rows.
fn comma_separated(lines: &[&str]) -> Option<Found> {
    let title = lines.first()?.strip_prefix(".. csv-table::")?.trim();
    let used = 1 + below(&lines[1..]);
    Some(csv::read(title, &lines[1..used], used))
}

/// The columns of a line such as `=====  ====`: where each begins, in characters.
fn border(line: &str) -> Option<Vec<usize>> {
    let line = line.trim_end();
    if !line.starts_with('=') || !line.chars().all(|c| matches!(c, '=' | ' ')) {
        return None;
    }
    let bytes = line.as_bytes();
    let begins = |at: &usize| bytes[*at] == b'=' && (*at == 0 || bytes[*at - 1] == b' ');
    let starts: Vec<usize> = (0..bytes.len()).filter(begins).collect();
    (starts.len() >= 2).then_some(starts)
}

/// Columns under `=====  =====`.
fn simple(lines: &[&str]) -> Option<Found> {
    let starts = border(lines.first()?)?;
    let borders: Vec<usize> = (1..lines.len())
        .filter(|at| border(lines[*at]).is_some_and(|other| other == starts))
        .take(2)
        .collect();
    let [head, end] = borders[..] else {
        // One border more is the end of a table without headings; none is no table.
        let end = *borders.first()?;
        return Some(Found::Kept(end + 1, NO_HEADINGS));
    };
    // A border with nothing but prose behind it is the end of this table, and the next is another's.
    if lines[1..head].iter().all(|line| line.trim().is_empty())
        || lines[1..head].iter().any(|line| line.trim().is_empty())
    {
        return Some(Found::Kept(head + 1, NO_HEADINGS));
    }
    let used = end + 1;
    let mut table = Table::default();
    for (at, line) in lines.iter().enumerate().take(end).skip(1) {
        if at == head || line.trim().is_empty() {
            continue;
        }
        if line.starts_with("---") {
            return Some(Found::Kept(used, UNEVEN));
        }
        let chars: Vec<char> = line.chars().collect();
        let mut cells = Vec::new();
        for (column, start) in starts.iter().enumerate() {
            let stop = starts.get(column + 1).copied().unwrap_or(chars.len()).min(chars.len());
            let begin = (*start).min(stop);
            // Words that reach over the gap before a column belong to nobody.
            if *start > 0 && chars.get(start - 1).is_some_and(|c| *c != ' ') {
                return Some(Found::Kept(used, UNEVEN));
            }
            cells.push(chars[begin..stop].iter().collect::<String>().trim().to_owned());
        }
        // A row whose first cell is empty goes on with the one above; so do headings of several lines.
        let goes_on = cells[0].is_empty() || at > 1 && at < head;
        match table.rows.last_mut().filter(|_| goes_on && at != head + 1) {
            Some(row) => row.iter_mut().zip(&cells).for_each(|(cell, words)| append(cell, words)),
            None => table.rows.push(cells),
        }
    }
    Some(table.found(used))
}

/// `+---+---+` around each row.
fn grid(lines: &[&str]) -> Option<Found> {
    let first = lines.first()?.trim_end();
    if !is_separator(first, '-') {
        return None;
    }
    let used = lines.iter().take_while(|line| line.starts_with(['+', '|'])).count();
    let lines: Vec<String> = lines[..used].iter().map(|line| line.trim_end().to_owned()).collect();
    Some(rows(&lines, used, false))
}

fn is_separator(line: &str, rule: char) -> bool {
    line.len() >= 5
        && line.starts_with('+')
        && line.ends_with('+')
        && line.contains(rule)
        && line.chars().all(|c| c == '+' || c == rule)
}

/// The rows of a grid. Where `first` is set the first row holds the headings; else a line of `=` ends them.
fn rows(lines: &[String], used: usize, first: bool) -> Found {
    let width = lines[0].matches('+').count() - 1;
    let (mut table, mut row) = (Table::default(), Vec::<String>::new());
    let mut headings = first;
    for (at, line) in lines.iter().enumerate() {
        if is_separator(line, '-') || is_separator(line, '=') {
            if line.matches('+').count() != width + 1 {
                return Found::Kept(used, UNEVEN);
            }
            if !row.is_empty() {
                table.rows.push(std::mem::take(&mut row));
            } else if at > 0 {
                return Found::Kept(used, UNEVEN);
            }
            if line.contains('=') {
                if table.rows.len() != 1 {
                    return Found::Kept(used, NO_HEADINGS);
                }
                headings = true;
            }
            continue;
        }
        let cells: Vec<&str> = match line.strip_prefix('|').and_then(|line| line.strip_suffix('|')) {
            Some(inner) => inner.split('|').collect(),
            None => return Found::Kept(used, UNEVEN),
        };
        if cells.len() != width || cells[0].starts_with('-') {
            return Found::Kept(used, UNEVEN);
        }
        if row.is_empty() {
            row = cells.iter().map(|cell| cell.trim().to_owned()).collect();
        } else if cells[0].trim().is_empty() {
            row.iter_mut().zip(cells).for_each(|(cell, words)| append(cell, words));
        } else {
            // To the standard this is one cell of two lines; who wrote it may have meant two rows.
            return Found::Kept(used, BLOCKS);
        }
    }
    if !row.is_empty() {
        return Found::Kept(used, UNEVEN);
    }
    if headings { table.found(used) } else { Found::Kept(used, NO_HEADINGS) }
}

/// A grid of box characters that is all of a block of code.
fn boxed(lines: &[&str]) -> Option<Found> {
    let first = lines.first()?.trim_end();
    let code = first.starts_with(".. code-block::") || first.starts_with(".. code::") || first == "::";
    if !code {
        return None;
    }
    let used = 1 + below(&lines[1..]);
    let drawn: Vec<String> =
        lines[1..used].iter().map(|line| line.trim()).filter(|line| !line.is_empty()).map(plain).collect();
    let whole = drawn.len() >= 5
        && lines[1..used]
            .iter()
            .all(|line| line.trim().is_empty() || line.trim().starts_with(['┌', '├', '│', '└', '╞']));
    if !whole || !is_separator(&drawn[0], '-') {
        return None;
    }
    match rows(&drawn, used, true) {
        Found::Table(table, used) => Some(Found::Table(table, used)),
        // What it is is a block of code, and that is nothing to tell of.
        Found::Kept(..) => None,
    }
}

/// Box characters as those of a grid.
fn plain(line: &str) -> String {
    let sign = |c: char| match c {
        '┌' | '┬' | '┐' | '├' | '┼' | '┤' | '└' | '┴' | '┘' | '╞' | '╪' | '╡' => '+',
        '─' => '-',
        '═' => '=',
        '│' => '|',
        other => other,
    };
    line.chars().map(sign).collect()
}

#[cfg(test)]
mod tests {
    use super::table;
    use crate::import::security_md::markup::table::Found;

    fn lines(text: &str) -> (String, usize) {
        Found::told(table(&text.lines().collect::<Vec<_>>()))
    }

    const ROWS: &str = "| Version | Supported |\n|---|---|\n| 2.x | yes, for long |\n| < 2 |  |";

    #[test]
    fn each_form_is_read() {
        for (text, used) in [
            (
                ".. list-table::\n   :header-rows: 1\n   :widths: 10 20\n\n   * - Version\n     - Supported\n   * - 2.x\n     - yes,\n       for long\n   * - < 2\n     -\n\nText\n",
                11,
            ),
            (
                "=======  =========\nVersion  Supported\n=======  =========\n2.x      yes, for long\n< 2\n=======  =========\n",
                6,
            ),
            (
                "======= =========\nVersion Supported\n======= =========\n2.x     yes,\n        for long\n\n< 2\n======= =========\n",
                8,
            ),
            (
                "+---------+-----------+\n| Version | Supported |\n+=========+===========+\n| 2.x     | yes,      |\n|         | for long  |\n+---------+-----------+\n| < 2     |           |\n+---------+-----------+\n",
                8,
            ),
            (
                ".. code-block:: text\n\n    ┌─────┬────┐\n    │ Version │ Supported │\n    ├─────┼────┤\n    │ 2.x │ yes, for long │\n    ├─────┼────┤\n    │ < 2 │    │\n    └─────┴────┘\n",
                9,
            ),
        ] {
            assert_eq!(lines(text), (ROWS.to_owned(), used), "{text}");
        }
    }

    #[test]
    fn what_is_not_certain_stays_text() {
        for (text, why) in [
            (".. list-table::\n\n   * - a\n     - b\n   * - c\n     - d\n", "it has no row of headings"),
            (
                ".. list-table::\n   :header-rows: 1\n\n   * - a\n     - b\n   * - c\n",
                "its cells span others, or rows differ in length",
            ),
            (
                ".. list-table::\n   :header-rows: 1\n\n   * - a\n     - b\n   * - c\n     - d\n\n       e\n",
                "a cell holds more than a line of text",
            ),
            (
                ".. list-table::\n   :header-rows: 1\n\n   * - a\n     - b\n   * - c\n     - |yes|\n",
                "a cell holds more than a line of text",
            ),
            ("===== =====\na     b\nc     d\n===== =====\n", "it has no row of headings"),
            (
                "===== =====\na     b\n===== =====\ncrossing it\n===== =====\n",
                "its cells span others, or rows differ in length",
            ),
            ("+---+---+\n| a | b |\n+---+---+\n| c | d |\n+---+---+\n", "it has no row of headings"),
            (
                "+---+---+\n| a | b |\n+===+===+\n| c | d |\n| e | f |\n+---+---+\n",
                "a cell holds more than a line of text",
            ),
            (
                "+---+---+\n| a | b |\n+===+===+\n| c     |\n+---+---+\n",
                "its cells span others, or rows differ in length",
            ),
            (
                "+----------+\n| Version  | Supported |\n|----------+---- +\n",
                "its cells span others, or rows differ in length",
            ),
            ("Text\n====\n", "none"),
            ("+\n", "none"),
            (".. code-block:: text\n\n    a ┌\n", "none"),
            ("===== =====\nText\n", "none"),
        ] {
            assert_eq!(lines(text).0, why, "{text}");
        }
    }
}
