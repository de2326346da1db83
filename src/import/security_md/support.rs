//! Supported versions: in goes the text as it is being read, out come products with the rows of their tables, or with the
//! rule that a sentence states.
//!
//! A table gives way to a mark where its cells are plain words in columns that the model has.

mod cell;
mod columns;
mod plain_table;

use super::facts::{Product, Reading, Row};
use super::kind::Kind;
use super::outline::{self, Cell};
use super::toml::product_id;
use crate::value::line;
use crate::value::sentence::{has_any, sentences};
use crate::value::support::Versions;

use columns::{Columns, Role};

/// Reads them; `base` is the id of the first product.
pub(super) fn read(reading: &mut Reading<'_>, base: &str) {
    for number in 0..reading.outline.tables.len() {
        table(reading, base, number);
    }
    plain_table::read(reading, base);
    if reading.facts.products.is_empty() {
        rule(reading);
    }
}

fn table(reading: &mut Reading<'_>, base: &str, number: usize) {
    let table = &reading.outline.tables[number];
    let Some((header, rows)) = table.rows.split_first() else { return };
    let Some(first) = table.statements.first().copied() else { return };
    let kind = reading.kind(first);
    if reading.is_marked(&table.range) {
        return;
    }
    if matches!(kind, Some(Kind::Practices | Kind::Thanks | Kind::Keys | Kind::Contact)) {
        return;
    }
    let Some(columns) = Columns::of(header, rows, kind == Some(Kind::Support)) else { return };
    let statements = table.statements.clone();
    let mut product = Product { columns: columns.headings(header), ..Product::default() };
    // What is no plain word in a column of ours would be lost if a mark stood here.
    let mut exact = table.top && !table.surplus && columns.has_status();
    for cells in rows {
        exact &= !cells.iter().enumerate().any(|(i, cell)| columns.is_lossy(i, cell));
        exact &= rows_of(cells, &columns, header, reading.dots, &mut product.rows);
    }
    if product.rows.is_empty() {
        return;
    }
    exact &= columns.order_is_ours() || header.len() <= 12;
    let range = table.range.clone();
    push(reading, base, product, first, &statements, exact.then_some(range));
}

/// The rows of a line of cells: one, or several where the cell of versions holds several ranges. Answers whether all that
/// the cells say is in them. `dots` is [`Reading::dots`].
fn rows_of(cells: &[Cell], columns: &Columns, header: &[Cell], dots: bool, out: &mut Vec<Row>) -> bool {
    let mut row = Row::default();
    let mut exact = true;
    let mut versions = Vec::new();
    for (i, cell) in cells.iter().enumerate() {
        let text = cell.text.split_whitespace().collect::<Vec<_>>().join(" ");
        match columns.role(i) {
            Role::Versions => {
                let parts: Vec<&str> =
                    cell.text.lines().map(str::trim).filter(|part| !part.is_empty()).collect();
                let ranges = parts.len() > 1
                    && parts
                        .iter()
                        .all(|part| Versions::parse(part).is_ok_and(|versions| !versions.is_words()));
                versions =
                    if ranges { parts.iter().map(|part| (*part).to_owned()).collect() } else { vec![text] };
            }
            Role::Status => {
                let read = cell::status(&text, dots);
                row.status = read.status;
                row.as_printed = Some(text.clone());
                if row.until.is_none() {
                    row.until = read.until;
                    exact &= row.until.is_none();
                }
            }
            Role::Track => row.track = Some(text).filter(|text| !text.is_empty()),
            Role::Note => row.note = Some(text).filter(|text| !text.is_empty()),
            Role::Until => {
                let (until, same) = cell::until(&text, dots);
                exact &= same;
                row.until = until;
            }
            Role::Extra => {
                let name = header.get(i).map_or("", |cell| cell.text.as_str());
                if !name.is_empty() && !row.extra.iter().any(|(other, _)| other == name) {
                    row.extra.push((name.to_owned(), text));
                } else {
                    exact &= text.is_empty();
                }
            }
        }
    }
    if row.status.is_empty() {
        row.status = "supported";
        exact = false;
    }
    let words = versions.iter().chain(&row.as_printed).chain(&row.track).chain(&row.until);
    let cells = row.extra.iter().flat_map(|(name, cell)| [name, cell]);
    if !words.chain(cells).all(|text| line::check(text).is_ok())
        || row.note.as_ref().is_some_and(|note| line::check(note).is_err())
    {
        return false;
    }
    let before = out.len();
    out.extend(
        versions.into_iter().filter(|text| !text.is_empty()).map(|versions| Row { versions, ..row.clone() }),
    );
    exact && out.len() > before
}

