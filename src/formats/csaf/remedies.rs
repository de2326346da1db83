//! What to do, how it is exploited, and why something is not hit: remediations, threats and flags (CSAF 2.0 §3.2.3.5,
//! §3.2.3.12, §3.2.3.14).

use serde::Serialize;

use super::products::{Item, Status, name};
use crate::markdown;
use crate::model::advisory::Exploited;
use crate::model::advisory::affected::{AffectedStatus, RemediationKind};
use crate::site::Site;
use crate::site::advisory::{Advisory, Affected};
use crate::source::fields::Words;

#[derive(Debug, Serialize)]
pub(super) struct Statement {
    category: &'static str,
    details: String,
    product_ids: Vec<String>,
}

#[derive(Debug, Serialize)]
pub(super) struct Flag {
    label: &'static str,
    product_ids: Vec<String>,
}

/// Every product that is hit, or may be, has at least one (CSAF 2.0 §6.2.2).
pub(super) fn remediations(site: &Site, advisory: &Advisory, items: &[Item]) -> Vec<Statement> {
    let mut all: Vec<Statement> = Vec::new();
    for item in items {
        let affected = &advisory.affected[item.entry];
        let mut add = |category, details: String| add(&mut all, category, details, &item.id);
        match item.status {
            Status::Fixed | Status::NotAffected => continue,
            Status::UnderInvestigation => {
                add("none_available", "It is not known yet which versions are affected.".to_owned());
                continue;
            }
            Status::Affected => {}
        }
        if let Some(fix) = &item.fix {
            add("vendor_fix", format!("Update {} to {fix} or later.", name(site, affected)));
        }
        match advice(site, affected) {
            // What no release mends may be mended in another branch.
            Some(("no_fix_planned", _)) if item.fix.is_some() => {}
            Some((category, details)) => add(category, details),
            None if item.fix.is_none() => add("none_available", "No release mends it yet.".to_owned()),
            None => {}
        }
    }
    all
}

/// What the author says.
fn advice(site: &Site, affected: &Affected) -> Option<(&'static str, String)> {
    let remediation = affected.text.remediation.as_ref()?;
    let text = remediation.text.as_ref().map(|text| text.trim()).filter(|text| !text.is_empty());
    let text = text.map(|text| absolute(site, text));
    Some(match (remediation.kind, text) {
        (RemediationKind::NoFix, text) => {
            ("no_fix_planned", text.unwrap_or_else(|| "No fix is planned.".to_owned()))
        }
        (RemediationKind::Fix, Some(text)) => ("vendor_fix", text),
        (RemediationKind::Workaround, Some(text)) => ("workaround", text),
        (RemediationKind::Mitigation, Some(text)) => ("mitigation", text),
        (_, None) => return None,
    })
}

fn absolute(site: &Site, text: &str) -> String {
    markdown::absolute(text, &|target| site.links.resolve_absolute(target)).into_owned()
}

/// Exploitation and impact, for what is hit; the reason, for what is not.
pub(super) fn threats(advisory: &Advisory, items: &[Item]) -> Vec<Statement> {
    let front = &advisory.front;
    let mut all = Vec::new();
    for item in items {
        match item.status {
            Status::Affected => {
                if let Some(known) = front.exploited {
                    let details = match known {
                        Exploited::NoneKnown => "The publisher knows of no exploitation.",
                        Exploited::Poc => "A proof of concept is public.",
                        Exploited::InTheWild => "It is exploited in the wild.",
                    };
                    add(&mut all, "exploit_status", details.to_owned(), &item.id);
                }
                let impact = front.impact.as_ref().map(|impact| impact.trim());
                if let Some(impact) = impact.filter(|impact| !impact.is_empty()) {
                    add(&mut all, "impact", impact.to_owned(), &item.id);
                }
            }
            Status::NotAffected => {
                let text = &advisory.affected[item.entry].text;
                if text.status.value != AffectedStatus::NotAffected {
                    continue;
                }
                let said = text.statement.as_ref().map(|said| said.trim()).filter(|said| !said.is_empty());
                match (said, &text.justification) {
                    (Some(said), _) => add(&mut all, "impact", said.to_owned(), &item.id),
                    (None, Some(_)) => {}
                    (None, None) => {
                        let said = "The publisher states that it is not affected.";
                        add(&mut all, "impact", said.to_owned(), &item.id);
                    }
                }
            }
            Status::Fixed | Status::UnderInvestigation => {}
        }
    }
    all
}

/// Justifications; a product has at most one (CSAF 2.0 §6.1.33).
pub(super) fn flags(advisory: &Advisory, items: &[Item]) -> Vec<Flag> {
    let mut all: Vec<Flag> = Vec::new();
    for item in items.iter().filter(|item| item.status == Status::NotAffected) {
        let Some(why) = &advisory.affected[item.entry].text.justification else { continue };
        let label = why.value.word();
        match all.iter_mut().find(|flag| flag.label == label) {
            Some(flag) => flag.product_ids.push(item.id.clone()),
            None => all.push(Flag { label, product_ids: vec![item.id.clone()] }),
        }
    }
    all
}

/// Says the same of one more product.
fn add(all: &mut Vec<Statement>, category: &'static str, details: String, id: &str) {
    match all.iter_mut().find(|it| it.category == category && it.details == details) {
        Some(statement) => statement.product_ids.push(id.to_owned()),
        None => all.push(Statement { category, details, product_ids: vec![id.to_owned()] }),
    }
}
