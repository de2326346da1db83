//! Addresses that are public and would be gone.

use std::collections::{BTreeMap, BTreeSet};

use super::public::Public;
use crate::diag::escape::short;
use crate::diag::{Diagnostic, Diagnostics};
use crate::formats::osv;
use crate::plan::Plan;
use crate::routes;
use crate::rules::guard::{VANISHED_ADDRESS, VANISHED_ADVISORY};
use crate::site::Site;
use crate::site::advisory::Advisory;
use crate::value::id::AdvisoryId;

/// How many of one kind are reported one by one: half a site lacks thousands.
const MOST: usize = 20;

/// Whether what lies under a path is promised to stay: pages and files of advisories.
pub(super) fn is_permanent(path: &str) -> bool {
    let json = |folder: &str| path.starts_with(folder) && path.ends_with(".json");
    page_of(path).is_some() || json("osv/") || json("csaf/") || json("cve/")
}

/// The name of the advisory whose page a path is.
fn page_of(path: &str) -> Option<&str> {
    let name = path.strip_prefix("advisories/")?.strip_suffix("/index.html")?;
    (!name.contains('/')).then_some(name)
}

/// The file name of a CSAF document in whatever folder.
fn document_name(id: &AdvisoryId) -> String {
    let path = routes::csaf_path(id, 0);
    path.rsplit('/').next().unwrap_or_default().to_owned()
}

/// Reports advisories and addresses that would be gone.
pub(super) fn check(
    public: &Public<'_>,
    site: &Site,
    plan: &Plan,
    broken: &BTreeSet<String>,
    diags: &mut Diagnostics,
) {
    let ours: BTreeMap<&str, &Advisory> = site.shown().map(|it| (it.id.as_str(), it)).collect();
    let documents: BTreeMap<String, &Advisory> = site.shown().map(|it| (document_name(&it.id), it)).collect();
    let gone = gone(public, &ours);
    report(gone.iter().filter(|id| !broken.contains(*id)).map(|id| advisory(site, id)), diags);
    let lost: BTreeSet<String> =
        gone.iter().filter_map(|id| AdvisoryId::parse(id).ok()).map(|id| document_name(&id)).collect();

    let made: BTreeSet<&str> = plan.entries().map(|(path, _)| path.as_str()).collect();
    let listed = public.list.iter().flat_map(|list| list.keys()).map(|id| format!("osv/{id}.json"));
    let paths: BTreeSet<String> =
        public.files.keys().filter(|path| is_permanent(path)).cloned().chain(listed).collect();
    let (mut findings, mut renamed) = (Vec::new(), Vec::new());
    for path in paths.iter().filter(|path| !made.contains(path.as_str())) {
        let name = path.rsplit('/').next().unwrap_or_default();
        if let Some(id) = path.strip_prefix("osv/").and_then(|name| name.strip_suffix(".json")) {
            let id = bare(id, &ours);
            match ours.get(id) {
                Some(advisory) if osv::has_record(site, advisory) => renamed.push((path, *advisory)),
                Some(advisory) => findings.push(record(path, advisory)),
                None if gone.contains(id) => {}
                None => findings.push(other(path, "put it back where it was")),
            }
        } else if path.starts_with("csaf/") {
            match documents.get(name) {
                Some(advisory) => findings.push(document(path, advisory)),
                None if lost.contains(name) => {}
                None => findings.push(other(path, "put it back where it was")),
            }
        } else if path.starts_with("cve/") {
            let help = "write its id among the `aliases` of its advisory; if it was a mistake, allow this rule for one build";
            findings.push(other(path, help));
        } else if page_of(path).is_none_or(|id| !gone.contains(id)) {
            findings
                .push(other(path, "put the page back, or let a page of that address say where it is now"));
        }
    }
    findings.extend(prefix(site, &renamed));
    report(findings.into_iter(), diags);
}

