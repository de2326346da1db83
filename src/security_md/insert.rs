//! Insertion marks: in goes an author's Markdown, out comes the same with every mark replaced by its fact.
//!
//! A mark stands on a line of its own and not inside a code block, as on the portal's pages. All other lines are kept
//! byte for byte; a mark that means nothing is kept too, and `check` reports it.

use std::collections::BTreeSet;

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
    let mut out = String::with_capacity(text.len());
    let mut fence: Option<&str> = None;
    for line in text.split_inclusive('\n') {
        let content = line.trim();
        let indented = line.starts_with("    ") || line.starts_with('\t');
        match fence {
            Some(open) if !indented && closes(content, open) => fence = None,
            None if !indented => fence = opens(content),
            _ => {}
        }
        let marker = mark(content).filter(|_| fence.is_none() && !indented);
        match marker.and_then(|marker| Marker::parse(marker, facts.policy)) {
            Some(marker) => {
                out.push_str(&render(&marker, facts, covered));
                out.push('\n');
            }
            None => out.push_str(line),
        }
    }
    out
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

/// The run of backticks or tildes that opens a code block (CommonMark §4.5).
fn opens(line: &str) -> Option<&str> {
    let first = line.chars().next().filter(|c| matches!(c, '`' | '~'))?;
    let run = line.len() - line.trim_start_matches(first).len();
    let info = &line[run..];
    (run >= 3 && !(first == '`' && info.contains('`'))).then(|| &line[..run])
}

/// Whether a line closes the block that `open` has opened: the same character, as often or more, and nothing else.
fn closes(line: &str, open: &str) -> bool {
    let first = open.chars().next().unwrap_or('`');
    line.len() >= open.len() && line.chars().all(|c| c == first)
}

#[cfg(test)]
mod tests {
    use super::{closes, mark, opens};

    #[test]
    fn finds_marks_and_fences() {
        assert_eq!(mark("<!-- secsite:support product=core -->"), Some("support product=core"));
        assert_eq!(mark("<!--secsite:keys-->"), Some("keys"));
        assert_eq!(mark("<!-- a comment -->"), None);
        assert_eq!(opens("```toml"), Some("```"));
        assert_eq!(opens("~~~~ a`b"), Some("~~~~"));
        assert_eq!(opens("``` a`b"), None);
        assert_eq!(opens("``"), None);
        assert!(
            closes("`````", "```") && !closes("``", "```") && !closes("~~~", "```") && !closes("", "```")
        );
    }
}
