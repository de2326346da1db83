//! GitHub Security Advisories: records of its advisory database, which are OSV with more in `database_specific`, and what
//! its REST interface answers for an advisory, of the database or of a repository.
//!
//! In goes one document of either shape, out comes an advisory of ours. A draft on GitHub is refused: nothing that is not
//! public there becomes public here.

use super::draft::Draft;
use super::front_matter::Withdrawn;
use super::host::Host;
use super::interval;
use super::json::Node;
use super::{osv, reference};
use crate::value::comparators::Comparators;
use crate::value::line;
use crate::value::range::{End, Range};
use crate::value::scheme::Scheme;

/// Whether a document is an advisory of GitHub.
pub(super) fn is_one(document: &Node) -> bool {
    is_answer(document)
        || osv::is_one(document) && document.text_at("id").is_some_and(|id| id.starts_with("GHSA-"))
}

fn is_answer(document: &Node) -> bool {
    document.text_at("ghsa_id").is_some()
}

/// Reads one advisory.
pub(super) fn read<'s>(source: &'s str, document: &'s Node, host: &Host) -> Draft<'s> {
    if is_answer(document) { answer(source, document, host) } else { osv::read(source, document, host) }
}

/// An answer of the REST interface.
fn answer<'s>(source: &'s str, document: &'s Node, host: &Host) -> Draft<'s> {
    let mut draft = Draft::new(source, document.line);
    draft.id(document, document.get("ghsa_id"), "ghsa_id");
    if let Some(state) = document.get("state") {
        match state.text() {
            Some("published") => state.field("status"),
            _ => draft.problem(
                state.line,
                "the advisory is not published on GitHub",
                "publish it there first, or leave it out",
            ),
        }
    }
    draft.title(document.get("summary"));
    draft.dates(document.get("published_at"), document.get("updated_at"));
    if let Some(node) = document.get("cve_id") {
        draft.other_id(node, "aliases");
    }
    for identifier in document.list("identifiers") {
        if let Some(node) = identifier.get("value") {
            draft.other_id(node, "aliases");
        }
        if let Some(kind) = identifier.get("type") {
            kind.field("aliases");
        }
    }
    if let Some((node, text)) = document.get("description").and_then(|node| Some((node, node.text()?))) {
        draft.part(node, None, text);
    }
    draft.title_from(document.get("description"));
    if let Some(date) = draft.date(document.get("withdrawn_at"), "withdrawn.date") {
        draft.matter.withdrawn = Some(Withdrawn { date, reason: None, superseded_by: None });
    }
    vectors(&mut draft, document);
    draft.severity(document.get("severity"));
    for weakness in document.list("cwe_ids") {
        draft.weakness(weakness);
    }
    for weakness in document.list("cwes") {
        if let Some(id) = weakness.get("cwe_id") {
            draft.weakness(id);
        }
        if let Some(name) = weakness.get("name") {
            name.field("cwe");
        }
    }
    for vulnerability in document.list("vulnerabilities") {
        self::vulnerability(&mut draft, vulnerability, host);
    }
    if let Some(page) = document.get("html_url") {
        draft.reference(page, "advisory");
    }
    if let Some(code) = document.get("source_code_location") {
        draft.reference(code, "package");
    }
    for node in document.list("references") {
        let Some(url) = node.text() else { continue };
        draft.reference(node, reference::kind(url).unwrap_or("web"));
    }
    credits(&mut draft, document);
    for key in
        ["url", "repository_advisory_url", "github_reviewed_at", "nvd_published_at", "created_at", "type"]
    {
        if let Some(node) = document.get(key) {
            node.lost("tells of the source's own work on the advisory");
        }
    }
    draft
}

/// Every version of the standard stands in `cvss_severities`; `cvss` repeats one of them.
fn vectors(draft: &mut Draft<'_>, document: &Node) {
    let several = document.get("cvss_severities");
    let places = ["cvss_v3", "cvss_v4"].into_iter().filter_map(|key| several?.get(key));
    for place in places.chain(document.get("cvss")) {
        let Some(vector) = place.get("vector_string") else { continue };
        if draft.vector(vector, None, None)
            && let Some(score) = place.get("score")
        {
            score.field("cvss.vector");
        }
    }
}

