//! The whole RustSec database, imported and built: no advisory is lost, and OSV says the same of every version.

use std::path::Path;

use semver::{Version, VersionReq};

use crate::project::{DATE, Project};

#[test]
fn every_advisory_gets_its_page() {
    let Some(shared) = std::env::var_os("SECSITE_SHARED") else {
        println!("skipped: SECSITE_SHARED is not set");
        return;
    };
    let corpus = Path::new(&shared).join("corpora/rustsec");
    let project = Project::empty();
    project.run(&format!("import rustsec {}", corpus.display())).exits(0);
    project.run(&format!("build --unsigned --date {DATE}")).exits(0);
    let sources = markdown_files(&corpus);
    assert!(sources.len() >= 1225, "{}", sources.len());
    let output = project.output();
    for id in sources {
        let page =
            output.get(&format!("advisories/{id}/index.html")).unwrap_or_else(|| panic!("{id} is lost"));
        assert!(String::from_utf8_lossy(page).contains(&id), "{id}");
    }
    for (id, text) in fences(&corpus) {
        osv_says_the_same(&id, &text, output.get(&format!("osv/x_{id}.json")).map(Vec::as_slice));
    }
}

/// At every version near a bound, the record says what the requirements of the source say. Pre-releases are left out,
/// since Cargo and OSV differ about them on purpose.
fn osv_says_the_same(id: &str, fence: &str, record: Option<&[u8]>) {
    let fence: toml::Table = fence.parse().unwrap();
    let mut safe: Vec<VersionReq> = Vec::new();
    for key in ["patched", "unaffected"] {
        let listed = fence["versions"].get(key).and_then(|list| list.as_array());
        safe.extend(listed.into_iter().flatten().map(|it| it.as_str().unwrap().parse().unwrap()));
    }
    let mut tried = vec![Version::new(0, 0, 0), Version::new(9999, 0, 0)];
    for bound in safe.iter().flat_map(|requirement| &requirement.comparators) {
        let (minor, patch) = (bound.minor.unwrap_or(0), bound.patch.unwrap_or(0));
        let version = |minor, patch| Version::new(bound.major, minor, patch);
        tried.extend([version(minor, patch), version(minor, patch + 1), version(minor + 1, 0)]);
        tried.push(version(minor, patch.saturating_sub(1)));
        tried.push(version(minor.saturating_sub(1), 999));
    }
    let record: Option<serde_json::Value> = record.map(|bytes| serde_json::from_slice(bytes).unwrap());
    for version in tried {
        let hit = !safe.iter().any(|requirement| requirement.matches(&version));
        let said = record.as_ref().is_some_and(|record| osv_hits(&record["affected"][0], &version));
        assert_eq!(said, hit, "{id} at {version}");
    }
}

/// OSV's own algorithm: a version is hit if it is listed, or if the last event at or before it lets it in.
fn osv_hits(affected: &serde_json::Value, version: &Version) -> bool {
    let listed = affected["versions"].as_array().into_iter().flatten();
    if listed.into_iter().any(|it| it.as_str() == Some(&version.to_string())) {
        return true;
    }
    affected["ranges"].as_array().into_iter().flatten().any(|range| {
        assert_eq!(range["type"], "SEMVER");
        let mut hit = false;
        for event in range["events"].as_array().unwrap() {
            let (kind, bound) = event.as_object().unwrap().iter().next().unwrap();
            let bound = bound.as_str().unwrap();
            let bound = if bound == "0" { "0.0.0-0" } else { bound };
            let order = version.cmp(&bound.parse().unwrap());
            match kind.as_str() {
                "introduced" if order.is_ge() => hit = true,
                "fixed" if order.is_ge() => hit = false,
                "last_affected" if order.is_gt() => hit = false,
                _ => {}
            }
        }
        hit
    })
}

/// The TOML at the head of every advisory, by its id.
fn fences(folder: &Path) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(fences(&path));
        } else if path.extension().is_some_and(|extension| extension == "md") {
            let text = std::fs::read_to_string(&path).unwrap();
            let fence = text.strip_prefix("```toml\n").and_then(|rest| rest.split_once("\n```"));
            let stem = path.file_stem().unwrap().to_str().unwrap().to_owned();
            found.extend(fence.map(|(fence, _)| (stem, fence.to_owned())));
        }
    }
    found
}

fn markdown_files(folder: &Path) -> Vec<String> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(markdown_files(&path));
            continue;
        }
        let name = path.file_name().unwrap().to_str().unwrap();
        let is_advisory = name.starts_with("RUSTSEC-") || name.starts_with("CVE-");
        found.extend(name.strip_suffix(".md").filter(|_| is_advisory).map(str::to_owned));
    }
    found
}
