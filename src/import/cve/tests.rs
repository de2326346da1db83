use crate::import::documents::sample::imported;
use crate::import::documents::{Format, Import};
use crate::import::loss::Outcome;

fn run(document: &str) -> Import {
    imported(Format::Cve, document, true)
}

fn record(state: &str, cna: &str) -> String {
    format!(
        r#"{{"dataType": "CVE_RECORD", "dataVersion": "5.1", "cveMetadata": {{"cveId": "CVE-2031-11111", "state": "{state}",
"datePublished": "2031-05-04T00:00:00", "dateUpdated": "2031-05-05T00:00:00.123Z", "assignerOrgId": "x"}},
"containers": {{"cna": {{{cna}}}, "adp": [{{"title": "x", "metrics": []}}]}}}}"#
    )
}

#[test]
fn a_published_record() {
    let Import { imported, problems, .. } = run(&record(
        "PUBLISHED",
        r#""title": "Pool races", "providerMetadata": {"orgId": "x"}, "datePublic": "2031-05-01T00:00:00Z",
"descriptions": [{"lang": "de", "value": "Zwei"}, {"lang": "en-US", "value": "Two threads meet.", "supportingMedia": [{"type": "text/html", "value": "<p>"}]}],
"affected": [
 {"vendor": "Example Org", "product": "Pool", "defaultStatus": "unaffected", "platforms": ["Windows"], "programRoutines": [{"name": "take()"}],
  "versions": [{"version": "1.0", "status": "affected", "lessThan": "1.4", "versionType": "custom"}, {"version": "unspecified", "status": "affected", "lessThanOrEqual": "0.9"},
   {"version": "2.0", "status": "unaffected"}, {"version": "3", "status": "unknown"}, {"version": "n/a", "status": "affected"}]},
 {"collectionURL": "https://registry.npmjs.org", "packageName": "pool", "versions": [{"version": ">= 1.0.0, < 1.2.0", "status": "affected"},
   {"version": "2.0.0", "status": "affected", "lessThan": "*", "changes": [{"at": "2.1.0", "status": "unaffected"}]}, {"version": "before the flood", "status": "affected"}]},
 {"vendor": "Debian", "product": "pool", "defaultStatus": "affected", "versions": [{"version": "5", "status": "unaffected", "lessThan": "*"}]},
 {"vendor": "Example Org", "product": "Tool", "repo": "https://example.org/tool", "versions": [{"version": "aaaa", "status": "affected", "lessThan": "bbbb", "versionType": "git"}]},
 {"vendor": "n/a", "product": "n/a", "versions": [{"version": "n/a", "status": "affected"}]}],
"problemTypes": [{"descriptions": [{"lang": "en", "description": "CWE-416 Use After Free", "cweId": "CWE-416", "type": "CWE"}]}, {"descriptions": [{"lang": "en", "description": "CWE-79: XSS"}]}],
"references": [{"url": "https://example.org/commit/1", "tags": ["patch", "x_y"], "name": "x"}],
"metrics": [{"format": "CVSS", "cvssV3_1": {"version": "3.1", "vectorString": "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:H", "baseScore": 7.5}}, {"other": {"type": "ssvc"}}],
"workarounds": [{"lang": "en", "value": "Use <b>one</b> thread."}], "exploits": [{"lang": "en", "value": "A proof of concept is public."}],
"timeline": [{"time": "2031-04-01T00:00:00Z", "lang": "en", "value": "Reported"}],
"credits": [{"lang": "en", "value": "Harry Example", "type": "remediation developer"}], "tags": ["disputed"]"#,
    ));
    assert_eq!(problems, []);
    let expected = r#"+++
id        = "CVE-2031-11111"
title     = "Pool races"
published = 2031-05-04T00:00:00Z
modified  = 2031-05-05T00:00:00.123Z
status    = "disputed"
cwe       = ["CWE-416", "CWE-79"]
exploited = "poc"
[[cvss]]
vector = "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:H"
[[affected]]
package    = "Pool"
ecosystem  = "Example Org"
versions   = [
  { introduced = "0", last_affected = "0.9" },
  { introduced = "1.0", fixed = "1.4" },
]
unaffected = ["= 2.0"]
platforms  = { os = ["Windows"] }
symbols    = ["take()"]
[[affected]]
package   = "pool"
ecosystem = "npm"
versions  = [
  { introduced = "1.0.0", fixed = "1.2.0" },
  { introduced = "2.0.0", fixed = "2.1.0" },
]
[[affected]]
package    = "pool"
ecosystem  = "Debian (vendor)"
versions   = [{ introduced = "0" }]
unaffected = [">= 5"]
[[affected]]
package   = "Tool"
ecosystem = "Example Org"
git       = { repository = "https://example.org/tool", introduced = "aaaa", fixed = ["bbbb"] }
[[reference]]
kind = "fix"
url  = "https://example.org/commit/1"
[[credit]]
name = "Harry Example"
type = "remediation-developer"
[[timeline]]
date  = 2031-04-01T00:00:00Z
event = "Reported"
+++

Two threads meet.

## Affected versions

Of `pool`, as the source has it:

- `before the flood`

## Workarounds

Use \<b>one\</b> thread.
"#;
    assert_eq!(imported[0].text, expected);
    let lost =
        imported[0].losses.iter().filter(|loss| matches!(loss.outcome, Outcome::NotRepresented { .. }));
    let lost: Vec<&str> = lost.map(|loss| loss.statement.as_str()).collect();
    for statement in [
        "containers.adp[]",
        "containers.cna.affected[]",
        "containers.cna.affected[].versions[]",
        "containers.cna.metrics[].other.type",
        "containers.cna.references[].name",
        "containers.cna.descriptions[]",
    ] {
        assert!(lost.contains(&statement), "{statement} is not in {lost:?}");
    }
}

