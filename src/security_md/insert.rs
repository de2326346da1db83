//! Insertion marks: in goes an author's Markdown, out comes the same with every mark replaced by its fact.
//!
//! A mark stands on a line of its own and not inside a code block, as on the portal's pages. All other lines are kept
//! byte for byte; a mark that means nothing is kept too, and `check` reports it.

use std::collections::BTreeSet;
use std::ops::Range;

use pulldown_cmark::{Event, Options, Parser, Tag};

use super::facts::{FACTS, Facts, Shown};
use crate::model::policy::Policy;
use crate::model::policy::product::Product;
use crate::site::prose::Marker;

/// What the marks have asked for so far.
#[derive(Debug, Default)]
pub(super) struct Covered {
    markers: BTreeSet<String>,
    products: BTreeSet<String>,
}

impl Covered {
    /// The products that a fact still has to be told of, or `None` where it stands somewhere already. Only the tables of
    /// supported versions are counted by product.
    pub(super) fn lacks<'p>(&self, marker: &str, policy: &'p Policy) -> Option<Shown<'p>> {
        if marker != "support" {
            return (!self.markers.contains(marker)).then(Shown::default);
        }
        let missing = |product: &&Product| !self.products.contains(product.id.as_str());
        let products: Vec<_> = policy.products.iter().filter(missing).collect();
        (!products.is_empty()).then_some(Shown { products, named: policy.products.len() > 1 })
    }
}

/// Replaces the marks of `text`.
pub(super) fn insert(text: &str, facts: &Facts<'_>, covered: &mut Covered) -> String {
    let places = comments(text);
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let indented = line.starts_with("    ") || line.starts_with('\t');
        let marker =
            mark(line.trim()).filter(|_| !indented && places.iter().any(|place| place.contains(&at)));
        at += line.len();
        match marker.and_then(|marker| Marker::parse(marker, facts.policy)) {
            Some(marker) => {
                let fact = render(&marker, facts, covered);
                if !marker.told {
                    out.push_str(&fact);
                    out.push('\n');
                }
            }
            None => out.push_str(line),
        }
    }
    out
}

/// Where comments are comments: blocks of HTML, not code.
fn comments(text: &str) -> Vec<Range<usize>> {
    if !text.contains("secsite:") {
        return Vec::new();
    }
    let blocks = Parser::new_ext(text, Options::ENABLE_TABLES).into_offset_iter();
    blocks
        .filter_map(|(event, range)| matches!(event, Event::Start(Tag::HtmlBlock)).then_some(range))
        .collect()
}

fn render(marker: &Marker<'_>, facts: &Facts<'_>, covered: &mut Covered) -> String {
    let policy = facts.policy;
    let wanted = |product: &&Product| marker.product.is_none_or(|id| product.id.as_str() == id);
    let products: Vec<&Product> = policy.products.iter().filter(wanted).collect();
    if marker.name == "support" {
        covered.products.extend(products.iter().map(|product| product.id.as_str().to_owned()));
    } else {
        covered.markers.insert(marker.name.to_owned());
    }
    let shown = Shown { products, named: marker.product.is_none() && policy.products.len() > 1 };
    let fact = FACTS.iter().find(|fact| fact.marker == marker.name);
    fact.map_or_else(String::new, |fact| (fact.render)(facts, &shown))
}

/// What a line asks to insert: `support product=core`.
fn mark(line: &str) -> Option<&str> {
    line.strip_prefix("<!--")?.strip_suffix("-->")?.trim().strip_prefix("secsite:").map(str::trim)
}

#[cfg(test)]
mod tests {
    use super::{comments, mark};

    #[test]
    fn finds_marks_but_in_code() {
        assert_eq!(mark("<!-- secsite:support product=core -->"), Some("support product=core"));
        assert_eq!(mark("<!--secsite:keys-->"), Some("keys"));
        assert_eq!(mark("<!-- a comment -->"), None);
        assert!(comments("```\n<!-- secsite:keys -->\n```\n").is_empty());
        assert_eq!(comments("a\n\n<!-- secsite:keys -->\n").len(), 1);
    }
}
