//! `/product_tree`: in goes the tree, out come products by their ids: vendor, name, and which of its versions.
//!
//! Branches may nest as deep as the reader of JSON lets them.

use std::collections::BTreeMap;
use std::str::FromStr as _;

use packageurl::PackageUrl;

use crate::import::draft::one_line;
use crate::import::json::Node;

/// What a product id stands for.
#[derive(Debug, Clone, Default)]
pub(super) struct Product {
    pub vendor: Option<String>,
    pub name: String,
    pub version: Versions,
    pub purl: Option<String>,
}

/// Which versions of the product.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) enum Versions {
    /// Whatever its name says: the product is not told apart by versions.
    #[default]
    Unsaid,
    One(String),
    Range(String),
}

/// The products and groups of a document.
#[derive(Debug, Default)]
pub(super) struct Products {
    by_id: BTreeMap<String, Product>,
    groups: BTreeMap<String, Vec<String>>,
}

impl Products {
    pub(super) fn of(root: &Node) -> Self {
        let mut products = Self::default();
        let Some(tree) = root.get("product_tree") else { return products };
        for branch in tree.list("branches") {
            products.branch(branch, &Product::default());
        }
        for product in tree.list("full_product_names") {
            products.product(product, &Product::default(), true);
        }
        for relationship in tree.list("relationships") {
            products.relationship(relationship);
        }
        for group in tree.list("product_groups") {
            let Some(id) = group.text_at("group_id") else { continue };
            let ids = group.list("product_ids").iter().filter_map(Node::text).map(str::to_owned).collect();
            products.groups.insert(id.to_owned(), ids);
            for key in ["group_id", "product_ids"] {
                if let Some(node) = group.get(key) {
                    node.field("affected");
                }
            }
        }
        products
    }

    pub(super) fn get(&self, id: &str) -> Option<&Product> {
        self.by_id.get(id)
    }

    /// The ids that a statement is about, by `product_ids` and `group_ids`.
    pub(super) fn meant<'n>(&'n self, statement: &'n Node) -> Vec<&'n str> {
        let groups =
            statement.list("group_ids").iter().filter_map(Node::text).filter_map(|id| self.groups.get(id));
        let mut ids: Vec<&str> = groups.flatten().map(String::as_str).collect();
        ids.extend(statement.list("product_ids").iter().filter_map(Node::text));
        ids
    }

    fn branch(&mut self, branch: &Node, above: &Product) {
        let mut product = above.clone();
        if let Some((node, name)) = branch.get("name").and_then(|node| Some((node, node.text()?))) {
            let line = one_line(name).0;
            match branch.text_at("category") {
                Some("vendor") => product.vendor = Some(line),
                Some("product_version") => product.version = Versions::One(line),
                Some("product_version_range") => product.version = Versions::Range(line),
                // A family tells nothing that the name below does not.
                Some("product_family") => {}
                // Architecture, language, service pack and the like are parts of what the product is.
                _ if product.name.is_empty() => product.name = line,
                _ => product.name = format!("{} {line}", product.name),
            }
            if branch.text_at("category") == Some("product_family") {
                node.lost("a family of products has no field; the name of the product tells it");
            } else {
                node.field("affected");
            }
        }
        if let Some(category) = branch.get("category") {
            category.field("affected");
        }
        if let Some(node) = branch.get("product") {
            self.product(node, &product, product.name.is_empty());
        }
        for branch in branch.list("branches") {
            self.branch(branch, &product);
        }
    }

    fn product(&mut self, node: &Node, above: &Product, by_full_name: bool) {
        let Some((id, text)) = node.get("product_id").and_then(|id| Some((id, id.text()?))) else { return };
        id.lost("a name within the document alone");
        let mut product = above.clone();
        if let Some((node, name)) = node.get("name").and_then(|node| Some((node, node.text()?))) {
            if by_full_name {
                product.name = one_line(name).0;
            }
            node.field("affected");
        }
        let purl = node.at(&["product_identification_helper", "purl"]);
        if let Some((node, purl)) =
            purl.and_then(|node| Some((node, PackageUrl::from_str(node.text()?).ok()?)))
        {
            node.field("affected.package");
            if let (Versions::Unsaid, Some(version)) = (&product.version, purl.version()) {
                product.version = Versions::One(one_line(version).0);
            }
            product.purl = Some(purl.to_string());
        }
        self.by_id.insert(text.to_owned(), product);
    }

    /// One product as a part of another is a product of its own.
    fn relationship(&mut self, node: &Node) {
        let Some(product) = node.get("full_product_name") else { return };
        let part = |key: &str| node.text_at(key).and_then(|id| self.by_id.get(id)).cloned();
        let (component, platform) = (part("product_reference"), part("relates_to_product_reference"));
        let vendor_of =
            |product: &Option<Product>| product.as_ref().and_then(|product| product.vendor.clone());
        let vendor = vendor_of(&platform).or_else(|| vendor_of(&component));
        let version = component.as_ref().map(|product| product.version.clone()).unwrap_or_default();
        let named = component
            .zip(platform)
            .filter(|(component, platform)| !component.name.is_empty() && !platform.name.is_empty());
        let name = named.map(|(component, platform)| {
            let of = match platform.version {
                Versions::One(version) | Versions::Range(version) => format!("{} {version}", platform.name),
                Versions::Unsaid => platform.name,
            };
            format!("{} in {of}", component.name)
        });
        let known = name.is_some();
        let version = if known { version } else { Versions::Unsaid };
        let above = Product { vendor, name: name.unwrap_or_default(), version, purl: None };
        self.product(product, &above, !known);
        for key in ["category", "product_reference", "relates_to_product_reference"] {
            if let Some(node) = node.get(key) {
                node.field("affected");
            }
        }
    }
}
