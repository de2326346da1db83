//! A table of plain cells, whatever markup drew it: in go its rows, out comes a table of Markdown.

/// What stands where a table begins.
pub(super) enum Found {
    /// A table, and the lines that it takes.
    Table(Table, usize),
    /// A table that says more than rows of plain cells can, the lines that it takes, and what it is that it says.
    Kept(usize, &'static str),
}

#[cfg(test)]
impl Found {
    /// What a test compares: the lines in Markdown or the reason against them, and how many lines were taken.
    pub(super) fn told(found: Option<Self>) -> (String, usize) {
        match found {
            Some(Self::Table(table, used)) => (table.to_lines().join("\n"), used),
            Some(Self::Kept(used, why)) => (why.to_owned(), used),
            None => ("none".to_owned(), 0),
        }
    }
}

/// Rows of plain cells under a row of headings.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Table {
    /// What stands above it.
    pub title: Option<String>,
    /// Comments that stand among its rows.
    pub comments: Vec<String>,
    /// The rows, that of the headings first.
    pub rows: Vec<Vec<String>>,
}

pub(super) const NO_HEADINGS: &str = "it has no row of headings";
pub(super) const UNEVEN: &str = "its cells span others, or rows differ in length";
pub(super) const BLOCKS: &str = "a cell holds more than a line of text";

impl Table {
    /// The table, if every row is as long as the headings and every cell is plain.
    pub(super) fn found(self, used: usize) -> Found {
        let width = self.rows.first().map_or(0, Vec::len);
        if width < 2 || self.rows.len() < 2 || self.rows.iter().any(|row| row.len() != width) {
            return Found::Kept(used, UNEVEN);
        }
        // A bar would end the cell, and so would the space after a backslash be taken for one.
        if self.rows.iter().flatten().any(|cell| cell.contains('|') || cell.ends_with('\\')) {
            return Found::Kept(used, BLOCKS);
        }
        Found::Table(self, used)
    }

    /// Its lines in Markdown.
    pub(super) fn to_lines(&self) -> Vec<String> {
        let mut lines = Vec::new();
        if let Some(title) = &self.title {
            lines.extend([title.clone(), String::new()]);
        }
        for comment in &self.comments {
            lines.extend([format!("<!-- {comment} -->"), String::new()]);
        }
        for (at, row) in self.rows.iter().enumerate() {
            lines.push(format!("| {} |", row.join(" | ")));
            if at == 0 {
                lines.push(format!("|{}", "---|".repeat(row.len())));
            }
        }
        lines
    }
}

/// Adds words to a cell, as a wrapped line does.
pub(super) fn append(cell: &mut String, words: &str) {
    let words = words.trim();
    if !cell.is_empty() && !words.is_empty() {
        cell.push(' ');
    }
    cell.push_str(words);
}
