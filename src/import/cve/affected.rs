//! `affected[]` of the CNA's container: products, and versions with a status each.
//!
//! A version that stands alone may be a list of comparators, as some CNAs write them; `lessThan: "*"` has no end; a
//! default of `affected` hits every version that is not said to be unaffected.

use crate::import::draft::{Draft, UNSAID, one_line};
use crate::import::front_matter::{Affected, Git};
use crate::import::host::Host;
use crate::import::interval::{self, bare};
use crate::import::json::Node;
use crate::value::comparators::Comparators;
use crate::value::line;
use crate::value::range::{End, Range};
use crate::value::scheme::Scheme;
use crate::value::url::WebUrl;

pub(super) fn read(draft: &mut Draft<'_>, cna: &Node, host: &Host) {
    for node in cna.list("affected") {
        let Some((entry, scheme)) = target(node, host) else {
            node.lost("names no product");
            continue;
        };
        let entry = described(node, entry);
        product(draft, node, entry, scheme);
    }
}

/// Words that stand for nothing.
fn is_void(word: &str) -> bool {
    matches!(
        word.trim().to_ascii_lowercase().as_str(),
        "" | "n/a" | "-" | "unknown" | "unspecified" | "not specified"
    )
}

/// Its package by registry and name, else its product by vendor and name.
fn target(node: &Node, host: &Host) -> Option<(Affected, Scheme)> {
    let name = |key: &str| node.text_at(key).filter(|text| !is_void(text)).map(|text| one_line(text).0);
    let purl = node.text_at("packageURL");
    let registry = node.text_at("collectionURL").and_then(registry);
    let target = match (registry, name("packageName"), name("product")) {
        (Some(ecosystem), Some(package), _) => host.package(ecosystem, &package, purl),
        (_, package, product) => host.product(name("vendor").as_deref(), &product.or(package)?, purl),
    };
    let own = target.0.product.is_some();
    for (key, field) in [
        ("vendor", "affected.ecosystem"),
        ("collectionURL", "affected.ecosystem"),
        ("product", "affected.package"),
        ("packageName", "affected.package"),
        ("packageURL", "affected.package"),
    ] {
        if let Some(node) = node.get(key) {
            node.field(if own { "affected.product" } else { field });
        }
    }
    Some(target)
}

/// OSV's name for a registry.
fn registry(url: &str) -> Option<&'static str> {
    let host = url.split("://").nth(1)?.split('/').next()?.trim_start_matches("www.");
    Some(match host {
        "registry.npmjs.org" | "npmjs.com" | "npmjs.org" => "npm",
        "pypi.org" | "pypi.python.org" => "PyPI",
        "crates.io" => "crates.io",
        "rubygems.org" => "RubyGems",
        "repo.maven.apache.org" | "repo1.maven.org" | "mvnrepository.com" => "Maven",
        "packagist.org" => "Packagist",
        "nuget.org" | "api.nuget.org" => "NuGet",
        "pkg.go.dev" => "Go",
        "hex.pm" | "repo.hex.pm" => "Hex",
        "pub.dev" => "Pub",
        _ => return None,
    })
}

/// Routines and platforms.
fn described(node: &Node, mut entry: Affected) -> Affected {
    let symbols = node.list("programRoutines").iter().filter_map(|routine| routine.get("name"));
    for (list, to, field) in [
        (symbols.collect::<Vec<_>>(), &mut entry.symbols, "affected.symbols"),
        (node.list("platforms").iter().collect(), &mut entry.os, "affected.platforms"),
    ] {
        for node in list {
            let Some(text) = node.text().filter(|text| line::check(text).is_ok()) else { continue };
            if !to.iter().any(|held| held == text) {
                to.push(text.to_owned());
            }
            node.field(field);
        }
    }
    entry
}

fn product(draft: &mut Draft<'_>, node: &Node, mut entry: Affected, scheme: Scheme) {
    let mut unsaid = Vec::new();
    let mut commits = Vec::new();
    let versions = node.list("versions");
    for version in versions {
        if version.text_at("versionType") == Some("git") {
            commits.extend(git(node, version, &entry));
            continue;
        }
        match version.text_at("status") {
            Some("affected") => match ranges(version, scheme) {
                Ok(ranges) => {
                    entry.versions.extend(ranges);
                    version.field("affected.versions");
                }
                Err(Some(words)) => {
                    unsaid.push(words);
                    version.section(UNSAID);
                }
                Err(None) => version.lost("names no version"),
            },
            Some("unaffected") => match comparators(version, scheme) {
                Some(list) => {
                    entry.unaffected.push(list);
                    version.field("affected.unaffected");
                }
                None => version.lost("not a version or a range that can be written as comparators"),
            },
            _ => version.lost("whether these versions are hit is not said"),
        }
    }
    match node.text_at("defaultStatus") {
        Some("affected") => entry.versions.push(Range { introduced: "0".to_owned(), end: End::Open }),
        Some("unaffected") if versions.is_empty() => entry.status = Some("not-affected".to_owned()),
        _ => {}
    }
    if let Some(node) = node.get("defaultStatus") {
        node.field("affected.versions");
    }
    draft.settle_versions(&mut entry, scheme, unsaid);
    let mut commits = commits.into_iter();
    if entry.versions.is_empty()
        && entry.unaffected.is_empty()
        && entry.status.is_none()
        && let Some(commits) = commits.next()
    {
        entry = commits;
    }
    draft.entry(entry);
    commits.for_each(|entry| draft.entry(entry));
}

