//! `secsite import` of JSON documents: what both formats can say comes back out of a build, and nothing hostile gets in.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{Cursor, Write as _};

use serde_json::{Value, json};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use crate::project::{POLICY, Project};

/// A site without advisories, and documents beside it.
fn project(documents: &[(&str, &Value)]) -> Project {
    let project = Project::empty();
    project.write("policy.toml", POLICY);
    for (name, document) in documents {
        project.write(&format!("in/{name}"), document.to_string());
    }
    project
}

/// The arguments of an import from the folder `in`.
fn from(project: &Project, format: &str, more: &str) -> String {
    format!("import {format} {} {more}", project.path("in").display())
}

fn advisories(project: &Project) -> BTreeMap<String, Vec<u8>> {
    crate::project::read_tree(&project.path("advisories"))
}

fn record(project: &Project, id: &str) -> Value {
    let output = project.output();
    serde_json::from_slice(output.get(&format!("osv/x_{id}.json")).unwrap()).unwrap()
}

fn texts(value: &Value) -> BTreeSet<String> {
    value.as_array().into_iter().flatten().map(ToString::to_string).collect()
}

/// Each package with its stretches of versions and commits: `introduced` and what ends it.
fn ranges(record: &Value) -> BTreeMap<String, BTreeSet<String>> {
    let mut all: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for affected in record["affected"].as_array().unwrap() {
        let held = all.entry(affected["package"]["name"].to_string()).or_default();
        for range in affected["ranges"].as_array().into_iter().flatten() {
            let mut stretch = format!("{} {} ", range["type"], range["repo"]);
            for event in range["events"].as_array().unwrap() {
                if event.get("introduced").is_some() && stretch.contains("introduced") {
                    held.insert(std::mem::replace(
                        &mut stretch,
                        format!("{} {} ", range["type"], range["repo"]),
                    ));
                }
                stretch.push_str(&event.to_string());
            }
            held.insert(stretch);
        }
        held.extend(affected["versions"].as_array().into_iter().flatten().map(ToString::to_string));
    }
    all
}

fn osv_records() -> [Value; 3] {
    let commit = "4e2b52b5f74e2b52b5f74e2b52b5f74e2b52b5f7";
    [
        json!({
            "schema_version": "1.7.0", "id": "GHSA-h7h7-6mx3-r89v",
            "published": "2025-05-04T10:00:00Z", "modified": "2025-05-05T11:12:13.5Z",
            "aliases": ["CVE-2025-11111"], "related": ["CVE-2024-22222"], "upstream": ["CVE-2023-33333"],
            "summary": "Pool frees a slot twice", "details": "A pool that is dropped twice.",
            "severity": [
                {"type": "CVSS_V3", "score": "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:H"},
                {"type": "CVSS_V4", "score": "CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:N/VI:N/VA:H/SC:N/SI:N/SA:N"}
            ],
            "affected": [
                {"package": {"ecosystem": "npm", "name": "@scope/pool"}, "ranges": [
                    {"type": "SEMVER", "events": [{"introduced": "0"}, {"fixed": "1.4.2"}, {"introduced": "2.0.0"}, {"fixed": "2.1.0"}]},
                    {"type": "SEMVER", "events": [{"introduced": "3.0.0-rc.1"}, {"last_affected": "3.2.0"}]}
                ]},
                {"package": {"ecosystem": "PyPI", "name": "pool"}, "ranges": [
                    {"type": "ECOSYSTEM", "events": [{"introduced": "0"}]}
                ]}
            ],
            "references": [
                {"type": "FIX", "url": "https://example.org/commit/9f"},
                {"type": "ADVISORY", "url": "https://example.org/security/1"}
            ],
            "credits": [{"name": "Harry Example", "type": "FINDER", "contact": ["https://example.net/~he"]}],
            "database_specific": {"cwe_ids": ["CWE-416"], "severity": "HIGH"}
        }),
        json!({
            "id": "OSV-2025-7", "published": "2025-06-01T00:00:00Z", "modified": "2025-07-01T00:00:00Z",
            "withdrawn": "2025-06-30T00:00:00Z", "summary": "Taken back", "severity": [],
            "affected": [{"package": {"ecosystem": "Debian:12", "name": "pool"}, "ranges": [
                {"type": "ECOSYSTEM", "events": [{"introduced": "0"}, {"fixed": "1:2.3-4+deb12u1"}]},
                {"type": "GIT", "repo": "https://example.org/pool.git", "events": [{"introduced": commit}, {"fixed": commit.replace('4', "5")}]}
            ], "versions": ["1:2.2-1"]}],
            "references": [], "database_specific": {"severity": "LOW"}
        }),
        json!({
            "id": "GO-2025-1", "published": "2025-08-01T00:00:00Z", "modified": "2025-08-02T00:00:00Z",
            "summary": "Parser loops", "aliases": ["CVE-2025-44444"],
            "affected": [{"package": {"ecosystem": "Go", "name": "example.org/parser"},
                "ranges": [{"type": "SEMVER", "events": [{"introduced": "0"}, {"fixed": "0.3.0"}]}]}],
            "references": [{"type": "REPORT", "url": "https://example.org/issues/7"}],
            "credits": [{"name": "Somebody Else", "type": "OTHER"}]
        }),
    ]
}

