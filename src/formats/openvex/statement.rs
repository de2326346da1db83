//! The statements of one advisory about one product: one for each state that its versions are in.

use serde::Serialize;

use super::status::{Status, by_status};
use crate::formats::instant::{changed, rfc3339, whole};
use crate::markdown;
use crate::model::advisory::Status as State;
use crate::model::advisory::affected::RemediationKind;
use crate::routes;
use crate::site::Site;
use crate::site::advisory::{Advisory, Affected, Target};
use crate::source::fields::Words as _;
use crate::value::alias::{Alias, AliasKind};

/// A statement. Members without a value are absent.
#[derive(Debug, Serialize)]
pub(super) struct Statement {
    vulnerability: Vulnerability,
    timestamp: String,
    last_updated: String,
    products: Vec<Component>,
    status: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    status_notes: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    justification: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    impact_statement: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    action_statement: Option<String>,
}

#[derive(Debug, Clone, Serialize)]
struct Vulnerability {
    #[serde(rename = "@id", skip_serializing_if = "Option::is_none")]
    id: Option<String>,
    name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    aliases: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
struct Component {
    #[serde(rename = "@id")]
    id: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    identifiers: Option<Identifiers>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
struct Identifiers {
    #[serde(skip_serializing_if = "Option::is_none")]
    purl: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    cpe23: Option<String>,
}

/// All statements, the least grave first.
pub(super) fn of(site: &Site, product: usize, advisory: &Advisory) -> Vec<Statement> {
    let entries: Vec<&Affected> =
        advisory.affected.iter().filter(|entry| entry.target == Target::Product(product)).collect();
    let page = site.url(&routes::advisory(&advisory.id));
    let statement = |vulnerability: Vulnerability, status: Status, versions: &[String]| Statement {
        vulnerability,
        timestamp: rfc3339(whole(advisory.published)),
        last_updated: rfc3339(changed(advisory)),
        products: components(site, product, versions),
        status: status.word(),
        status_notes: None,
        justification: None,
        impact_statement: None,
        action_statement: None,
    };
    if advisory.is_withdrawn() {
        // By its own id alone: what took its place may say otherwise of the same CVE id.
        let mut taken_back = statement(own(advisory, page, Vec::new()), Status::NotAffected, &[]);
        taken_back.impact_statement = Some(taken_back_text(advisory));
        return vec![taken_back];
    }
    let mut statements = Vec::new();
    for (status, versions) in by_status(&site.policy.products[product], &entries) {
        for vulnerability in vulnerabilities(advisory, &page, status, versions.is_empty()) {
            let mut made = statement(vulnerability, status, &versions);
            match status {
                Status::NotAffected if versions.is_empty() => {
                    made.justification =
                        entries.iter().find_map(|it| it.text.justification.as_ref()).map(|it| it.word());
                    let said = entries.iter().find_map(|it| it.text.statement.as_deref());
                    made.impact_statement = said.map(|text| text.trim().to_owned());
                    made.status_notes = Some(format!("See {page}"));
                }
                Status::NotAffected => {
                    made.impact_statement = Some("The flaw is in other versions.".to_owned());
                }
                Status::Fixed => {}
                Status::UnderInvestigation => {
                    made.status_notes = entries
                        .iter()
                        .find_map(|it| it.text.statement.as_deref())
                        .map(|text| text.trim().to_owned());
                }
                Status::Affected => made.action_statement = Some(action(&entries, &page)),
            }
            statements.push(made);
        }
    }
    statements
}

fn own(advisory: &Advisory, page: String, aliases: Vec<String>) -> Vulnerability {
    let impact = advisory.front.impact.as_ref();
    let description = impact.map_or_else(|| advisory.title.to_string(), |text| markdown::plain(text));
    Vulnerability {
        id: Some(page),
        name: advisory.id.as_str().to_owned(),
        description: Some(description),
        aliases,
    }
}

/// The advisory's own vulnerability, by its CVE id if it has one. A product that is not hit at all is so by the flaw of
/// a dependency, and scanners ask for that one by its own ids.
fn vulnerabilities(advisory: &Advisory, page: &str, status: Status, whole: bool) -> Vec<Vulnerability> {
    let front = &advisory.front;
    let given = |alias: &&Alias| alias.kind() != AliasKind::Pending;
    let aliases: Vec<&Alias> = front.aliases.iter().map(|alias| &alias.value).filter(given).collect();
    if status == Status::NotAffected && whole && aliases.is_empty() && !front.upstream.is_empty() {
        let upstream = front.upstream.iter().map(|alias| &alias.value).filter(given);
        let of = |alias: &Alias| Vulnerability {
            id: alias.url(),
            name: alias.as_str().to_owned(),
            description: None,
            aliases: Vec::new(),
        };
        return upstream.map(of).collect();
    }
    let mut vulnerability = own(advisory, page.to_owned(), Vec::new());
    let mut names: Vec<String> = aliases.iter().map(|alias| alias.as_str().to_owned()).collect();
    if let Some(cve) = aliases.iter().find(|alias| alias.kind() == AliasKind::Cve) {
        names.retain(|name| name != cve.as_str());
        names.insert(0, std::mem::replace(&mut vulnerability.name, cve.as_str().to_owned()));
    }
    for name in names {
        if name != vulnerability.name && !vulnerability.aliases.contains(&name) {
            vulnerability.aliases.push(name);
        }
    }
    vec![vulnerability]
}

/// The product at each version, or as a whole. One without a package URL has an address of this portal as its id.
fn components(site: &Site, product: usize, versions: &[String]) -> Vec<Component> {
    let entry = &site.policy.products[product];
    let component = |version: Option<&str>| {
        let purl = entry.purl.as_ref().map(|purl| match version {
            Some(version) => purl.with_version(version),
            None => purl.without_version(),
        });
        let cpe23 = entry.cpe.as_ref().map(|cpe| match version {
            Some(version) => cpe.with_version(version),
            None => cpe.as_str().to_owned(),
        });
        let page = || {
            let page = site.url(&routes::by_product(entry.id.as_str()));
            version.map_or_else(|| page.clone(), |version| format!("{page}#{}", fragment(version)))
        };
        let identified = purl.is_some() || cpe23.is_some();
        Component {
            id: purl.clone().unwrap_or_else(page),
            identifiers: identified.then_some(Identifiers { purl, cpe23 }),
        }
    };
    if versions.is_empty() {
        return vec![component(None)];
    }
    let mut all: Vec<Component> = Vec::with_capacity(versions.len());
    for version in versions {
        let next = component(Some(version));
        if !all.contains(&next) {
            all.push(next);
        }
    }
    all
}

/// A version as the fragment of an address.
fn fragment(version: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "-._~+:".contains(c);
    version.chars().map(|c| if plain(c) { c } else { '_' }).collect()
}

fn taken_back_text(advisory: &Advisory) -> String {
    match &advisory.front.withdrawn {
        Some(withdrawn) => {
            let reason = withdrawn.reason.as_deref().unwrap_or_default().trim();
            let instead = withdrawn.superseded_by.as_ref();
            let instead = instead.map(|id| format!(" {} takes its place.", id.as_str())).unwrap_or_default();
            format!("The advisory was withdrawn. {reason}{instead}").trim().to_owned()
        }
        None if advisory.front.status.value == State::Rejected => "This is no vulnerability.".to_owned(),
        None => "The advisory was withdrawn.".to_owned(),
    }
}

/// What to do: releases to upgrade to, then what the author says.
fn action(entries: &[&Affected], page: &str) -> String {
    let mut fixes: Vec<&str> = Vec::new();
    for fix in entries.iter().flat_map(|entry| entry.ranges.fixes()) {
        if !fixes.contains(&fix) {
            fixes.push(fix);
        }
    }
    let mut parts = Vec::new();
    if !fixes.is_empty() {
        parts.push(format!("Upgrade to {}.", fixes.join(" or ")));
    }
    for remediation in entries.iter().filter_map(|entry| entry.text.remediation.as_ref()) {
        match &remediation.text {
            Some(text) => parts.push(markdown::plain_block(text).trim().to_owned()),
            None if remediation.kind == RemediationKind::NoFix => parts.push("No fix is planned.".to_owned()),
            None => {}
        }
    }
    if parts.is_empty() {
        parts.push("No fix is known yet.".to_owned());
    }
    parts.push(format!("See {page}"));
    parts.join(" ")
}