/// Public ids that no advisory of ours has: those of OSV records, and those that have a page and a CSAF document.
fn gone(public: &Public<'_>, ours: &BTreeMap<&str, &Advisory>) -> BTreeSet<String> {
    let listed = public.list.iter().flat_map(|list| list.keys()).map(|id| bare(id, ours));
    let mut gone: BTreeSet<String> = listed.filter(|id| !ours.contains_key(id)).map(str::to_owned).collect();
    let documents: BTreeSet<&str> = public
        .files
        .keys()
        .filter_map(|path| path.strip_prefix("csaf/"))
        .filter_map(|path| path.rsplit('/').next())
        .collect();
    let pages = public.files.keys().filter_map(|path| page_of(path));
    let ids = pages.filter(|id| !ours.contains_key(id)).filter_map(|id| AdvisoryId::parse(id).ok());
    gone.extend(
        ids.filter(|id| documents.contains(document_name(id).as_str())).map(|id| id.as_str().to_owned()),
    );
    gone
}

/// A record's id without the mark of an unregistered prefix.
fn bare<'i>(id: &'i str, ours: &BTreeMap<&str, &Advisory>) -> &'i str {
    if ours.contains_key(id) { id } else { id.strip_prefix("x_").unwrap_or(id) }
}

/// Findings, the first ones one by one.
fn report(findings: impl Iterator<Item = Diagnostic>, diags: &mut Diagnostics) {
    let mut findings = findings.fuse();
    let mut kept: Vec<Diagnostic> = findings.by_ref().take(MOST).collect();
    let more = findings.count();
    if more > 0
        && let Some(last) = kept.last_mut()
    {
        last.message = format!("{}; and {more} more", last.message);
    }
    kept.into_iter().for_each(|finding| diags.push(finding));
}

fn advisory(site: &Site, id: &str) -> Diagnostic {
    let shown = short(id, 64);
    let address = AdvisoryId::parse(id)
        .map_or_else(|_| String::new(), |id| format!(", {}", site.url(&routes::advisory(&id))));
    let message = format!("`{shown}` is public{address}, and no advisory has that id");
    let help = format!(
        "restore `advisories/{shown}.md` with its id, not as a draft; if it no longer stands, give it \
         `withdrawn = {{ date = {}, reason = \"…\" }}`",
        site.today()
    );
    VANISHED_ADVISORY.anywhere(message).help(help)
}

fn vanished(path: &str) -> String {
    format!("`/{}` is public, and would be gone", short(path.strip_suffix("index.html").unwrap_or(path), 120))
}

fn record(path: &str, advisory: &Advisory) -> Diagnostic {
    let help = "OSV has no record without something that is affected; keep an [[affected]], or give the advisory \
                `withdrawn`, which keeps its record";
    VANISHED_ADDRESS.at(advisory.front.id.span, vanished(path)).help(help)
}

fn document(path: &str, advisory: &Advisory) -> Diagnostic {
    let front = &advisory.front;
    let span = front.published.as_ref().map_or(front.id.span, |published| published.span);
    let help = "its folder is the year of `published`, UTC: write the date that is public";
    VANISHED_ADDRESS.at(span, vanished(path)).help(help)
}

fn other(path: &str, help: &str) -> Diagnostic {
    VANISHED_ADDRESS.anywhere(vanished(path)).help(help)
}

/// All records have other ids when a prefix gets registered: that is one finding, not thousands.
fn prefix(site: &Site, renamed: &[(&String, &Advisory)]) -> Option<Diagnostic> {
    let (path, advisory) = renamed.first()?;
    let message = format!(
        "{}: {} OSV records would have other ids, this one `{}`",
        vanished(path),
        renamed.len(),
        osv::id(site, advisory)
    );
    let help = "set `osv_prefix_registered` and `prefix` of [advisories] as they were; if the prefix is registered now, \
                allow this rule for one build";
    Some(VANISHED_ADDRESS.anywhere(message).help(help))
}