#[test]
fn a_rejected_record_says_so() {
    let import = run(&record(
        "REJECTED",
        r#""rejectedReasons": [{"lang": "en", "value": "Not a bug."}], "replacedBy": ["CVE-2031-2222"]"#,
    ));
    let text = &import.imported[0].text;
    for line in ["title     = \"Not a bug\"", "status    = \"rejected\"", "related   = [\"CVE-2031-2222\"]"] {
        assert!(text.contains(line), "{text}");
    }
}

#[test]
fn what_is_not_public_is_refused() {
    assert_eq!(
        run(&record("RESERVED", "\"title\": \"x\"")).problems[0].message,
        "the record is not published"
    );
    let draft = r#"{"cnaContainer": {"title": "x", "datePublic": "2031-05-01T00:00:00Z", "source": {"advisory": "EXAMPLE-2031-0007"}}}"#;
    assert_eq!(run(draft).imported[0].id, "EXAMPLE-2031-0007");
    assert_eq!(
        run(r#"{"cnaContainer": {"title": "x"}}"#).problems[0].message,
        "the document has no `cveMetadata.cveId`"
    );
}

proptest::proptest! {
    #[test]
    fn no_version_panics(version in "[<>=|, 0-9.a*^~-]{0,16}", end in "\\PC{0,12}", key in "lessThan|lessThanOrEqual|changes|versionType|status") {
        let (version, end) = (serde_json::Value::from(version), serde_json::Value::from(end));
        let cna = format!(r#""affected": [{{"vendor": {end}, "product": "a", "versions": [{{"status": "affected", "version": {version}, "{key}x": 1, "lessThan": {end}}}, {{"status": "unaffected", "version": {end}}}]}}]"#);
        let _ = run(&record("PUBLISHED", &cna));
    }
}

#[test]
fn a_product_that_is_listed_twice_is_one_entry() {
    let Import { imported, problems, .. } = run(&record(
        "PUBLISHED",
        r#""title": "Pool races", "descriptions": [{"lang": "en", "value": "Two threads meet."}], "affected": [
 {"vendor": "Example Org", "product": "Pool", "modules": ["a"], "versions": [{"version": "1.0", "status": "affected", "lessThan": "1.4"}]},
 {"vendor": "Example Org", "product": "Pool", "modules": ["b"], "versions": [{"version": "1.0", "status": "affected", "lessThan": "1.4"}]},
 {"collectionURL": "https://registry.npmjs.org", "packageName": "pool", "versions": [{"version": "1.0.0", "status": "affected", "lessThan": "1.4.0"}]},
 {"collectionURL": "https://registry.npmjs.org", "packageName": "pool", "versions": [{"version": "1.2.0", "status": "affected", "lessThan": "1.6.0"}]}]"#,
    ));
    assert_eq!(problems, []);
    let text = &imported[0].text;
    assert_eq!(text.matches("[[affected]]").count(), 2, "{text}");
    assert_eq!(text.matches("introduced").count(), 2, "{text}");
    assert!(text.contains(r#"{ introduced = "1.0.0", fixed = "1.6.0" }"#), "{text}");
}

#[test]
fn a_scale_of_their_own_is_a_severity() {
    let Import { imported, problems, .. } = run(&record(
        "PUBLISHED",
        r#""title": "Pool races", "descriptions": [{"lang": "en", "value": "Two threads meet."}],
"metrics": [{"format": "other", "other": {"type": "https://example.org/scale", "content": {"text": "Moderate"}}}]"#,
    ));
    assert_eq!(problems, []);
    assert!(imported[0].text.contains("severity  = \"medium\""), "{}", imported[0].text);
}