/// The first version, where a word stands for the beginning.
fn first(version: &str) -> &str {
    if is_void(version) || version.trim() == "*" { "0" } else { version }
}

/// Versions that are hit; `None` where none is named, or the words where they are no version.
fn ranges(version: &Node, scheme: Scheme) -> Result<Vec<Range>, Option<String>> {
    let text = version.text_at("version").unwrap_or_default();
    let (below, up_to) = (version.text_at("lessThan"), version.text_at("lessThanOrEqual"));
    let words = || Some(words(version));
    let checked = |text: &str| {
        let text = bare(text, scheme);
        scheme.check(text).map(|()| text.to_owned()).map_err(|_| words())
    };
    let end = match (below, up_to) {
        (Some("*"), _) | (_, Some("*")) => Some(End::Open),
        (Some(end), _) => Some(End::Fixed(checked(end)?)),
        (None, Some(end)) => Some(End::LastAffected(checked(end)?)),
        (None, None) => None,
    };
    let Some(end) = end else {
        let all = matches!(text.trim().to_ascii_lowercase().as_str(), "*" | "all" | "all versions" | "0");
        if all {
            return Ok(vec![Range { introduced: "0".to_owned(), end: End::Open }]);
        }
        if is_void(text) {
            return Err(None);
        }
        if let Ok(list) = Comparators::parse(text) {
            return interval::of_comparators(&list, scheme).map(|range| vec![range]).map_err(|_| words());
        }
        let single = checked(text)?;
        return Ok(changed(version, single.clone(), End::LastAffected(single), scheme));
    };
    // Some write the whole range in both members: `>= 1.0, < 1.2` and `1.2`.
    let introduced = match Comparators::parse(text) {
        Ok(list) => interval::of_comparators(&list, scheme).map_err(|_| words())?.introduced,
        Err(_) => checked(first(text))?,
    };
    Ok(changed(version, introduced, end, scheme))
}

/// The range, cut where `changes` say that another status begins.
fn changed(version: &Node, introduced: String, end: End, scheme: Scheme) -> Vec<Range> {
    let mut ranges = Vec::new();
    let mut begun = Some(introduced);
    for change in version.list("changes") {
        let Some(at) = change.text_at("at").map(|at| bare(at, scheme)).filter(|at| scheme.check(at).is_ok())
        else {
            continue;
        };
        match change.text_at("status") {
            Some("unaffected") => {
                ranges.extend(
                    begun.take().map(|introduced| Range { introduced, end: End::Fixed(at.to_owned()) }),
                );
            }
            Some("affected") => begun = begun.or_else(|| Some(at.to_owned())),
            _ => {}
        }
    }
    ranges.extend(begun.map(|introduced| Range { introduced, end }));
    ranges
}

/// Versions that are not hit, as our comparators.
fn comparators(version: &Node, scheme: Scheme) -> Option<String> {
    let text = bare(version.text_at("version")?, scheme);
    let low = first(text);
    let end = |key: &str| version.text_at(key).map(|end| bare(end, scheme)).filter(|end| *end != "*");
    let bounded = version.get("lessThan").is_some() || version.get("lessThanOrEqual").is_some();
    let mut parts = Vec::new();
    if !bounded {
        match Comparators::parse(text) {
            Ok(list) => parts.push(list.to_string()),
            Err(_) => parts.push(format!("= {text}")),
        }
    } else if low != "0" {
        parts.push(format!(">= {low}"));
    }
    parts.extend(end("lessThan").map(|end| format!("< {end}")));
    parts.extend(end("lessThanOrEqual").map(|end| format!("<= {end}")));
    let list = Comparators::parse(&parts.join(", ")).ok()?;
    list.check(scheme).ok()?;
    Some(list.to_string())
}

/// Commits, where the product's repository is known.
fn git(node: &Node, version: &Node, entry: &Affected) -> Option<Affected> {
    let repository = node.get("repo").and_then(|repo| Some((repo, WebUrl::parse(repo.text()?.trim()).ok()?)));
    let Some((repo, repository)) = repository else {
        version.lost("commits of a repository that has no http or https address");
        return None;
    };
    if version.text_at("status") != Some("affected") {
        version.lost("our format names the commits that bring and that mend, not those that are safe");
        return None;
    }
    let commit = |text: &str| {
        Some(text.trim().to_owned())
            .filter(|text| !is_void(text) && text != "0" && text != "*" && line::check(text).is_ok())
    };
    let mended =
        version.list("changes").iter().filter(|change| change.text_at("status") == Some("unaffected"));
    let fixed =
        version.text_at("lessThan").into_iter().chain(mended.filter_map(|change| change.text_at("at")));
    let git = Git {
        repository: repository.as_str().to_owned(),
        introduced: version.text_at("version").and_then(commit),
        fixed: fixed.filter_map(commit).collect(),
    };
    repo.field("affected.git");
    version.field("affected.git");
    Some(Affected { git: Some(git), ..entry.clone() })
}

/// A version as the record has it.
fn words(version: &Node) -> String {
    let mut words = one_line(version.text_at("version").unwrap_or_default()).0;
    for (key, word) in [("lessThan", "less than"), ("lessThanOrEqual", "less than or equal")] {
        if let Some(end) = version.text_at(key) {
            words.push_str(&format!(", {word} {}", one_line(end).0));
        }
    }
    words
}
