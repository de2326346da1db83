//! The product tree and the status of what is in it (CSAF 2.0 §3.2.2, §3.2.3.9).
//!
//! In go the ranges of an advisory, out come products with ids, each in exactly one group of status. A range of affected
//! versions is one product, the release that mends it another. Which versions are hit is asked of the site, never
//! decided here.

use std::collections::BTreeMap;

use serde::Serialize;

use super::publisher::Publisher;
use crate::model::advisory::affected::AffectedStatus;
use crate::routes;
use crate::site::Site;
use crate::site::advisory::{Advisory, Affected, Target};
use crate::site::support::{Verdict, verdict};
use crate::value::comparators::{Comparator, Op};
use crate::value::purl::Purl;
use crate::value::range::End;
use crate::value::vers;

/// Groups of status. Where two entries of an advisory disagree about one product, the graver wins (CSAF 2.0 §6.1.6).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Status {
    Affected,
    UnderInvestigation,
    Fixed,
    NotAffected,
}

/// What [`Range::words`](crate::value::range::Range::words) says of a range without ends.
const ALL: &str = "all versions";

/// One product: a version or a range of versions.
#[derive(Debug)]
pub(super) struct Item {
    pub id: String,
    /// Which entry of the advisory speaks of it.
    pub entry: usize,
    pub status: Status,
    /// The release that mends it.
    pub fix: Option<String>,
    /// The version, where it is one.
    version: Option<String>,
    /// The name of its branch.
    branch: String,
    /// Its versions in words.
    words: String,
}

/// All products that an advisory speaks of, each once.
pub(super) fn items(site: &Site, advisory: &Advisory) -> Vec<Item> {
    let mut items: Vec<Item> = Vec::new();
    let mut places: BTreeMap<String, usize> = BTreeMap::new();
    for (entry, affected) in advisory.affected.iter().enumerate() {
        for item in claims(site, advisory, entry, affected) {
            match places.get(&item.id) {
                None => {
                    places.insert(item.id.clone(), items.len());
                    items.push(item);
                }
                Some(at) => {
                    let held = &mut items[*at];
                    if item.status < held.status {
                        *held = item;
                    }
                }
            }
        }
    }
    items
}

/// What one entry says.
fn claims(site: &Site, advisory: &Advisory, entry: usize, affected: &Affected) -> Vec<Item> {
    let purl = affected.purl(&site.policy);
    let scheme = vers::scheme(affected.scheme, purl);
    let prefix = match &affected.target {
        Target::Product(at) => site.policy.products[*at].id.as_str().to_owned(),
        Target::Package { name, ecosystem } => format!("{ecosystem}/{name}"),
    };
    let stretch = |branch: String, words: String, status, fix: Option<&str>| {
        let (id, fix) = (format!("{prefix}@{branch}"), fix.map(str::to_owned));
        Item { id, entry, status, fix, version: None, branch, words }
    };
    let release = |version: &str, status| {
        let id = format!("{prefix}@{version}");
        let (branch, words) = (version.to_owned(), version.to_owned());
        Item { id, entry, status, fix: None, version: Some(branch.clone()), branch, words }
    };
    let all = |status| stretch(vers::everything(scheme), ALL.to_owned(), status, None);
    let said = affected.text.status.value;
    let mut items = Vec::new();
    let status = match said {
        AffectedStatus::NotAffected => return vec![all(Status::NotAffected)],
        AffectedStatus::Affected if !affected.ranges.is_empty() => Status::Affected,
        AffectedStatus::Affected | AffectedStatus::UnderInvestigation => Status::UnderInvestigation,
    };
    if affected.ranges.is_empty() {
        items.push(all(status));
    }
    for range in affected.hit().iter() {
        match &range.end {
            End::LastAffected(last) if *last == range.introduced && is_one_version(last) => {
                items.push(release(last, status));
            }
            _ => {
                let words = range.words().affected;
                items.push(stretch(vers::of_range(scheme, range), words, status, range.fixed()));
            }
        }
    }
    if status == Status::Affected {
        // Another entry, for another platform, may say that the same release is hit.
        let same = |other: &&Affected| other.target == affected.target;
        let hit = |version: &str| {
            let others = advisory.affected.iter().filter(same);
            others.filter_map(|other| verdict(other, version)).any(|it| matches!(it, Verdict::Hit(_)))
        };
        let fixes = affected.ranges.fixes().filter(|fix| is_one_version(fix) && !hit(fix));
        items.extend(fixes.map(|fix| release(fix, Status::Fixed)));
    }
    for safe in &affected.unaffected {
        if let [Comparator { op: Op::Equal, version }] = safe.as_slice()
            && is_one_version(version)
        {
            items.push(release(version, Status::NotAffected));
        } else if let Some(branch) = vers::of_comparators(scheme, safe) {
            items.push(stretch(branch, safe.to_string(), Status::NotAffected, None));
        }
    }
    items
}

