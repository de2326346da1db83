//! The table of what is hit, and the way to the pages of releases.

use serde::Serialize;

use super::words;
use crate::model::advisory::affected::{AffectedStatus, Git};
use crate::routes;
use crate::site::Site;
use crate::site::advisory::{Advisory, Affected, Target};
use crate::site::support::{Verdict, verdict};
use crate::theme::view::link::Link;
use crate::theme::view::prose;
use crate::value::capital::capital;

/// How many releases are named beside the question whether one is affected.
const NAMED: usize = 12;

/// One branch of one product.
#[derive(Debug, Serialize)]
pub struct Row {
    /// The product's or package's name.
    pub product: String,
    /// Whether the row above is about the same.
    pub again: bool,
    /// Advisories about the product.
    pub product_href: Option<String>,
    /// The ecosystem of a package outside of the policy.
    pub ecosystem: Option<String>,
    /// "Affected", "Not affected", "Under investigation".
    pub status: &'static str,
    /// `yes` or `partly`.
    pub tone: &'static str,
    /// Versions in words, or the reason for not being hit.
    pub versions: String,
    /// Platforms and commits; may be empty.
    pub r#where: String,
    /// The first safe release.
    pub safe: Option<String>,
    /// Its page.
    pub safe_href: Option<String>,
    /// Said where there is no safe release; may be empty.
    pub otherwise: &'static str,
}

/// Functions that are hit.
#[derive(Debug, Serialize)]
pub struct Symbols {
    /// Of what.
    pub product: String,
    /// Their names.
    pub names: Vec<String>,
}

/// Pages of a product's releases.
#[derive(Debug, Serialize)]
pub struct Releases {
    /// The product's name.
    pub product: String,
    /// The page of all releases.
    pub href: String,
    /// Known releases that are hit.
    pub hit: Vec<Link>,
    /// How many more are.
    pub more: usize,
}

/// What it is called.
pub(super) fn name(site: &Site, affected: &Affected) -> String {
    match &affected.target {
        Target::Product(product) => site.policy.products[*product].name.as_str().to_owned(),
        Target::Package { name, .. } => name.clone(),
    }
}

pub(super) fn rows(site: &Site, advisory: &Advisory) -> Vec<Row> {
    let mut rows = Vec::new();
    for affected in &advisory.affected {
        let (status, tone) = words::status(affected.text.status.value);
        let (product_href, ecosystem) = match &affected.target {
            Target::Product(at) => {
                let id = site.policy.products[*at].id.as_str();
                (Some(site.href(&routes::by_product(id))), None)
            }
            Target::Package { ecosystem, .. } => (None, Some(ecosystem.clone())),
        };
        let row = |status, tone, versions: String, safe: Option<String>, otherwise| Row {
            product: name(site, affected),
            again: false,
            product_href: product_href.clone(),
            ecosystem: ecosystem.clone(),
            status,
            tone,
            versions,
            r#where: String::new(),
            safe_href: safe.as_ref().and_then(|version| release_page(site, affected, version)),
            safe,
            otherwise,
        };
        let first = rows.len();
        match affected.text.status.value {
            AffectedStatus::NotAffected => {
                let why = affected.text.justification.as_ref().map(|why| words::justification(why.value));
                let said = affected.text.statement.as_ref().map(|statement| statement.trim());
                let text = match (why, said) {
                    (Some(why), Some(said)) => format!("{}: {said}", capital(why)),
                    (Some(why), None) => format!("{}.", capital(why)),
                    (None, said) => said.unwrap_or_default().to_owned(),
                };
                rows.push(row(status, tone, text, None, "any"));
            }
            _ if affected.ranges.is_empty() => {
                rows.push(row(status, tone, "not known yet".into(), None, "not known yet"));
            }
            _ => rows.extend(affected.ranges.iter().map(|range| {
                let words = range.words();
                row(status, tone, words.affected, words.first_safe, "none yet")
            })),
        }
        if let Some(row) = rows.get_mut(first) {
            row.r#where = circumstances(affected);
        }
        if !affected.unaffected.is_empty() {
            let printed: Vec<&str> = affected.text.unaffected.iter().map(|line| line.as_str()).collect();
            rows.push(row("Not affected", "yes", printed.join("; "), None, ""));
        }
        for row in rows.iter_mut().skip(first + 1) {
            row.again = true;
        }
    }
    rows
}

/// Platforms and commits, in words.
pub fn circumstances(affected: &Affected) -> String {
    let mut parts = Vec::new();
    if let Some(platforms) = &affected.text.platforms {
        let names: Vec<&str> =
            platforms.os.iter().chain(&platforms.arch).map(crate::value::line::Line::as_str).collect();
        parts.push(format!("only on {}", prose::and(&names)));
    }
    if let Some(Git { introduced, fixed, .. }) = affected.text.git.as_deref() {
        let short = |commit: &crate::value::line::Line| commit.as_str().chars().take(12).collect::<String>();
        parts.extend(introduced.iter().map(|commit| format!("introduced in commit {}", short(commit))));
        let fixed: Vec<String> = fixed.iter().map(short).collect();
        let fixed: Vec<&str> = fixed.iter().map(String::as_str).collect();
        if !fixed.is_empty() {
            parts.push(format!("fixed in commit {}", prose::and(&fixed)));
        }
    }
    parts.join("; ")
}

fn release_page(site: &Site, affected: &Affected, version: &str) -> Option<String> {
    let Target::Product(at) = affected.target else { return None };
    let product = &site.policy.products[at];
    let known = product.releases.iter().any(|release| release.as_str() == version);
    known.then(|| site.href(&routes::version(product.id.as_str(), version)))
}

pub(super) fn symbols(site: &Site, advisory: &Advisory) -> Vec<Symbols> {
    let listed = advisory.affected.iter().filter(|affected| !affected.text.symbols.is_empty());
    let symbols = listed.map(|affected| Symbols {
        product: name(site, affected),
        names: affected.text.symbols.iter().map(|symbol| symbol.as_str().to_owned()).collect(),
    });
    symbols.collect()
}

pub(super) fn releases(site: &Site, advisory: &Advisory) -> Vec<Releases> {
    let mut pages = Vec::new();
    for affected in advisory.affected.iter().filter(|a| a.text.status.value == AffectedStatus::Affected) {
        let Target::Product(at) = affected.target else { continue };
        let product = &site.policy.products[at];
        if product.releases.is_empty() || advisory.is_withdrawn() {
            continue;
        }
        let versions = product.releases.iter().map(|release| release.as_str());
        let is_hit = |version: &&str| matches!(verdict(affected, version), Some(Verdict::Hit(_)));
        let hit: Vec<&str> = versions.filter(is_hit).collect();
        let link = |version: &&str| Link::to(site, &routes::version(product.id.as_str(), version), *version);
        pages.push(Releases {
            product: product.name.as_str().to_owned(),
            href: site.href(&routes::versions(product.id.as_str())),
            more: hit.len().saturating_sub(NAMED),
            hit: hit.iter().take(NAMED).map(link).collect(),
        });
    }
    pages
}
