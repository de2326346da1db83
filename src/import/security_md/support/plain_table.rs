//! Tables that somebody drew with tabs or spaces: to CommonMark they are a paragraph, or a heading over one.
//!
//! In goes the text as it is being read, out come the rows. Only what names versions in most of its lines is a table.

use super::columns::Columns;
use super::{Product, push, rows_of};
use crate::import::security_md::facts::Reading;
use crate::import::security_md::kind::Kind;
use crate::import::security_md::outline::{self, Cell};

pub(super) fn read(reading: &mut Reading<'_>, base: &str) {
    let statements = &reading.outline.statements;
    for (at, statement) in statements.iter().enumerate() {
        if !statement.top || !matches!(statement.kind, outline::Kind::Paragraph | outline::Kind::Heading(_)) {
            continue;
        }
        let source = &reading.text[statement.range.clone()];
        // A heading of columns over a dashed line, with the rows as the paragraph below.
        let (block, next) = match statement.kind {
            outline::Kind::Heading(_) if source.contains('\n') && !source.starts_with('#') => {
                let next =
                    statements.get(at + 1).filter(|next| next.top && next.kind == outline::Kind::Paragraph);
                let Some(next) = next else { continue };
                (statement.range.start..next.range.end, Some(at + 1))
            }
            outline::Kind::Heading(_) => continue,
            _ => (statement.range.clone(), None),
        };
        if reading.is_marked(&block) {
            continue;
        }
        let Some(rows) = cells(&reading.text[block.clone()]) else { continue };
        let Some((header, rows)) = rows.split_first() else { continue };
        let Some(columns) = Columns::of(header, rows, reading.kind(at) == Some(Kind::Support)) else {
            continue;
        };
        if !columns.has_status() {
            continue;
        }
        let mut product = Product { columns: columns.headings(header), ..Product::default() };
        let mut exact = true;
        for row in rows {
            exact &= rows_of(row, &columns, header, reading.dots, &mut product.rows);
        }
        let all: Vec<usize> = std::iter::once(at).chain(next).collect();
        if !product.rows.is_empty() {
            push(reading, base, product, at, &all, exact.then_some(block));
        }
    }
}

/// The cells of a block whose lines all have the same number of them, between tabs or wide gaps.
fn cells(block: &str) -> Option<Vec<Vec<Cell>>> {
    let rule = |line: &str| line.chars().all(|c| matches!(c, '-' | '=' | ' ' | '\t' | '+'));
    let lines = block.lines().map(str::trim).filter(|line| !line.is_empty() && !rule(line));
    let rows: Vec<Vec<Cell>> = lines
        .map(|line| {
            let parts = line.split('\t').flat_map(|part| part.split("  "));
            let parts = parts.map(str::trim).filter(|part| !part.is_empty());
            parts.map(|text| Cell { text: text.to_owned(), marked: false }).collect()
        })
        .collect();
    let width = rows.first()?.len();
    (width >= 2 && rows.len() >= 2 && rows.iter().all(|row| row.len() == width)).then_some(rows)
}
