//! What an importer knows of the site that takes the advisories in: how its ids begin, which it has, and its products.
//!
//! In go a policy and the advisories that are there, out come answers. Nothing is changed.

use std::collections::{BTreeMap, BTreeSet};

use super::front_matter::Affected;
use crate::model::policy::Policy;
use crate::site::support;
use crate::value::ecosystem;
use crate::value::id::AdvisoryId;
use crate::value::prefix::Prefix;
use crate::value::purl::Purl;
use crate::value::scheme::Scheme;

/// The site, as far as an import asks.
#[derive(Debug, Clone, Default)]
pub struct Host {
    /// What new ids begin with; `None` where only kept ids are possible.
    pub prefix: Option<Prefix>,
    /// Whether advisories keep the ids of their source.
    pub keep_ids: bool,
    /// Ids and aliases that are there, in lower case, each with the advisory that has it.
    known: BTreeMap<String, String>,
    /// Ids that are there.
    ids: Vec<AdvisoryId>,
    /// Pairs of a related id and an alias that one advisory has, in lower case.
    pairs: BTreeSet<(String, String)>,
    products: Vec<Product>,
}

#[derive(Debug, Clone)]
struct Product {
    id: String,
    name: String,
    purl: Option<String>,
    scheme: Scheme,
}

impl Host {
    /// A site that does not exist yet.
    #[must_use]
    pub fn new(prefix: Option<Prefix>, keep_ids: bool) -> Self {
        Self { prefix, keep_ids, ..Self::default() }
    }

    /// The site of a policy.
    #[must_use]
    pub fn of(policy: &Policy, keep_ids: bool) -> Self {
        let product = |product: &crate::model::policy::product::Product| Product {
            id: product.id.as_str().to_owned(),
            name: product.name.as_str().to_owned(),
            purl: product.purl.as_ref().map(Purl::without_version),
            scheme: product.scheme,
        };
        Self {
            prefix: policy.advisories.prefix.as_ref().map(|prefix| prefix.value.clone()),
            products: policy.products.iter().map(product).collect(),
            keep_ids,
            ..Self::default()
        }
    }

    /// An advisory that is there, with its aliases and related ids.
    pub fn has<'a>(
        &mut self,
        id: &AdvisoryId,
        aliases: &[&'a str],
        related: impl IntoIterator<Item = &'a str>,
    ) {
        for name in aliases.iter().copied().chain([id.as_str()]) {
            self.known.insert(name.to_ascii_lowercase(), id.as_str().to_owned());
        }
        for related in related {
            let pair = |alias: &&str| (related.to_ascii_lowercase(), alias.to_ascii_lowercase());
            self.pairs.extend(aliases.iter().map(pair));
        }
        self.ids.push(id.clone());
    }

    /// Whether an advisory that is there was made of the same part of a document with several.
    pub(super) fn has_part(&self, document: &str, aliases: &[String]) -> bool {
        let document = document.to_ascii_lowercase();
        aliases.iter().any(|alias| self.pairs.contains(&(document.clone(), alias.to_ascii_lowercase())))
    }

    /// The advisory that has this id or alias already.
    pub(super) fn owner(&self, id: &str) -> Option<&str> {
        self.known.get(&id.to_ascii_lowercase()).map(String::as_str)
    }

    /// Whether an advisory that is there has exactly this id.
    pub(super) fn has_id(&self, id: &str) -> bool {
        self.owner(id).is_some_and(|owner| owner.eq_ignore_ascii_case(id))
    }

    /// The highest number given out in each year.
    pub(super) fn numbers(&self) -> BTreeMap<i16, u32> {
        let mut highest = BTreeMap::new();
        let Some(prefix) = &self.prefix else { return highest };
        for (year, number) in self.ids.iter().filter_map(|id| prefix.number_of(id)) {
            let held = highest.entry(year).or_insert(number);
            *held = (*held).max(number);
        }
        highest
    }

    /// Whether the id is one that this site's policy could have given.
    pub(super) fn owns(&self, id: &str) -> bool {
        let rest = self.prefix.as_ref().and_then(|prefix| id.strip_prefix(prefix.as_str()));
        rest.is_some_and(|rest| rest.starts_with('-'))
    }

    /// How the versions of an entry compare.
    pub(super) fn scheme(&self, entry: &Affected) -> Scheme {
        match (&entry.product, &entry.ecosystem) {
            (Some(id), _) => {
                self.products.iter().find(|product| product.id == *id).map_or(Scheme::Text, |it| it.scheme)
            }
            (None, Some(ecosystem)) => support::scheme_of(ecosystem),
            (None, None) => Scheme::Text,
        }
    }

    /// An empty entry for a package of a registry: a product of the policy where the package URL is the same.
    pub(super) fn package(&self, ecosystem: &str, name: &str, purl: Option<&str>) -> (Affected, Scheme) {
        let purl =
            purl.and_then(|purl| Purl::parse(purl).ok()).or_else(|| ecosystem::purl_of(ecosystem, name));
        let purl = purl.map(|purl| purl.without_version());
        let own = self.products.iter().find(|product| purl.is_some() && product.purl == purl);
        if let Some(product) = own {
            return product.entry();
        }
        let entry = Affected {
            package: Some(name.to_owned()),
            ecosystem: Some(ecosystem.to_owned()),
            ..Affected::default()
        };
        (entry, support::scheme_of(ecosystem))
    }

    /// An empty entry for a product with a vendor: a product of the policy by its package URL or its exact name, else
    /// a package of its registry, else one whose ecosystem is the vendor's name.
    pub(super) fn product(&self, vendor: Option<&str>, name: &str, purl: Option<&str>) -> (Affected, Scheme) {
        let purl = purl.and_then(|purl| Purl::parse(purl).ok());
        let bare = purl.as_ref().map(Purl::without_version);
        let same = |product: &&Product| (bare.is_some() && product.purl == bare) || product.name == name;
        if let Some(product) = self.products.iter().find(same) {
            return product.entry();
        }
        if let Some((ecosystem, package)) = purl.as_ref().and_then(ecosystem::of_purl) {
            return self.package(ecosystem, &package, None);
        }
        let vendor = vendor.unwrap_or("unknown");
        // A vendor that bears a registry's name is still none.
        let word = if ecosystem::is_known(vendor) { format!("{vendor} (vendor)") } else { vendor.to_owned() };
        self.package(&word, name, None)
    }
}

impl Product {
    fn entry(&self) -> (Affected, Scheme) {
        (Affected { product: Some(self.id.clone()), ..Affected::default() }, self.scheme)
    }
}
