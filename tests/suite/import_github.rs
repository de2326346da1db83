//! `secsite import ghsa`: what GitHub's interface and its database say comes back out of a build.

use serde_json::{Value, json};

use crate::project::{POLICY, Project};

const VECTOR: &str = "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:H";

/// The record of the one advisory that was imported.
fn exported(document: &Value) -> Value {
    let project = Project::empty();
    project.write("policy.toml", POLICY);
    project.write("in/a.json", document.to_string());
    project.run(&format!("import ghsa {}", project.path("in").display())).exits(0);
    project.build().exits(0);
    serde_json::from_slice(&project.output()["osv/x_EXAMPLE-2025-0001.json"]).unwrap()
}

/// What both shapes of the advisory say.
fn is_all_there(record: &Value) {
    assert_eq!(record["aliases"], json!(["GHSA-h7h7-6mx3-r89v", "CVE-2025-11111"]), "{record}");
    assert_eq!(record["summary"], "Pool frees a slot twice");
    assert_eq!(record["published"], "2025-05-04T10:00:00Z");
    assert_eq!(record["modified"], "2025-05-05T11:12:13Z");
    assert!(record["details"].as_str().unwrap().contains("A pool that is dropped twice."), "{record}");
    assert_eq!(record["severity"], json!([{ "type": "CVSS_V3", "score": VECTOR }]));
    assert_eq!(record["database_specific"]["cwe_ids"], json!(["CWE-416"]));
    assert_eq!(record["database_specific"]["severity"], "HIGH");
    let affected = record["affected"].as_array().unwrap();
    assert_eq!(affected.len(), 1, "{record}");
    assert_eq!(affected[0]["package"]["ecosystem"], "npm");
    assert_eq!(affected[0]["package"]["name"], "@scope/pool");
    let events: Vec<&Value> = affected[0]["ranges"]
        .as_array()
        .unwrap()
        .iter()
        .flat_map(|range| range["events"].as_array().unwrap())
        .collect();
    for event in [
        json!({ "introduced": "1.0.0" }),
        json!({ "fixed": "1.4.2" }),
        json!({ "introduced": "2.0.0" }),
        json!({ "last_affected": "2.1.0" }),
    ] {
        assert!(events.contains(&&event), "{event} is not in {record}");
    }
    let references = record["references"].as_array().unwrap();
    assert!(
        references.iter().any(|reference| reference["url"] == "https://example.org/commit/9f"),
        "{record}"
    );
    assert_eq!(record["credits"][0]["name"], "harry");
    assert_eq!(record["credits"][0]["type"], "FINDER");
}

#[test]
fn an_answer_of_the_interface() {
    is_all_there(&exported(&json!({
        "ghsa_id": "GHSA-h7h7-6mx3-r89v", "cve_id": "CVE-2025-11111", "state": "published",
        "summary": "Pool frees a slot twice", "description": "A pool that is dropped twice.", "severity": "high",
        "identifiers": [{ "type": "GHSA", "value": "GHSA-h7h7-6mx3-r89v" }, { "type": "CVE", "value": "CVE-2025-11111" }],
        "published_at": "2025-05-04T10:00:00Z", "updated_at": "2025-05-05T11:12:13Z", "withdrawn_at": null,
        "vulnerabilities": [
            { "package": { "ecosystem": "npm", "name": "@scope/pool" },
              "vulnerable_version_range": ">= 1.0.0, < 1.4.2", "first_patched_version": "1.4.2" },
            { "package": { "ecosystem": "npm", "name": "@scope/pool" },
              "vulnerable_version_range": ">= 2.0.0, <= 2.1.0", "first_patched_version": null },
        ],
        "cvss_severities": { "cvss_v3": { "vector_string": VECTOR, "score": 7.5 }, "cvss_v4": { "vector_string": null } },
        "cwes": [{ "cwe_id": "CWE-416", "name": "Use After Free" }],
        "references": ["https://example.org/commit/9f"],
        "credits": [{ "user": { "login": "harry" }, "type": "finder" }],
    })));
}

#[test]
fn a_record_of_the_database() {
    is_all_there(&exported(&json!({
        "schema_version": "1.4.0", "id": "GHSA-h7h7-6mx3-r89v", "aliases": ["CVE-2025-11111"],
        "published": "2025-05-04T10:00:00Z", "modified": "2025-05-05T11:12:13Z",
        "summary": "Pool frees a slot twice", "details": "A pool that is dropped twice.",
        "severity": [{ "type": "CVSS_V3", "score": VECTOR }],
        "affected": [
            { "package": { "ecosystem": "npm", "name": "@scope/pool" }, "ranges": [
                { "type": "ECOSYSTEM", "events": [{ "introduced": "1.0.0" }, { "fixed": "1.4.2" }] }] },
            { "package": { "ecosystem": "npm", "name": "@scope/pool" }, "ranges": [
                { "type": "ECOSYSTEM", "events": [{ "introduced": "2.0.0" }, { "last_affected": "2.1.0" }] }] },
        ],
        "references": [{ "type": "WEB", "url": "https://example.org/commit/9f" }],
        "credits": [{ "name": "harry", "type": "FINDER" }],
        "database_specific": { "cwe_ids": ["CWE-416"], "severity": "HIGH", "github_reviewed": true },
    })));
}
