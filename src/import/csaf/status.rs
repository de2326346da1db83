//! `product_status`: in go the ids of products in groups of status, out come entries of ours, one for each product and
//! state, and the ids that each was made of.

use std::collections::BTreeMap;

use super::products::{Product, Products, Versions};
use super::vers;
use crate::import::draft::Draft;
use crate::import::front_matter::Affected;
use crate::import::host::Host;
use crate::import::interval;
use crate::import::json::Node;
use crate::value::comparators::Comparators;
use crate::value::range::{End, Range};
use crate::value::scheme::Scheme;

/// One entry while it grows.
pub(super) struct Entry<'n> {
    pub affected: Affected,
    pub scheme: Scheme,
    /// Products of the document that it speaks of.
    pub ids: Vec<&'n str>,
    unsaid: Vec<String>,
}

/// The groups, and the state of ours that each stands for.
const GROUPS: [(&str, State); 8] = [
    ("known_affected", State::Affected),
    ("first_affected", State::Affected),
    ("last_affected", State::Affected),
    ("under_investigation", State::UnderInvestigation),
    ("known_not_affected", State::NotAffected),
    ("fixed", State::Fixed),
    ("first_fixed", State::Fixed),
    ("recommended", State::Recommended),
];

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum State {
    Affected,
    UnderInvestigation,
    NotAffected,
    Fixed,
    Recommended,
}

/// Entries in the order of the document.
pub(super) fn entries<'n>(
    draft: &mut Draft<'_>,
    vulnerability: &'n Node,
    products: &Products,
    host: &Host,
) -> Vec<Entry<'n>> {
    let mut entries: Vec<Entry<'n>> = Vec::new();
    let mut places: BTreeMap<(State, String), usize> = BTreeMap::new();
    let Some(status) = vulnerability.get("product_status") else { return entries };
    for (group, state) in GROUPS {
        for node in status.list(group) {
            let Some((id, product)) = node.text().and_then(|id| Some((id, products.get(id)?))) else {
                node.lost("a product that the tree does not name");
                continue;
            };
            if product.name.is_empty() {
                node.lost("a product without a name");
                continue;
            }
            let (target, scheme) =
                host.product(product.vendor.as_deref(), &product.name, product.purl.as_deref());
            let key = format!("{:?}", (&target.product, &target.package, &target.ecosystem));
            let affected = places.get(&(State::Affected, key.clone())).copied();
            if state == State::Recommended || state == State::Fixed && affected.is_some() {
                let told = affected.is_some_and(|at| is_told(&entries[at], product));
                if told {
                    node.field("affected.versions");
                    continue;
                }
            }
            if state == State::Recommended {
                node.lost("the release to take is the first that mends");
                continue;
            }
            // What is fixed belongs to what is hit; alone it says that this version is not.
            let at = if state == State::Fixed { affected } else { None };
            let at = at.or_else(|| places.get(&(state, key.clone())).copied());
            let at = at.unwrap_or_else(|| {
                let unsaid = Vec::new();
                entries.push(Entry { affected: target, scheme, ids: Vec::new(), unsaid });
                places.insert((state, key), entries.len() - 1);
                entries.len() - 1
            });
            let entry = &mut entries[at];
            entry.ids.push(id);
            entry.add(product, state);
            node.field("affected");
        }
    }
    for entry in &mut entries {
        draft.settle_versions(&mut entry.affected, entry.scheme, std::mem::take(&mut entry.unsaid));
    }
    entries
}

/// Whether a range ends with the release that the product is.
fn is_told(entry: &Entry<'_>, product: &Product) -> bool {
    let Versions::One(version) = &product.version else { return false };
    let version = interval::bare(version, entry.scheme);
    let ends = |fixed: &str| {
        fixed == version || entry.scheme.compare(fixed, version) == Some(std::cmp::Ordering::Equal)
    };
    entry.affected.versions.iter().filter_map(Range::fixed).any(ends)
}

impl Entry<'_> {
    fn add(&mut self, product: &Product, state: State) {
        let found = match &product.version {
            Versions::Unsaid => vers::read("*", self.scheme),
            Versions::One(version) => single(version, self.scheme),
            Versions::Range(range) => vers::read(range, self.scheme),
        };
        let words = || match &product.version {
            Versions::One(words) | Versions::Range(words) => words.clone(),
            Versions::Unsaid => "all versions".to_owned(),
        };
        match state {
            State::Affected | State::UnderInvestigation => {
                if state == State::UnderInvestigation {
                    self.affected.status = Some("under-investigation".to_owned());
                }
                match found {
                    Ok(found) => {
                        self.affected.versions.extend(found.ranges);
                        self.affected.unaffected.extend(found.excluded);
                    }
                    Err(_) => self.unsaid.push(words()),
                }
            }
            State::NotAffected | State::Fixed | State::Recommended => {
                if state == State::NotAffected {
                    self.affected.status = Some("not-affected".to_owned());
                }
                if product.version == Versions::Unsaid {
                    // A product that is told apart by its name alone is fixed as a whole.
                    if state == State::Fixed && self.affected.versions.is_empty() {
                        self.affected.status = Some("not-affected".to_owned());
                        self.affected.statement = Some("Fixed.".to_owned());
                    }
                    return;
                }
                for range in found.map(|found| found.ranges).unwrap_or_default() {
                    let text = match &range.end {
                        End::LastAffected(last) if *last == range.introduced => format!("= {last}"),
                        End::Open if range.introduced == "0" => "*".to_owned(),
                        _ => range.comparators(),
                    };
                    let fine = Comparators::parse(&text).is_ok_and(|list| list.check(self.scheme).is_ok());
                    if fine && !self.affected.unaffected.contains(&text) {
                        self.affected.unaffected.push(text);
                    }
                }
            }
        }
    }
}

/// A version; or a range, which some write in its place.
fn single(version: &str, scheme: Scheme) -> Result<vers::Stretches, String> {
    let text = interval::bare(version, scheme);
    if text.starts_with(['<', '>', '*'])
        || text.starts_with("vers:")
        || text.eq_ignore_ascii_case("all versions")
    {
        return vers::read(text, scheme);
    }
    scheme.check(text).map_err(|invalid| invalid.message)?;
    let range = Range { introduced: text.to_owned(), end: End::LastAffected(text.to_owned()) };
    Ok(vers::Stretches { ranges: vec![range], excluded: Vec::new() })
}
