//! The facts of a policy as Markdown, one file for each insertion mark.
//!
//! In goes the policy, out come lists, tables and sentences, or nothing where the policy is silent. The order of
//! [`FACTS`] is the order of a SECURITY.md whose author has written no sections.

mod advisories;
mod audits;
mod bounty;
mod contacts;
mod credit;
mod disclosure;
mod embargo;
mod exclude;
mod hall_of_fame;
mod include;
mod items;
mod keys;
mod limitations;
mod phases;
mod report;
mod response;
mod safe_harbor;
mod scope;
mod severity;
mod support;

use std::collections::BTreeMap;

use crate::model::policy::Policy;
use crate::model::policy::product::Product;
use crate::routes::{self, Route};
use crate::value::url::BaseUrl;

/// What a fact can draw on.
pub(super) struct Facts<'a> {
    /// The policy.
    pub policy: &'a Policy,
    /// Markdown files that are no pages, by path.
    pub fragments: &'a BTreeMap<String, String>,
    /// Where the portal lives.
    pub base: &'a BaseUrl,
}

impl Facts<'_> {
    /// The whole address of a page.
    pub(super) fn url(&self, route: &Route) -> String {
        self.base.join(&route.encoded())
    }

    /// The address of a file below `content/`: its page, or the file itself beside SECURITY.md where it has none.
    pub(super) fn content(&self, path: &str) -> String {
        if self.fragments.contains_key(path) {
            let depth = self.policy.security_md.file.as_str().matches('/').count();
            return format!("{}{path}", "../".repeat(depth));
        }
        if path.ends_with(".md") {
            return self.url(&routes::content_page(path));
        }
        self.url(&routes::content_file(path))
    }
}

/// One fact.
pub(super) struct Fact {
    /// The name of its mark, one of [`crate::site::prose::MARKERS`].
    pub marker: &'static str,
    /// Its heading where the author gave it no place.
    pub heading: &'static str,
    /// Whether the policy says anything of it.
    pub stated: fn(&Policy) -> bool,
    /// The fact, about these products where it is one about products.
    pub render: fn(&Facts<'_>, &Shown<'_>) -> String,
}

/// Which products a fact about products is to tell of.
#[derive(Default)]
pub(super) struct Shown<'p> {
    /// The products, in order.
    pub products: Vec<&'p Product>,
    /// Whether each needs its name: where the author asked for one product, the text around it says which.
    pub named: bool,
}

/// All facts.
pub(super) static FACTS: &[&Fact] = &[
    &support::FACT,
    &contacts::FACT,
    &report::FACT,
    &include::FACT,
    &exclude::FACT,
    &response::FACT,
    &disclosure::FACT,
    &phases::FACT,
    &severity::FACT,
    &scope::FACT,
    &safe_harbor::FACT,
    &bounty::FACT,
    &credit::FACT,
    &keys::FACT,
    &hall_of_fame::FACT,
    &limitations::FACT,
    &audits::FACT,
    &embargo::FACT,
    &advisories::FACT,
];

#[cfg(test)]
mod tests {
    use super::FACTS;
    use crate::site::prose::MARKERS;

    #[test]
    fn every_mark_has_its_fact() {
        let mut ours: Vec<&str> = FACTS.iter().map(|fact| fact.marker).collect();
        let mut marks = MARKERS.to_vec();
        ours.sort_unstable();
        marks.sort_unstable();
        assert_eq!(ours, marks);
    }
}
