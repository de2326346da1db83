//! Authors' Markdown as pieces of a page, and words put together.

use crate::markdown::{self, Options};
use crate::model::policy::reporting::Item;
use crate::site::Site;
use crate::theme::html::Html;
use serde::Serialize;

/// A text of the policy. A single paragraph comes without its tag, so that it can stand in a list or after a label.
pub fn flow(site: &Site, text: &str) -> Html {
    let resolve = |target: &str| site.links.resolve("policy.toml", target);
    let options = Options { id_prefix: "t-", top_level: 4, resolve: &resolve, markers: None };
    let html = markdown::render(text, &options).html;
    let inner = html.trim().strip_prefix("<p>").and_then(|rest| rest.strip_suffix("</p>"));
    match inner {
        Some(inner) if !inner.contains("<p>") => Html::trusted(inner.to_owned()),
        _ => Html::trusted(html),
    }
}

/// One point of a list.
#[derive(Debug, Serialize)]
pub struct Point {
    /// Printed in bold.
    pub title: Option<String>,
    /// HTML.
    pub html: Option<Html>,
    /// Whether a report is of no use without it.
    pub required: bool,
}

/// The points of a list.
pub fn points(site: &Site, items: &[Item]) -> Vec<Point> {
    let point = |item: &Item| Point {
        title: item.title.as_ref().map(|title| title.as_str().to_owned()),
        html: item.text.as_ref().map(|text| flow(site, text)),
        required: item.required,
    };
    items.iter().map(point).collect()
}

/// "a", "a and b", "a, b and c".
pub fn and(words: &[&str]) -> String {
    join(words, " and ")
}

/// "a", "a or b", "a, b or c".
pub fn or(words: &[&str]) -> String {
    join(words, " or ")
}

fn join(words: &[&str], last: &str) -> String {
    match words {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [first @ .., end] => format!("{}{last}{end}", first.join(", ")),
    }
}