fn credits(draft: &mut Draft<'_>, document: &Node) {
    let detailed = document.list("credits_detailed");
    for credit in detailed.iter().chain(document.list("credits")) {
        let user = credit.get("user").unwrap_or(credit);
        let Some(login) = user.get("login") else { continue };
        let page =
            user.get("html_url").filter(|node| node.text().is_some_and(|text| line::check(text).is_ok()));
        let contact = page.and_then(Node::text).map(str::to_owned);
        let again = draft.matter.credits.iter().any(|held| Some(held.name.as_str()) == login.text());
        if !again {
            draft.credit(login, credit.text_at("type"), contact.into_iter().collect());
        }
        login.field("credit.name");
        for (node, field) in [(page, "credit.contact"), (credit.get("type"), "credit.type")] {
            if let Some(node) = node {
                node.field(field);
            }
        }
    }
}

fn vulnerability(draft: &mut Draft<'_>, node: &Node, host: &Host) {
    let package = node.get("package");
    let Some((package, name)) = package.and_then(|package| Some((package, package.text_at("name")?))) else {
        return node.lost("names no package");
    };
    if let Err(invalid) = line::check(name) {
        return draft.problem(
            package.line,
            format!("the name of a package: {}", invalid.message),
            invalid.help,
        );
    }
    let ecosystem = package.text_at("ecosystem").map_or("other", ecosystem);
    let (mut entry, scheme) = host.package(&super::draft::one_line(ecosystem).0, name, None);
    let own = entry.product.is_some();
    for (key, field) in [("name", "affected.package"), ("ecosystem", "affected.ecosystem")] {
        if let Some(node) = package.get(key) {
            node.field(if own { "affected.product" } else { field });
        }
    }
    for function in node.list("vulnerable_functions") {
        if let Some(text) = function.text().filter(|text| line::check(text).is_ok()) {
            entry.symbols.push(text.to_owned());
            function.field("affected.symbols");
        }
    }
    let patched = node.get("first_patched_version").or_else(|| node.get("patched_versions"));
    let patched =
        patched.map(|node| node.get("identifier").unwrap_or(node)).filter(|node| node.text().is_some());
    let safe = patched.and_then(Node::text).map(|text| text.trim().trim_start_matches([' ', '>', '=']));
    let safe = safe.filter(|text| scheme.check(text).is_ok() && !text.contains([',', ' ']));
    let mut unsaid = Vec::new();
    if let Some((range, text)) =
        node.get("vulnerable_version_range").and_then(|node| Some((node, node.text()?)))
    {
        for part in text.split("||").map(str::trim) {
            match self::range(part, safe, scheme) {
                Ok(range) => entry.versions.push(range),
                Err(_) => unsaid.push(part.to_owned()),
            }
        }
        if unsaid.is_empty() { range.field("affected.versions") } else { range.section(super::draft::UNSAID) }
    }
    draft.settle_versions(&mut entry, scheme, unsaid);
    if let Some(node) = patched {
        let told = entry.versions.iter().any(|range| range.fixed() == safe && safe.is_some());
        if told {
            node.field("affected.versions");
        } else {
            draft.quote(
                "Patched versions",
                &format!("Of `{}`: {}", name.replace('`', ""), node.text().unwrap_or_default()),
            );
            node.section("Patched versions");
        }
    }
    draft.entry(entry);
}

/// A range as GitHub writes it. What ends with the last version that is hit ends with the patched one where that is
/// known, as in GitHub's own records.
fn range(text: &str, safe: Option<&str>, scheme: Scheme) -> Result<Range, String> {
    let list = Comparators::parse(text).map_err(|invalid| invalid.message)?;
    let mut range = interval::of_comparators(&list, scheme)?;
    if let (End::LastAffected(last), Some(safe)) = (&range.end, safe)
        && *last != range.introduced
        && scheme.compare(last, safe).is_none_or(std::cmp::Ordering::is_lt)
    {
        range.end = End::Fixed(safe.to_owned());
    }
    Ok(range)
}

/// OSV's name for an ecosystem of GitHub.
fn ecosystem(name: &str) -> &str {
    match name {
        "pip" => "PyPI",
        "rubygems" => "RubyGems",
        "maven" => "Maven",
        "nuget" => "NuGet",
        "composer" => "Packagist",
        "go" => "Go",
        "rust" => "crates.io",
        "erlang" => "Hex",
        "actions" => "GitHub Actions",
        "pub" => "Pub",
        "swift" => "SwiftURL",
        other => other,
    }
}

#[cfg(test)]
mod tests;
