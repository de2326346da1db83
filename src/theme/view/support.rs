//! Tables of supported versions, and the same as bars over time.

mod chart;

use jiff::civil::Date;
use serde::Serialize;

use super::day::Day;
use crate::model::policy::product::{Product, RuleKind, Support as Entry};
use crate::routes;
use crate::site::Site;
use crate::theme::html::Html;
use crate::value::support::{Status, Until};

pub use chart::Chart;

/// The page of supported versions.
#[derive(Debug, Serialize)]
pub struct Support {
    /// One table per product.
    pub tables: Vec<Table>,
    /// What the words mean that stand in the tables.
    pub legend: Vec<Word>,
}

/// A word of the tables.
#[derive(Debug, Serialize)]
pub struct Word {
    /// The word.
    pub label: &'static str,
    /// What it means.
    pub text: &'static str,
}

/// One product's table.
#[derive(Debug, Serialize)]
pub struct Table {
    /// The product's id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// The rule in words.
    pub rule: Option<String>,
    /// Headings.
    pub columns: Vec<String>,
    /// Rows of cells; the first cell of a row names the versions.
    pub rows: Vec<Vec<Cell>>,
    /// Support over time, where dates are known.
    pub chart: Option<Chart>,
    /// The page of known releases.
    pub releases_href: Option<String>,
}

/// One cell.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Cell {
    /// Its words.
    pub text: String,
    /// Or HTML.
    pub html: Option<Html>,
    /// Or a date.
    pub day: Option<Day>,
    /// `yes`, `partly`, `no` or empty.
    pub tone: &'static str,
}

/// What is supported of one product, for the home page.
#[derive(Debug, Serialize)]
pub struct Supported {
    /// The product.
    pub name: String,
    /// Its supported lines, at most four.
    pub lines: Vec<Line>,
}

/// One supported line.
#[derive(Debug, Serialize)]
pub struct Line {
    /// The versions.
    pub versions: String,
    /// What they get.
    pub status: String,
    /// `yes`, `partly` or `no`.
    pub tone: &'static str,
    /// Until when, in words; may be empty.
    pub until: String,
}

impl Support {
    /// All products.
    pub fn of(site: &Site) -> Self {
        Self::some(site, |_| true)
    }

    /// Those products that are wanted.
    pub fn some(site: &Site, wanted: impl Fn(&Product) -> bool) -> Self {
        let products: Vec<&Product> = site.policy.products.iter().filter(|product| wanted(product)).collect();
        let used = |status: &Status| {
            let rows = products.iter().flat_map(|product| &product.support);
            rows.filter(|row| row.as_printed.is_none() && row.fixes.0.is_empty())
                .any(|row| row.status.value == *status)
        };
        let word = |status: Status| Word { label: status.label(), text: meaning(status) };
        Self {
            legend: Status::ALL.into_iter().filter(used).map(word).collect(),
            tables: products.iter().map(|product| Table::of(site, product)).collect(),
        }
    }
}

fn meaning(status: Status) -> &'static str {
    match status {
        Status::Supported => "Gets all fixes.",
        Status::SecurityOnly => "Gets fixes of vulnerabilities, nothing else.",
        Status::CriticalOnly => "Gets fixes of critical vulnerabilities, nothing else.",
        Status::BestEffort => "May get fixes; nothing is promised.",
        Status::Development => "Not released yet; not for production.",
        Status::Planned => "Not begun yet.",
        Status::Unsupported => "Gets nothing: upgrade.",
        Status::Unknown => "Not said: ask before you rely on it.",
    }
}

impl Table {
    /// One product.
    pub fn of(site: &Site, product: &Product) -> Self {
        let columns = columns(product);
        let rows = product.support.iter().map(|row| columns.iter().map(|(c, _)| c.cell(site, row)).collect());
        let releases = !product.releases.is_empty();
        Self {
            id: product.id.as_str().to_owned(),
            name: product.name.as_str().to_owned(),
            rule: rule(product),
            rows: rows.collect(),
            columns: columns.into_iter().map(|(_, heading)| heading).collect(),
            chart: Chart::of(product, site.today()),
            releases_href: releases.then(|| site.href(&routes::versions(product.id.as_str()))),
        }
    }
}

/// A column, by where its cells come from.
enum Column {
    Versions,
    Track,
    Status,
    Fixes(String),
    Released,
    Until,
    Extra(String),
    Note,
}

/// The columns that some row fills, with their headings.
fn columns(product: &Product) -> Vec<(Column, String)> {
    let printed = &product.columns;
    let heading = |own: &Option<crate::value::line::Line>, default: &str| {
        own.as_ref().map_or_else(|| default.to_owned(), |line| line.as_str().to_owned())
    };
    let any = |filled: fn(&Entry) -> bool| product.support.iter().any(filled);
    let mut columns = vec![(Column::Versions, heading(&printed.versions, "Versions"))];
    if any(|row| row.track.is_some()) {
        columns.push((Column::Track, heading(&printed.track, "Track")));
    }
    // Several status columns replace the one, unless a row has none of them.
    if any(|row| row.fixes.0.is_empty() || row.as_printed.is_some()) {
        columns.push((Column::Status, heading(&printed.status, "Status")));
    }
    for name in names(product.support.iter().flat_map(|row| row.fixes.0.iter().map(|(name, _)| name))) {
        columns.push((Column::Fixes(name.clone()), name));
    }
    if any(|row| row.released.is_some()) {
        columns.push((Column::Released, heading(&printed.released, "Released")));
    }
    if any(|row| row.until.is_some()) {
        columns.push((Column::Until, heading(&printed.until, "Supported until")));
    }
    for name in names(product.support.iter().flat_map(|row| row.extra.0.iter().map(|(name, _)| name))) {
        columns.push((Column::Extra(name.clone()), name));
    }
    if any(|row| row.note.is_some()) {
        columns.push((Column::Note, heading(&printed.note, "Notes")));
    }
    columns
}

