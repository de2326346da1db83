//! `.. csv-table::` with its rows below it: in go the lines of the directive, out comes the table or why it stays text.

use crate::import::security_md::markup::table::{BLOCKS, Found, NO_HEADINGS, Table};

/// The table of a directive whose title is `title` and whose other lines are `lines`; it takes `used` lines with its first.
pub(super) fn read(title: &str, lines: &[&str], used: usize) -> Found {
    let mut table = Table { title: (!title.is_empty()).then(|| title.to_owned()), ..Table::default() };
    let mut headings = 0;
    let options = lines.iter().take_while(|line| line.trim().starts_with(':')).count();
    for option in &lines[..options] {
        let Some((name, value)) = option.trim()[1..].split_once(':') else {
            return Found::Kept(used, BLOCKS);
        };
        match (name, cells(value.trim())) {
            ("header", Some(row)) => {
                table.rows.push(row);
                headings += 1;
            }
            ("header-rows", _) => headings += value.trim().parse::<usize>().unwrap_or(2),
            ("widths" | "width" | "align" | "class" | "name", _) => {}
            // Rows of another file, and signs of their own between the cells.
            _ => return Found::Kept(used, BLOCKS),
        }
    }
    for line in lines[options..].iter().map(|line| line.trim()).filter(|line| !line.is_empty()) {
        match cells(line) {
            Some(row) => table.rows.push(row),
            None => return Found::Kept(used, BLOCKS),
        }
    }
    if headings == 1 { table.found(used) } else { Found::Kept(used, NO_HEADINGS) }
}

/// The cells of a line; `None` where a quotation does not end in it.
fn cells(line: &str) -> Option<Vec<String>> {
    let mut cells = Vec::new();
    let mut rest = line;
    loop {
        rest = rest.trim_start();
        let (cell, after) = match rest.strip_prefix('"') {
            Some(quoted) => quotation(quoted)?,
            None => {
                let (cell, after) = rest.split_at(rest.find(',').unwrap_or(rest.len()));
                (cell.trim().to_owned(), after)
            }
        };
        cells.push(cell);
        match after.trim_start().strip_prefix(',') {
            Some(next) => rest = next,
            None if after.trim().is_empty() => return Some(cells),
            None => return None,
        }
    }
}

/// What stands before the closing mark, where two marks are one, and what comes after it.
fn quotation(text: &str) -> Option<(String, &str)> {
    let mut cell = String::new();
    let mut rest = text;
    loop {
        let (before, after) = rest.split_once('"')?;
        cell.push_str(before);
        match after.strip_prefix('"') {
            Some(next) => {
                cell.push('"');
                rest = next;
            }
            None => return Some((cell.trim().to_owned(), after)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Found, cells, read};

    #[test]
    fn cells_are_quoted_or_not() {
        for (line, expect) in [
            ("2.x, yes", vec!["2.x", "yes"]),
            ("\"2.x, 3.x\",\"a \"\"b\"\"\" , ", vec!["2.x, 3.x", "a \"b\"", ""]),
        ] {
            assert_eq!(cells(line).unwrap(), expect);
        }
        assert_eq!(cells("\"2.x, yes"), None);
        assert_eq!(cells("\"2.x\" or so, yes"), None);
    }

    #[test]
    fn rows_come_with_headings_or_stay_text() {
        let rows = "| Version | Supported |\n|---|---|\n| 2.x | yes, for long |";
        let given = ["   :header: Version, Supported", "   :widths: 10, 20", "", "   2.x, \"yes, for long\""];
        assert_eq!(Found::told(Some(read("", &given, 5))), (rows.to_owned(), 5));
        let first = ["   :header-rows: 1", "", "   Version, Supported", "   2.x, \"yes, for long\""];
        assert_eq!(Found::told(Some(read("", &first, 5))), (rows.to_owned(), 5));
        for kept in [["   :file: versions.csv", ""], ["", "   2.x, yes"], ["   :header: Version", "   \"2.x"]]
        {
            assert!(matches!(read("", &kept, 3), Found::Kept(3, _)), "{kept:?}");
        }
    }
}
