//! `affected[]`: packages, their ranges, and versions that are named one by one.
//!
//! What the scheme of a package cannot order goes into the text as it stands; nobody should read "not affected" out of
//! what we could not write.

use std::fmt::Write as _;

use crate::import::draft::{Draft, UNSAID, one_line, word};
use crate::import::front_matter::{Affected, Remediation};
use crate::import::host::Host;
use crate::import::interval;
use crate::import::json::Node;
use crate::model::advisory::Informational;
use crate::model::advisory::affected::RemediationKind;
use crate::value::line;
use crate::value::range::Range;
use crate::value::scheme::Scheme;

pub(super) use crate::import::interval::Event;

pub(super) fn read<'s>(draft: &mut Draft<'s>, record: &'s Node, host: &Host) {
    for node in record.list("affected") {
        let Some((entry, scheme)) = target(draft, node, host) else { continue };
        let entry = specific(draft, node, entry);
        for severity in node.list("severity") {
            super::severity(draft, severity, entry.product.as_deref());
        }
        let versions = versions(draft, node, &entry, scheme);
        let mut commits = Vec::new();
        for range in ranges(node, true) {
            commits.extend(super::git::entries(draft, range, &entry));
        }
        let mut commits = commits.into_iter();
        // The first range of commits shares the entry with the versions.
        let first = if versions.is_empty() { commits.next() } else { None };
        let first = first.unwrap_or(Affected { versions, ..entry });
        let joined = match commits.next() {
            Some(commits) if first.git.is_none() => Affected { git: commits.git, ..first },
            Some(commits) => {
                draft.entry(first);
                commits
            }
            None => first,
        };
        draft.entry(joined);
        commits.for_each(|entry| draft.entry(entry));
    }
}

/// Its package, by whatever names it.
fn target(draft: &mut Draft<'_>, node: &Node, host: &Host) -> Option<(Affected, Scheme)> {
    let package = node.get("package").or_else(|| node.at(&["database_specific", "package"]));
    let name = package.and_then(|package| package.get("name"));
    let Some((package, name)) = package.zip(name).and_then(|(package, name)| Some((package, name.text()?)))
    else {
        let repository = ranges(node, true).find_map(|range| range.text_at("repo"));
        let Some(repository) = repository else {
            node.lost("names no package and no repository");
            return None;
        };
        return Some(host.package("GIT", &one_line(repository).0, None));
    };
    if let Err(invalid) = line::check(name) {
        draft.problem(package.line, format!("the name of a package: {}", invalid.message), invalid.help);
        return None;
    }
    let purl = package.get("purl");
    let target = match package.text_at("ecosystem").map(|ecosystem| one_line(ecosystem).0) {
        Some(ecosystem) => host.package(&ecosystem, name, purl.and_then(Node::text)),
        None => host.product(None, name, purl.and_then(Node::text)),
    };
    let own = target.0.product.is_some();
    for key in ["name", "ecosystem"] {
        if let Some(node) = package.get(key) {
            node.field(if own {
                "affected.product"
            } else if key == "name" {
                "affected.package"
            } else {
                "affected.ecosystem"
            });
        }
    }
    if let Some(purl) = purl {
        let same = |own: &crate::value::purl::Purl| Some(own.as_str()) == purl.text();
        let made = package
            .text_at("ecosystem")
            .and_then(|ecosystem| crate::value::ecosystem::purl_of(ecosystem, name));
        if own || made.as_ref().is_some_and(same) {
            purl.field("affected.package");
        } else {
            purl.lost("the package URL is made of ecosystem and name, which say something else");
        }
    }
    Some(target)
}

/// Ranges of commits, or the others.
fn ranges(node: &Node, git: bool) -> impl Iterator<Item = &Node> {
    node.list("ranges").iter().filter(move |range| (range.text_at("type") == Some("GIT")) == git)
}

/// The events of a range that our format knows, each with its version.
pub(super) fn events(range: &Node) -> impl Iterator<Item = (Event, &Node)> {
    range.list("events").iter().flat_map(Node::members).filter_map(|(key, node)| {
        let event = match key.as_str() {
            "introduced" => Event::Introduced,
            "fixed" => Event::Fixed,
            "last_affected" => Event::LastAffected,
            _ => return None,
        };
        Some((event, node))
    })
}