/// Adds a product, or the rows of a second table about the same versions to the product that has them.
fn push(
    reading: &mut Reading<'_>,
    base: &str,
    mut product: Product,
    heading: usize,
    statements: &[usize],
    range: Option<std::ops::Range<usize>>,
) {
    let words = |row: &Row| Versions::parse(&row.versions).map_or(true, |versions| versions.is_words());
    product.words_only = product.rows.iter().all(words);
    let shares = |other: &Product| {
        other.columns == product.columns
            && other.rows.iter().any(|row| product.rows.iter().any(|new| new.versions == row.versions))
    };
    let at = match reading.facts.products.iter().position(shares) {
        Some(at) => {
            let known = &mut reading.facts.products[at];
            let mut new: Vec<Row> = Vec::new();
            for row in product.rows {
                if !known.rows.contains(&row) && !new.contains(&row) {
                    new.push(row);
                }
            }
            known.rows.extend(new);
            at
        }
        None if reading.facts.products.len() >= MOST => return,
        None => {
            let at = reading.facts.products.len();
            if at > 0 {
                let title = reading.places[heading].heading.and_then(|h| reading.outline.statements.get(h));
                let title = title.map(|title| title.text.trim().to_owned());
                product.name = title.filter(|title| line::check(title).is_ok() && !title.is_empty());
            }
            reading.facts.products.push(product);
            at
        }
    };
    let range = range.filter(|range| !reading.defines(range));
    let id = product_id(base, at);
    let mark = if range.is_some() { "" } else { "support" };
    for statement in statements {
        reading.say(*statement, mark, format!("[[product]] `{id}`, [[product.support]]"));
    }
    if let Some(range) = range {
        reading.marks.push((range, format!("support product={id}")));
    }
}

/// A policy has a few tables of versions; what has more stays prose.
const MOST: usize = 40;

/// "Only the latest release gets security fixes."
fn rule(reading: &mut Reading<'_>) {
    let spoken: Vec<_> = reading.spoken().collect();
    for (at, statement) in spoken {
        if matches!(statement.kind, outline::Kind::Row(..)) {
            continue;
        }
        for sentence in sentences(&statement.text) {
            let lower = sentence.to_lowercase();
            let about = reading.kind(at) == Some(Kind::Support)
                || has_any(
                    &lower,
                    &["supported", "security fix", "security update", "security patch", "receive fix"],
                );
            let named = has_any(
                &lower,
                &["latest", "most recent", "newest", "current release", "current version", "last "],
            );
            let thing =
                has_any(&lower, &["version", "release", "branch", "minor", "major", "master", "main"]);
            if !about || !named || !thing || sentence.len() > 600 || is_example(&lower) {
                continue;
            }
            let count = ["two", "three", "four", "2", "3", "4"].iter().enumerate().find_map(|(i, word)| {
                let found = ["last", "latest", "most recent", "newest"].iter().any(|first| {
                    lower.contains(&format!("{first} {word} ")) || lower.contains(&format!("{word} {first} "))
                });
                found.then(|| u32::try_from(i % 3 + 2).unwrap_or(2))
            });
            let kind = match count {
                Some(_) if lower.contains("major") => "latest-majors",
                Some(_) => "latest-minors",
                None => "latest",
            };
            let product = Product { rule: Some((kind, count, sentence)), ..Product::default() };
            reading.facts.products.push(product);
            reading.say(at, "support", format!("[[product]].rule = \"{kind}\""));
            return;
        }
    }
}

/// Whether a sentence in lower case only tells what a rule means today: "the latest release is 2.1".
fn is_example(lower: &str) -> bool {
    let today = [" release is ", " version is "].iter().any(|words| {
        lower.split_once(words).is_some_and(|(_, rest)| {
            rest.trim_start_matches(['v', '`', '*']).starts_with(|c: char| c.is_ascii_digit())
        })
    });
    today || ["for example", "example", "e.g."].iter().any(|word| lower.starts_with(word))
}
