//! A CSAF 2.0 document.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;

use super::facts::{Entry, Facts, Ids, Score, Scores, Stretch, Text, To};
use super::json;
use super::moment::Moment;
use super::percent;
use super::subjects::Subjects;

#[derive(Deserialize)]
struct File<'b> {
    #[serde(borrow)]
    document: Document<'b>,
    #[serde(borrow)]
    product_tree: Option<Tree<'b>>,
    #[serde(borrow, default)]
    vulnerabilities: Vec<Vulnerability<'b>>,
}

#[derive(Deserialize)]
struct Document<'b> {
    #[serde(borrow, default)]
    acknowledgments: Vec<Acknowledgment<'b>>,
    #[serde(borrow)]
    aggregate_severity: Option<Severity<'b>>,
    category: &'b str,
    #[serde(borrow)]
    notes: Vec<Note<'b>>,
    #[serde(borrow)]
    tracking: Tracking<'b>,
}

#[derive(Deserialize)]
struct Acknowledgment<'b> {
    #[serde(borrow)]
    names: Vec<Text<'b>>,
}

#[derive(Deserialize)]
struct Severity<'b> {
    text: &'b str,
}

#[derive(Deserialize)]
struct Note<'b> {
    #[serde(borrow)]
    title: Text<'b>,
}

#[derive(Deserialize)]
struct Tracking<'b> {
    current_release_date: &'b str,
    #[serde(borrow)]
    id: Text<'b>,
    initial_release_date: &'b str,
    revision_history: Vec<serde::de::IgnoredAny>,
}

#[derive(Deserialize)]
struct Tree<'b> {
    #[serde(borrow)]
    branches: Vec<Branch<'b>>,
}

#[derive(Deserialize)]
struct Branch<'b> {
    #[serde(borrow, default)]
    branches: Vec<Branch<'b>>,
    category: &'b str,
    #[serde(borrow)]
    name: Text<'b>,
    #[serde(borrow)]
    product: Option<Product<'b>>,
}

#[derive(Deserialize)]
struct Product<'b> {
    #[serde(borrow)]
    product_id: Text<'b>,
    #[serde(borrow)]
    product_identification_helper: Helper<'b>,
}

#[derive(Deserialize)]
struct Helper<'b> {
    #[serde(borrow)]
    purl: Option<Text<'b>>,
}

#[derive(Deserialize)]
struct Vulnerability<'b> {
    #[serde(borrow)]
    cve: Option<Text<'b>>,
    #[serde(borrow)]
    product_status: Option<Groups<'b>>,
    #[serde(borrow, default)]
    scores: Vec<Scored<'b>>,
}

#[derive(Deserialize, PartialEq, Eq)]
struct Groups<'b> {
    #[serde(borrow, default)]
    fixed: Vec<Text<'b>>,
    #[serde(borrow, default)]
    known_affected: Vec<Text<'b>>,
    #[serde(borrow, default)]
    known_not_affected: Vec<Text<'b>>,
    #[serde(borrow, default)]
    under_investigation: Vec<Text<'b>>,
}

#[derive(Deserialize)]
struct Scored<'b> {
    #[serde(borrow)]
    cvss_v2: Option<Block<'b>>,
    #[serde(borrow)]
    cvss_v3: Option<Block<'b>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Block<'b> {
    base_score: f64,
    base_severity: Option<&'b str>,
    #[serde(borrow)]
    vector_string: Text<'b>,
}

/// The facts of a document.
pub(super) fn read<'b>(bytes: &'b [u8], subjects: &Subjects<'_>) -> Result<Facts<'b>, String> {
    let File { document, product_tree, vulnerabilities } = json::read(bytes)?;
    let tracking = document.tracking;
    // Each step of a history is at least a second after the one before (CSAF 2.0 §6.1.14), so the last may be later than
    // the day on which everything happened.
    let steps = tracking.revision_history.len();
    let mut facts = Facts {
        id: Some(tracking.id),
        published: Some(Moment::read(tracking.initial_release_date)?),
        modified: Some(Moment::read(tracking.current_release_date)?.or_earlier(steps)),
        // CSAF 2.0 has no word for it; 2.1 asks for a note of this title.
        withdrawn: Some(
            document
                .notes
                .iter()
                .any(|note| matches!(note.title.as_str(), "Reasoning for Withdrawal" | "Rejected")),
        ),
        severity: Some(document.aggregate_severity.map(|it| it.text.to_lowercase()).unwrap_or_default()),
        credits: Some(document.acknowledgments.into_iter().flat_map(|it| it.names).collect()),
        ..Facts::default()
    };
    // What was taken back and what is a notice have no vulnerability, and with it neither scores nor states.
    if vulnerabilities.is_empty() {
        return Ok(facts);
    }
    if document.category != "csaf_vex" {
        // A statement about somebody's vulnerability has that one's ids.
        let held = vulnerabilities.iter().filter_map(|it| it.cve.clone()).collect();
        facts.cves = Some(Ids { held, all: true });
    }
    // There is room for one vector of version 2 and one of 3 for a product, and for none of version 4.
    let blocks = vulnerabilities.iter().flat_map(|it| &it.scores).flat_map(|it| [&it.cvss_v2, &it.cvss_v3]);
    let held: BTreeMap<_, _> = blocks
        .flatten()
        .map(|block| {
            let tenths = Some((block.base_score * 10.0).round() as u32);
            let word = block.base_severity.map(str::to_lowercase);
            (block.vector_string.clone(), Score { tenths, word })
        })
        .collect();
    facts.scores = Some(Scores { held, all: false });
    let products = product_tree.map(|tree| products(tree, subjects)).transpose()?.unwrap_or_default();
    let mut groups: Vec<Groups<'b>> = Vec::new();
    for group in vulnerabilities.into_iter().filter_map(|it| it.product_status) {
        // One for each CVE id, and all the same.
        if !groups.contains(&group) {
            groups.push(group);
        }
    }
    let mut entries = Vec::new();
    for group in &groups {
        states(group, &products, &mut entries)?;
    }
    facts.entries = Some(entries);
    Ok(facts)
}

