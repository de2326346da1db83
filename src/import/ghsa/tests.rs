use crate::import::documents::sample::imported;
use crate::import::documents::{Format, Import};

fn run(document: &str) -> Import {
    imported(Format::Ghsa, document, true)
}

const ANSWER: &str = r#"{"ghsa_id": "GHSA-h7h7-6mx3-r89v", "cve_id": "CVE-2031-11111", "state": "published",
"html_url": "https://github.com/example/pool/security/advisories/GHSA-h7h7-6mx3-r89v", "url": "https://api.example.org/1",
"summary": "Pool races", "description": "Two threads meet.", "severity": "high",
"identifiers": [{"type": "GHSA", "value": "GHSA-h7h7-6mx3-r89v"}, {"type": "CVE", "value": "CVE-2031-11111"}],
"published_at": "2031-05-04T00:00:00Z", "updated_at": "2031-05-05T00:00:00Z", "withdrawn_at": null,
"vulnerabilities": [
 {"package": {"ecosystem": "npm", "name": "pool"}, "vulnerable_version_range": ">= 1.0.0, < 1.4.2", "first_patched_version": "1.4.2", "vulnerable_functions": ["pool.take"]},
 {"package": {"ecosystem": "pip", "name": "pool"}, "vulnerable_version_range": "<= 2.0", "patched_versions": "2.1"},
 {"package": {"ecosystem": "pip", "name": "slot"}, "vulnerable_version_range": "<= 3.0 || = 4.0", "patched_versions": ""},
 {"package": {"ecosystem": "rust", "name": "slot"}, "vulnerable_version_range": "all of `them`", "first_patched_version": {"identifier": "soon"}}],
"cvss_severities": {"cvss_v3": {"vector_string": "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:H", "score": 7.5}, "cvss_v4": null},
"cwes": [{"cwe_id": "CWE-416", "name": "Use After Free"}],
"references": ["https://example.org/commit/1"],
"credits": [{"user": {"login": "harry", "html_url": "https://example.net/harry"}, "type": "remediation_developer"}]}"#;

#[test]
fn an_answer() {
    let Import { imported, problems, .. } = run(ANSWER);
    assert_eq!(problems, []);
    let expected = r#"+++
id        = "GHSA-h7h7-6mx3-r89v"
title     = "Pool races"
published = 2031-05-04T00:00:00Z
modified  = 2031-05-05T00:00:00Z
aliases   = ["CVE-2031-11111"]
cwe       = ["CWE-416"]
[[cvss]]
vector = "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:H"
[[affected]]
package   = "pool"
ecosystem = "npm"
versions  = [{ introduced = "1.0.0", fixed = "1.4.2" }]
symbols   = ["pool.take"]
[[affected]]
package   = "pool"
ecosystem = "PyPI"
versions  = [{ introduced = "0", fixed = "2.1" }]
[[affected]]
package   = "slot"
ecosystem = "PyPI"
versions  = [
  { introduced = "0", last_affected = "3.0" },
  { introduced = "4.0", last_affected = "4.0" },
]
[[affected]]
package   = "slot"
ecosystem = "crates.io"
[[reference]]
kind = "advisory"
url  = "https://github.com/example/pool/security/advisories/GHSA-h7h7-6mx3-r89v"
[[reference]]
kind = "fix"
url  = "https://example.org/commit/1"
[[credit]]
name    = "harry"
type    = "remediation-developer"
contact = ["https://example.net/harry"]
+++

Two threads meet.

## Affected versions

Of `slot`, as the source has it:

- `all of them`

## Patched versions

Of `slot`: soon
"#;
    assert_eq!(imported[0].text, expected);
}

#[test]
fn drafts_stay_on_github() {
    let import = run(&ANSWER.replace("\"published\"", "\"draft\""));
    assert_eq!(import.problems[0].message, "the advisory is not published on GitHub");
    let records = r#"[{"id": "GHSA-h7h7-6mx3-r89v", "summary": "x", "modified": "2031-05-05T00:00:00Z"}]"#;
    assert_eq!(run(records).imported.len(), 1);
    assert_eq!(run(&records.replace("GHSA-h7h7-6mx3-r89v", "OSV-1")).skipped, ["a.json"]);
}

proptest::proptest! {
    #[test]
    fn no_range_panics(range in "[<>=|, 0-9.a*^~-]{0,20}", patched in "\\PC{0,12}") {
        let patched = serde_json::Value::from(patched).to_string();
        let document = ANSWER.replace(">= 1.0.0, < 1.4.2", &range).replace("\"1.4.2\"", &patched);
        proptest::prop_assert_eq!(run(&document).problems, vec![]);
    }
}