fn versions(draft: &mut Draft<'_>, node: &Node, entry: &Affected, scheme: Scheme) -> Vec<Range> {
    let mut held: Vec<Range> = Vec::new();
    let mut unsaid = String::new();
    for range in ranges(node, false) {
        let events: Vec<(Event, &Node)> = events(range).filter(|(_, node)| node.text().is_some()).collect();
        let texts: Vec<(Event, &str)> =
            events.iter().filter_map(|(event, node)| Some((*event, node.text()?.trim()))).collect();
        let together = interval::of_events(&texts, scheme)
            .and_then(|ranges| interval::settle(held.iter().cloned().chain(ranges).collect(), scheme));
        let said = together.is_ok();
        match together {
            Ok(together) => held = together,
            Err(_) => describe(&mut unsaid, &texts),
        }
        for (_, node) in events {
            if said { node.field("affected.versions") } else { node.section(UNSAID) }
        }
        if let Some(kind) = range.get("type") {
            kind.field("affected.ecosystem");
        }
        if let Some(repository) = range.get("repo") {
            repository.lost("a repository stands beside ranges of commits alone");
        }
    }
    let listed = node.list("versions");
    let (fine, odd): (Vec<&Node>, Vec<&Node>) = listed
        .iter()
        .partition(|node| node.text().is_some_and(|text| scheme.check(interval::bare(text, scheme)).is_ok()));
    let singles = interval::singles(fine.iter().filter_map(|node| node.text()), &held, scheme);
    if let Ok(together) = interval::settle(held.iter().cloned().chain(singles).collect(), scheme) {
        held = together;
        fine.iter().for_each(|node| node.field("affected.versions"));
    }
    for node in odd {
        if let Some(text) = node.text() {
            let _ = writeln!(unsaid, "- `{}`", one_line(text).0.replace('`', ""));
            node.section(UNSAID);
        }
    }
    if !unsaid.is_empty() {
        let name = entry.product.as_deref().or(entry.package.as_deref()).unwrap_or_default().replace('`', "");
        draft.quote(UNSAID, &format!("Of `{name}`, as the source has it:\n\n{unsaid}"));
    }
    held
}

fn describe(out: &mut String, events: &[(Event, &str)]) {
    let words: Vec<String> = events
        .iter()
        .map(|(event, version)| {
            let word = match event {
                Event::Introduced => "introduced",
                Event::Fixed => "fixed",
                Event::LastAffected => "last affected",
            };
            format!("{word} `{}`", one_line(version).0.replace('`', ""))
        })
        .collect();
    let _ = writeln!(out, "- {}", words.join(", "));
}

/// What databases say beside the schema: functions and platforms in RustSec's shape and Go's, and members of ours.
fn specific(draft: &mut Draft<'_>, node: &Node, mut entry: Affected) -> Affected {
    let lines = |node: &Node, key: &str, field: &str, to: &mut Vec<String>| {
        for item in node.list(key) {
            let Some(text) = item.text().filter(|text| line::check(text).is_ok()) else { continue };
            if !to.iter().any(|held| held == text) {
                to.push(text.to_owned());
            }
            item.field(field);
        }
    };
    if let Some(affects) = node.at(&["ecosystem_specific", "affects"]) {
        lines(affects, "functions", "affected.symbols", &mut entry.symbols);
        lines(affects, "os", "affected.platforms", &mut entry.os);
        lines(affects, "arch", "affected.platforms", &mut entry.arch);
    }
    for import in node.get("ecosystem_specific").map_or(&[][..], |specific| specific.list("imports")) {
        let path = import.text_at("path").filter(|path| line::check(path).is_ok()).unwrap_or_default();
        let symbols = import.list("symbols");
        let named = symbols.iter().filter_map(Node::text).map(|symbol| format!("{path}.{symbol}"));
        let all: Vec<String> = if symbols.is_empty() { vec![path.to_owned()] } else { named.collect() };
        for symbol in all.into_iter().filter(|symbol| !symbol.is_empty() && line::check(symbol).is_ok()) {
            if !entry.symbols.contains(&symbol) {
                entry.symbols.push(symbol);
            }
        }
        for key in ["path", "symbols"] {
            if let Some(node) = import.get(key) {
                node.field("affected.symbols");
            }
        }
        lines(import, "goos", "affected.platforms", &mut entry.os);
        lines(import, "goarch", "affected.platforms", &mut entry.arch);
    }
    let Some(specific) = node.get("database_specific") else { return entry };
    lines(specific, "categories", "categories", &mut draft.matter.categories);
    if let Some((node, kind)) =
        specific.get("informational").and_then(|node| Some((node, word::<Informational>(node.text()?)?)))
    {
        draft.matter.informational = Some(kind.to_owned());
        node.field("informational");
    }
    if let Some(node) = specific.get("last_known_affected_version_range") {
        node.lost("the range stays open, as the record's events say; only the last version that is known to be hit is not told");
    }
    if let Some((remedy, kind)) = specific
        .get("remediation")
        .and_then(|node| Some((node, word::<RemediationKind>(node.text_at("kind")?)?)))
    {
        let text = remedy.get("text").and_then(|node| draft.prose(node, "affected.remediation"));
        if let Some(node) = remedy.get("kind") {
            node.field("affected.remediation");
        }
        entry.remediation = Some(Remediation { kind: kind.to_owned(), text });
    }
    entry
}