#[test]
fn osv_comes_back_as_it_was() {
    let sources = osv_records();
    let [first, second, third] = &sources;
    let project = project(&[("a.json", first), ("b.json", second), ("c/c.json", third)]);
    project.run(&from(&project, "osv", "")).exits(0);
    project.build().exits(0);
    for (source, id) in sources.iter().zip(["EXAMPLE-2025-0001", "EXAMPLE-2025-0002", "EXAMPLE-2025-0003"]) {
        let record = record(&project, id);
        let mut aliases = texts(&source["aliases"]);
        aliases.insert(source["id"].to_string());
        assert_eq!(texts(&record["aliases"]), aliases, "{id}");
        for key in ["related", "upstream", "severity", "credits"] {
            assert_eq!(texts(&record[key]), texts(&source[key]), "{id}: {key}");
        }
        for key in ["published", "withdrawn", "summary"] {
            assert_eq!(record[key], source[key], "{id}: {key}");
        }
        let instant = |value: &Value| value.as_str().unwrap().parse::<jiff::Timestamp>().unwrap().as_second();
        assert_eq!(instant(&record["modified"]), instant(&source["modified"]), "{id}");
        let own = |reference: &&String| !reference.contains("security.example.org");
        let references: BTreeSet<String> = texts(&record["references"]).iter().filter(own).cloned().collect();
        assert_eq!(references, texts(&source["references"]), "{id}");
        assert_eq!(ranges(&record), ranges(source), "{id}");
        let word = &source["database_specific"]["severity"];
        assert!(word.is_null() || record["database_specific"]["severity"] == *word, "{id}");
    }
}

#[test]
fn the_report_names_what_is_lost() {
    let [mut first, ..] = osv_records();
    first["affected"][0]["ranges"][0]["database_specific"] = json!({"source": "x"});
    let project = project(&[("a.json", &first)]);
    let ran = project.run(&from(&project, "osv", "--dry-run")).exits(0);
    assert!(
        ran.stdout.contains("  affected[].ranges[].database_specific.source (1): no field"),
        "{}",
        ran.stdout
    );
    assert!(ran.stderr.contains("would import 1 advisory"), "{}", ran.stderr);
    assert!(advisories(&project).is_empty());
    let ran = project.run(&from(&project, "osv", "--report json")).exits(0);
    let report: Value = serde_json::from_str(&ran.stdout).unwrap();
    let lost = |group: &Value| group["outcome"].get("not-represented").is_some();
    assert!(report["statements"].as_array().unwrap().iter().any(lost));
}

#[test]
fn a_second_import_changes_nothing() {
    let [first, second, _] = osv_records();
    let project = project(&[("a.json", &first)]);
    project.run(&from(&project, "osv", "")).exits(0);
    let before = advisories(&project);
    project.write("in/b.json", second.to_string());
    let ran = project.run(&from(&project, "osv", "")).exits(1);
    let expected = "a.json:1: `GHSA-h7h7-6mx3-r89v` is here already, as `EXAMPLE-2025-0001`";
    assert!(ran.stderr.contains(expected) && ran.stderr.contains("nothing was written"), "{}", ran.stderr);
    assert_eq!(advisories(&project), before);
}

#[test]
fn an_empty_folder_becomes_a_site() {
    let [first, ..] = osv_records();
    let source = project(&[("a.json", &first)]);
    let project = Project::empty();
    project.run(&from(&source, "osv", "--name Pool")).exits(0);
    assert!(advisories(&project).contains_key("2025/POOL-2025-0001.md"));
    let kept = Project::empty();
    kept.run(&from(&source, "osv", "--keep-ids")).exits(0);
    assert!(advisories(&kept).contains_key("2025/GHSA-h7h7-6mx3-r89v.md"));
    kept.run("build --preview").exits(0);
}