/// Each name once, in the order of its first use.
fn names<'n>(all: impl Iterator<Item = &'n String>) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for name in all {
        if !names.contains(name) {
            names.push(name.clone());
        }
    }
    names
}

impl Column {
    fn cell(&self, site: &Site, row: &Entry) -> Cell {
        let text = |text: &str| Cell { text: text.to_owned(), ..Cell::default() };
        match self {
            Self::Versions => text(row.versions.as_printed()),
            Self::Track => text(row.track.as_ref().map_or("", |track| track.as_str())),
            Self::Status => Cell { text: status(row), tone: tone(row.status.value), ..Cell::default() },
            Self::Fixes(name) => match row.fixes.0.iter().find(|(of, _)| of == name) {
                Some((_, true)) => Cell { text: "Yes".into(), tone: "yes", ..Cell::default() },
                Some((_, false)) => Cell { text: "No".into(), tone: "no", ..Cell::default() },
                None => Cell::default(),
            },
            Self::Released => Cell { day: row.released.map(Day::from), ..Cell::default() },
            Self::Until => match row.until.as_ref().map(|until| &until.value) {
                Some(Until::Day(day)) => Cell { day: Some((*day).into()), ..Cell::default() },
                Some(until) => text(&until.to_string()),
                None => Cell::default(),
            },
            Self::Extra(name) => {
                text(row.extra.0.iter().find(|(of, _)| of == name).map_or("", |(_, cell)| cell.as_str()))
            }
            Self::Note => {
                Cell { html: row.note.as_ref().map(|note| super::prose::flow(site, note)), ..Cell::default() }
            }
        }
    }
}

/// The status as printed, else in our words. A sign alone says nothing to a screen reader, so its word follows.
fn status(row: &Entry) -> String {
    let label = row.status.value.label();
    match row.as_printed.as_ref().map(|line| signs(line.as_str())) {
        None => label.to_owned(),
        Some(printed) if printed.chars().any(char::is_alphanumeric) => printed,
        Some(sign) => format!("{sign} {label}"),
    }
}

/// The few emoji names that maintainers write in support tables, as the signs that forges print for them.
fn signs(text: &str) -> String {
    text.replace(":white_check_mark:", "✅")
        .replace(":heavy_check_mark:", "✔")
        .replace(":x:", "❌")
        .replace(":warning:", "⚠")
}

/// How a status is coloured; the words say the same.
pub fn tone(status: Status) -> &'static str {
    match status {
        Status::Supported => "yes",
        Status::SecurityOnly | Status::CriticalOnly | Status::BestEffort | Status::Unknown => "partly",
        Status::Development | Status::Planned | Status::Unsupported => "no",
    }
}

/// The support rule, in the author's words or ours.
fn rule(product: &Product) -> Option<String> {
    let rule = product.rule.as_ref()?;
    if let Some(text) = &rule.text {
        return Some(text.trim().to_owned());
    }
    let newest = |what: &str| match rule.count {
        Some(1) | None => format!("The newest {what} release is supported."),
        Some(count) => format!("The newest {count} {what} releases are supported."),
    };
    Some(match rule.kind {
        RuleKind::Latest => "Only the newest release is supported.".to_owned(),
        RuleKind::LatestMinors => newest("minor"),
        RuleKind::LatestMajors => newest("major"),
        RuleKind::Age => "A release is supported for a time after it came out.".to_owned(),
        RuleKind::UntilNext => "A release is supported until the next one comes out.".to_owned(),
        RuleKind::Branch => "What the branch holds is supported.".to_owned(),
        RuleKind::All => "Every release is supported.".to_owned(),
        RuleKind::None => "No release is supported.".to_owned(),
        RuleKind::Elsewhere => "Supported versions are told on another page.".to_owned(),
    })
}

/// Until when, as words after a status.
pub fn until(row: &Entry, today: Date) -> String {
    match row.until.as_ref().map(|until| &until.value) {
        None | Some(Until::Tbd) => String::new(),
        Some(until) if until.last_day().is_some_and(|day| day < today) => format!("ended {until}"),
        Some(until) => format!("until {until}"),
    }
}

/// What is promised fixes, by product.
pub fn now(site: &Site) -> Vec<Supported> {
    let line = |row: &Entry| Line {
        versions: row.versions.as_printed().to_owned(),
        status: status(row),
        tone: tone(row.status.value),
        until: until(row, site.today()),
    };
    let supported = |product: &Product| Supported {
        name: product.name.as_str().to_owned(),
        lines: product.support.iter().filter(|row| row.status.value.gets_fixes()).take(4).map(line).collect(),
    };
    site.policy.products.iter().map(supported).filter(|product| !product.lines.is_empty()).take(6).collect()
}
