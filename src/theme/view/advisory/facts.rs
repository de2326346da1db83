//! The column of facts.

use serde::Serialize;

use super::words;
use crate::routes;
use crate::site::Site;
use crate::site::advisory::Advisory;
use crate::value::alias::Alias;
use crate::value::capital::capital;

/// A fact: its name and its values.
#[derive(Debug, Serialize)]
pub struct Fact {
    /// Its name.
    pub label: &'static str,
    /// At least one.
    pub values: Vec<Value>,
}

/// One value of a fact.
#[derive(Debug, Serialize)]
pub struct Value {
    /// In words.
    pub label: String,
    /// Where it is explained.
    pub href: Option<String>,
    /// Exact form, such as a vector; may be empty.
    pub note: String,
}

impl Value {
    fn text(label: impl Into<String>) -> Self {
        Self { label: label.into(), href: None, note: String::new() }
    }
}

pub(super) fn of(site: &Site, advisory: &Advisory) -> Vec<Fact> {
    let front = &advisory.front;
    let mut facts = Vec::new();
    let mut add = |label, values: Vec<Value>| {
        if !values.is_empty() {
            facts.push(Fact { label, values });
        }
    };
    add("Exploited", front.exploited.iter().map(|known| Value::text(words::exploited(*known))).collect());
    let weakness = |cwe: &crate::value::cwe::Cwe| Value {
        label: format!("CWE-{}", cwe.number()),
        href: Some(cwe.url()),
        note: String::new(),
    };
    add("Weakness", front.cwe.iter().map(weakness).collect());
    add("CVSS", front.cvss.iter().map(score).collect());
    add("Attack", attack(advisory).into_iter().collect());
    let alias = |alias: &crate::source::Spanned<Alias>| alias_value(site, alias);
    add("Same cause", front.related.iter().map(alias).collect());
    add("Upstream", front.upstream.iter().map(alias).collect());
    let categories: Vec<&str> = front.categories.iter().map(crate::value::line::Line::as_str).collect();
    if !categories.is_empty() {
        add("Category", vec![Value::text(categories.join(", "))]);
    }
    let year = advisory.published.day().year();
    let list = Value {
        label: format!("All of {year}"),
        href: Some(site.href(&routes::by_year(year))),
        note: String::new(),
    };
    add("More", vec![list]);
    facts
}

fn score(cvss: &crate::model::advisory::Cvss) -> Value {
    let vector = &cvss.vector;
    let mut label =
        format!("{:.1} {} (CVSS {})", vector.score(), vector.severity().label(), vector.version().as_str());
    for (before, words) in
        [(" by ", &cvss.source), (", for ", &cvss.product.as_ref().map(|product| product.value.clone()))]
    {
        if let Some(words) = words {
            label.push_str(before);
            label.push_str(words.as_str());
        }
    }
    Value { label, href: vector.url(), note: vector.as_str().to_owned() }
}

/// How an attack goes: the leading vector's first metrics, in words.
fn attack(advisory: &Advisory) -> Option<Value> {
    let metrics = advisory.vector()?.vector.metrics();
    let wanted =
        ["Attack vector", "Access vector", "Privileges required", "Authentication", "User interaction"];
    let parts: Vec<String> = metrics
        .iter()
        .filter(|(name, _)| wanted.contains(name))
        .map(|(name, value)| format!("{}: {value}", name.to_lowercase()))
        .collect();
    (!parts.is_empty()).then(|| Value::text(capital(&parts.join("; "))))
}

/// Another vulnerability: one of ours by its page, another's by its record.
fn alias_value(site: &Site, alias: &Alias) -> Value {
    let own = site.links.has_advisory(alias.as_str());
    let own = own.then(|| match site.links.resolve("", alias.as_str()) {
        crate::markdown::Target::Href(href) => Some(href),
        _ => None,
    });
    Value {
        label: alias.as_str().to_owned(),
        href: own.flatten().or_else(|| alias.url()),
        note: String::new(),
    }
}