fn packed(entries: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in entries {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

#[test]
fn what_is_hostile_is_told_and_nothing_written() {
    let [first, ..] = osv_records();
    let first = first.to_string().into_bytes();
    let twice = br#"{"id": "A-1", "modified": "2025-01-01T00:00:00Z", "aliases": [], "aliases": []}"#;
    let blank = vec![b' '; 17 << 20];
    let deep = "[".repeat(10_000).into_bytes();
    for (name, bytes, expected) in [
        ("a.json", twice.to_vec(), "a.json:1: the key `aliases` stands there twice"),
        ("a.json", deep, "a.json:1: the file is not JSON: recursion limit exceeded"),
        ("a.json", blank.clone(), "it has more than 16777216 bytes"),
        (
            "a.zip",
            packed(&[("a.json", &first), ("../b.json", &first)]),
            "a.zip: the entry `../b.json` leads out",
        ),
        (
            "a.zip",
            packed(&[("a.json", &first), ("b.json", &blank)]),
            "a.zip: the entry `b.json` has more than",
        ),
        (
            "a.zip",
            packed(&[("a.json", &first), ("b.json", twice)]),
            "a.zip/b.json:1: the key `aliases` stands",
        ),
        ("a.zip", packed(&[("a.json", &first), ("b.json", &first)]), "is the id of `a.zip/a.json` already"),
        ("a.zip", packed(&[("a.json", &first)])[..60].to_vec(), "a.zip: the archive cannot be read: "),
        ("a.json", b"{\"id\": 1}".to_vec(), "there is no OSV advisory in "),
    ] {
        let project = project(&[]);
        project.write(name, bytes);
        let ran = project.run(&format!("import osv {}", project.path(name).display()));
        assert!(matches!(ran.code, Some(1 | 3)), "{name}: {ran:?}");
        assert!(ran.stderr.contains(expected), "{expected} is not in {}", ran.stderr);
        assert!(!project.path("advisories").exists(), "{expected}");
    }
}

#[test]
fn archives_and_files_are_like_folders() {
    let [first, second, _] = osv_records();
    let project = project(&[]);
    project.write("a.zip", packed(&[("x/a.json", first.to_string().as_bytes()), ("README", b"x")]));
    project.write("b.json", second.to_string());
    for name in ["a.zip", "b.json"] {
        project.run(&format!("import osv {}", project.path(name).display())).exits(0);
    }
    let ids: Vec<String> = advisories(&project).into_keys().collect();
    assert_eq!(ids, ["2025/EXAMPLE-2025-0001.md", "2025/EXAMPLE-2025-0002.md"]);
}

/// An advisory with all that OSV, CSAF and CVE can say of it.
const RICH: &str = r#"+++
id        = "EXAMPLE-2026-0001"
title     = "Use-after-free in the pool"
published = 2026-03-20T08:00:00Z
modified  = 2026-04-02T09:30:00Z
aliases   = ["CVE-2026-12345"]
cwe       = ["CWE-416"]
exploited = "poc"
[[cvss]]
vector = "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:H"
[[affected]]
product  = "core"
versions = [{ introduced = "0", fixed = "1.4.2" }, { introduced = "2.0.0", last_affected = "2.1.0" }]
[[affected]]
package   = "pool"
ecosystem = "npm"
versions  = [{ introduced = "1.0.0", fixed = "1.2.0" }]
[[reference]]
kind = "fix"
url  = "https://example.org/commit/1"
[[credit]]
name = "Harry Example"
type = "finder"
+++

A pool that is dropped twice frees its slots twice.
"#;

#[test]
fn our_own_files_come_back() {
    let site = project(&[]);
    site.write("advisories/EXAMPLE-2026-0001.md", RICH);
    site.build().exits(0);
    let before = record(&site, "EXAMPLE-2026-0001");
    for (format, folder) in [("osv", "osv"), ("csaf", "csaf/white"), ("cve", "cve")] {
        let back = project(&[]);
        back.run(&format!("import {format} {}", site.path("public").join(folder).display())).exits(0);
        back.build().exits(0);
        assert_eq!(advisories(&back).keys().collect::<Vec<_>>(), ["2026/EXAMPLE-2026-0001.md"], "{format}");
        let after = record(&back, "EXAMPLE-2026-0001");
        for key in ["aliases", "severity"] {
            assert_eq!(texts(&after[key]), texts(&before[key]), "{format}: {key}");
        }
        assert_eq!(ranges(&after), ranges(&before), "{format}");
        assert_eq!(after["published"], before["published"], "{format}");
        assert_eq!(after["summary"], before["summary"], "{format}");
        for key in ["cwe_ids", "exploited"] {
            assert_eq!(after["database_specific"][key], before["database_specific"][key], "{format}: {key}");
        }
        assert!(texts(&after["references"]).is_superset(&texts(&before["references"])), "{format}");
        assert!(after["credits"][0]["name"] == "Harry Example", "{format}");
    }
}
