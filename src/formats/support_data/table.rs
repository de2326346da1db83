//! `/support/<product>.json`. The shape is stable: keys may join, none changes its meaning; a key without a value is
//! absent.

use serde::{Serialize, Serializer};

use crate::formats::json;
use crate::model::policy::product::{Product, Support};
use crate::source::fields::{Named, Words};
use crate::value::line::Line;
use crate::value::purl::Purl;

#[derive(Serialize)]
struct Table<'a> {
    /// Names the shape.
    format: &'static str,
    product: &'a str,
    name: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    purl: Option<&'a str>,
    /// How versions compare.
    scheme: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    rule: Option<Rule<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    releases: Vec<&'a str>,
    support: Vec<Row<'a>>,
}

#[derive(Serialize)]
struct Rule<'a> {
    kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    count: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    text: Option<&'a str>,
}

#[derive(Serialize)]
struct Row<'a> {
    /// As printed.
    versions: &'a str,
    status: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    status_as_printed: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    track: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    released: Option<String>,
    /// As written in the policy: a day, a month, half a year, an event.
    #[serde(skip_serializing_if = "Option::is_none")]
    until: Option<String>,
    /// Its last day, where the calendar knows it.
    #[serde(skip_serializing_if = "Option::is_none")]
    until_date: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<&'a str>,
    #[serde(skip_serializing_if = "Columns::is_empty")]
    fixes: Columns<'a, bool>,
    #[serde(skip_serializing_if = "Columns::is_empty")]
    extra: Columns<'a, String>,
}

/// Cells by heading, in the order of the table.
struct Columns<'a, T>(Vec<(&'a str, T)>);

impl<T> Columns<'_, T> {
    fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl<T: Serialize> Serialize for Columns<'_, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(heading, cell)| (heading, cell)))
    }
}

/// The file.
pub(super) fn write(product: &Product) -> Vec<u8> {
    let rule = product.rule.as_ref().map(|rule| Rule {
        kind: rule.kind.word(),
        count: rule.count,
        text: rule.text.as_deref(),
    });
    json::write(&Table {
        format: "secsite-support/1",
        product: product.id.as_str(),
        name: product.name.as_str(),
        purl: product.purl.as_ref().map(Purl::as_str),
        scheme: product.scheme.to_string(),
        rule,
        releases: product.releases.iter().map(|release| release.as_str()).collect(),
        support: product.support.iter().map(row).collect(),
    })
}

fn row(row: &Support) -> Row<'_> {
    let until = row.until.as_ref();
    Row {
        versions: row.versions.as_printed(),
        status: row.status.as_str(),
        status_as_printed: row.as_printed.as_ref().map(Line::as_str),
        track: row.track.as_ref().map(Line::as_str),
        released: row.released.map(|when| when.to_string()),
        until: until.map(|until| until.as_written()),
        until_date: until.and_then(|until| until.last_day()).map(|day| day.to_string()),
        note: row.note.as_deref(),
        fixes: columns(&row.fixes, |fixed| *fixed),
        extra: columns(&row.extra, |cell| cell.as_str().to_owned()),
    }
}

fn columns<T, U>(named: &Named<T>, cell: impl Fn(&T) -> U) -> Columns<'_, U> {
    Columns(named.0.iter().map(|(heading, value)| (heading.as_str(), cell(value))).collect())
}