/// Subjects and versions of all products, by their ids.
type Products<'b> = BTreeMap<Text<'b>, (usize, Stretch<'b>)>;

fn products<'b>(tree: Tree<'b>, subjects: &Subjects<'_>) -> Result<Products<'b>, String> {
    let mut products = Products::new();
    for top in tree.branches {
        let place = (top.category == "product_family").then_some(top.name);
        for name in top.branches {
            for leaf in name.branches {
                let product = leaf.product.ok_or("a branch has no product")?;
                let purl = product.product_identification_helper.purl;
                let purl = purl.as_ref().map(Text::as_str);
                let subject = subjects.find(purl, name.name.as_str(), place.as_ref().map(Text::as_str))?;
                let stretch = match leaf.category {
                    "product_version" => Stretch::one(leaf.name),
                    "product_version_range" => vers(leaf.name.as_str())?,
                    other => return Err(format!("`{other}` is a branch that is not ours")),
                };
                products.insert(product.product_id, (subject, stretch));
            }
        }
    }
    Ok(products)
}

/// `vers:<scheme>/<constraints>`, of which there are at most two.
fn vers(text: &str) -> Result<Stretch<'static>, String> {
    let faulty = || format!("`{}` is no range of versions", crate::diag::escape::short(text, 60));
    let (_, constraints) = text.strip_prefix("vers:").and_then(|it| it.split_once('/')).ok_or_else(faulty)?;
    if constraints == "*" {
        return Ok(Stretch::all());
    }
    let version = |text: &str| Text(percent::decoded(text).into());
    let mut stretch = Stretch::all();
    for constraint in constraints.split('|') {
        if let Some(to) = constraint.strip_prefix("<=") {
            stretch.to = To::Through(version(to));
        } else if let Some(to) = constraint.strip_prefix('<') {
            stretch.to = To::Before(version(to));
        } else if let Some(from) = constraint.strip_prefix(">=") {
            stretch.from = version(from);
        } else if let Some(from) = constraint.strip_prefix('>') {
            // Only what is not hit begins after a version; where exactly decides nothing here.
            stretch.from = version(from);
        } else {
            stretch = Stretch::one(version(constraint));
        }
    }
    Ok(stretch)
}

fn states<'b>(
    groups: &Groups<'b>,
    products: &Products<'b>,
    entries: &mut Vec<Entry<'b>>,
) -> Result<(), String> {
    let named = |id: &Text<'b>| {
        let unknown = || format!("the tree has no product `{}`", crate::diag::escape::short(id.as_str(), 60));
        products.get(id).cloned().ok_or_else(unknown)
    };
    let mut seen: BTreeSet<&Text<'b>> = BTreeSet::new();
    let all =
        [&groups.known_affected, &groups.under_investigation, &groups.fixed, &groups.known_not_affected];
    if let Some(twice) = all.into_iter().flatten().find(|id| !seen.insert(id)) {
        return Err(format!("`{}` is in two groups", crate::diag::escape::short(twice.as_str(), 60)));
    }
    for (group, open) in [(&groups.known_affected, false), (&groups.under_investigation, true)] {
        for id in group {
            let (subject, stretch) = named(id)?;
            entries.push(Entry { subject, stretches: vec![stretch], open, ..Entry::default() });
        }
    }
    for id in &groups.fixed {
        let (subject, stretch) = named(id)?;
        entries.push(Entry { subject, fixes: [stretch.from].into(), ..Entry::default() });
    }
    for id in &groups.known_not_affected {
        let (subject, _) = named(id)?;
        entries.push(Entry { subject, ..Entry::default() });
    }
    Ok(())
}