/// Whether a name can stand for a single version: CSAF 2.0 §6.1.31 refuses words of ranges.
fn is_one_version(name: &str) -> bool {
    const WORDS: [&str; 9] = ["<", ">", "after", "all", "before", "earlier", "later", "prior", "versions"];
    let lower = name.to_lowercase();
    !WORDS.iter().any(|word| lower.contains(word))
}

/// What people call the thing that an entry speaks of.
pub(super) fn name(site: &Site, affected: &Affected) -> String {
    match &affected.target {
        Target::Product(at) => site.policy.products[*at].name.as_str().to_owned(),
        Target::Package { name, .. } => name.clone(),
    }
}

#[derive(Serialize)]
pub(super) struct Tree {
    branches: Vec<Branch>,
}

#[derive(Serialize)]
struct Branch {
    #[serde(skip_serializing_if = "Vec::is_empty")]
    branches: Vec<Branch>,
    category: &'static str,
    name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    product: Option<Product>,
}

#[derive(Serialize)]
struct Product {
    name: String,
    product_id: String,
    product_identification_helper: Helper,
}

/// At least one of the three.
#[derive(Serialize)]
struct Helper {
    #[serde(skip_serializing_if = "Option::is_none")]
    cpe: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    purl: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    x_generic_uris: Vec<GenericUri>,
}

#[derive(Serialize)]
struct GenericUri {
    namespace: String,
    uri: String,
}

impl Branch {
    fn inner(category: &'static str, name: &str) -> Self {
        Self { branches: Vec::new(), category, name: name.to_owned(), product: None }
    }

    /// The branch of a name below this one.
    fn below(&mut self, category: &'static str, name: &str) -> &mut Self {
        below(&mut self.branches, category, name)
    }
}

fn below<'b>(branches: &'b mut Vec<Branch>, category: &'static str, name: &str) -> &'b mut Branch {
    let at = branches.iter().position(|branch| branch.category == category && branch.name == name);
    let at = at.unwrap_or_else(|| {
        branches.push(Branch::inner(category, name));
        branches.len() - 1
    });
    &mut branches[at]
}

impl Tree {
    /// `None` without products. The vendor of a package outside of the policy is not known; its registry is.
    pub(super) fn of(site: &Site, advisory: &Advisory, items: &[Item]) -> Option<Self> {
        let mut branches: Vec<Branch> = Vec::new();
        let vendor = Publisher::of(site).name;
        for item in items {
            let affected = &advisory.affected[item.entry];
            let name = name(site, affected);
            let top = match &affected.target {
                Target::Product(_) => below(&mut branches, "vendor", &vendor),
                Target::Package { ecosystem, .. } => below(&mut branches, "product_family", ecosystem),
            };
            let category = if item.version.is_some() { "product_version" } else { "product_version_range" };
            top.below("product_name", &name).branches.push(Branch {
                branches: Vec::new(),
                category,
                name: item.branch.clone(),
                product: Some(Product {
                    name: format!("{name}{}{}", if item.words == ALL { ", " } else { " " }, item.words),
                    product_id: item.id.clone(),
                    product_identification_helper: Helper::of(site, advisory, affected, item),
                }),
            });
        }
        (!branches.is_empty()).then_some(Self { branches })
    }
}

impl Helper {
    /// What an inventory may know the product by; a page of ours where it has no other name.
    fn of(site: &Site, advisory: &Advisory, affected: &Affected, item: &Item) -> Self {
        let product = match &affected.target {
            Target::Product(at) => Some(&site.policy.products[*at]),
            Target::Package { .. } => None,
        };
        let cpe = product.and_then(|product| product.cpe.as_ref()).map(|cpe| match &item.version {
            Some(version) if version.is_ascii() && !version.contains(' ') => cpe.with_version(version),
            _ => cpe.as_str().to_owned(),
        });
        // These two types have no package URL without a version, so a range has none.
        let versioned = |purl: &Purl| matches!(purl.kind(), "cran" | "swift");
        let purl = affected.purl(&site.policy).and_then(|purl| match &item.version {
            Some(version) => Some(purl.with_version(version)),
            None => (!versioned(purl)).then(|| purl.without_version()),
        });
        let page = match product {
            Some(product) => routes::by_product(product.id.as_str()),
            None => routes::advisory(&advisory.id),
        };
        let own = || GenericUri { namespace: site.base.as_str().to_owned(), uri: site.url(&page) };
        let unnamed = cpe.is_none() && purl.is_none();
        Self { cpe, purl, x_generic_uris: unnamed.then(own).into_iter().collect() }
    }
}
