use crate::import::documents::sample::imported;
use crate::import::documents::{Format, Import};

fn run(document: &str, keep_ids: bool) -> Import {
    imported(Format::Csaf, document, keep_ids)
}

fn document(vulnerabilities: &str) -> String {
    format!(
        r#"{{"document": {{"category": "csaf_security_advisory", "csaf_version": "2.0", "title": "Pool races", "lang": "en",
"publisher": {{"name": "Example Org"}}, "distribution": {{"tlp": {{"label": "WHITE"}}}}, "aggregate_severity": {{"text": "Important"}},
"tracking": {{"id": "EX-SA-2031-1", "status": "final", "version": "2", "initial_release_date": "2031-05-04T00:00:00Z", "current_release_date": "2031-05-05T00:00:00Z",
 "revision_history": [{{"number": "2", "date": "2031-05-05T00:00:00Z", "summary": "More."}}, {{"number": "1", "date": "2031-05-04T00:00:00Z", "summary": "First."}}]}},
"notes": [{{"category": "general", "title": "About <us>", "text": "We are."}}, {{"category": "summary", "text": "Two <i>threads</i> meet."}}],
"references": [{{"category": "self", "url": "https://example.org/sa/1", "summary": "x"}}],
"acknowledgments": [{{"names": ["Harry Example"], "organization": "Example Labs", "urls": ["https://example.net/~he"]}}]}},
"product_tree": {{"branches": [{{"category": "vendor", "name": "Example Org", "branches": [
 {{"category": "product_name", "name": "Pool", "branches": [
  {{"category": "product_version_range", "name": "vers:semver/>=1.0.0|<1.4.2", "product": {{"product_id": "P1", "name": "Pool 1", "product_identification_helper": {{"purl": "pkg:npm/pool"}}}}}},
  {{"category": "product_version", "name": "1.4.2", "product": {{"product_id": "P2", "name": "Pool 1.4.2", "product_identification_helper": {{"purl": "pkg:npm/pool@1.4.2"}}}}}}]}},
 {{"category": "product_name", "name": "Tool", "product": {{"product_id": "T", "name": "Example Org Tool"}}}}]}}],
 "full_product_names": [{{"product_id": "F", "name": "Example OS 7"}}],
 "relationships": [{{"category": "default_component_of", "product_reference": "P2", "relates_to_product_reference": "F", "full_product_name": {{"product_id": "R", "name": "Pool in OS"}}}}],
 "product_groups": [{{"group_id": "G", "product_ids": ["T"]}}]}},
"vulnerabilities": [{vulnerabilities}]}}"#
    )
}

const ONE: &str = r#"{"cve": "CVE-2031-11111", "title": "Pool races", "cwe": {"id": "CWE-416", "name": "Use After Free"},
"ids": [{"system_name": "Example", "text": "BUG-77"}], "notes": [{"category": "description", "text": "In detail."}],
"product_status": {"known_affected": ["P1", "X"], "fixed": ["P2"], "first_fixed": ["P2"], "recommended": ["P2"], "known_not_affected": ["T"], "under_investigation": ["R"]},
"flags": [{"label": "vulnerable_code_not_present", "group_ids": ["G"]}],
"threats": [{"category": "impact", "details": "Compiled out.", "product_ids": ["T"]}, {"category": "exploit_status", "details": "It is exploited in the wild."}],
"remediations": [{"category": "workaround", "details": "One thread.", "product_ids": ["P1"]}, {"category": "vendor_fix", "details": "Update.", "product_ids": ["P1"], "url": "https://example.org/get"}],
"scores": [{"products": ["P1"], "cvss_v3": {"version": "3.1", "vectorString": "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:H", "baseScore": 7.5, "baseSeverity": "HIGH"}}]}"#;

#[test]
fn a_document_of_one_vulnerability() {
    let Import { imported, problems, .. } = run(&document(ONE), false);
    assert_eq!(problems, []);
    let expected = r#"+++
id        = "EXAMPLE-2031-0001"
title     = "Pool races"
published = 2031-05-04T00:00:00Z
modified  = 2031-05-05T00:00:00Z
aliases   = ["EX-SA-2031-1", "CVE-2031-11111", "BUG-77"]
cwe       = ["CWE-416"]
exploited = "in-the-wild"
[[cvss]]
vector = "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:H"
[[affected]]
package     = "pool"
ecosystem   = "npm"
versions    = [{ introduced = "1.0.0", fixed = "1.4.2" }]
remediation = { kind = "fix", text = "Update." }
[[affected]]
package   = "Pool in Example OS 7"
ecosystem = "Example Org"
status    = "under-investigation"
versions  = [{ introduced = "1.4.2", last_affected = "1.4.2" }]
[[affected]]
package       = "Tool"
ecosystem     = "Example Org"
status        = "not-affected"
justification = "vulnerable_code_not_present"
statement     = "Compiled out."
[[reference]]
kind = "advisory"
url  = "https://example.org/sa/1"
[[reference]]
kind = "fix"
url  = "https://example.org/get"
[[credit]]
name    = "Harry Example"
type    = "other"
contact = ["https://example.net/~he"]
[[revision]]
version = "1"
date    = 2031-05-04T00:00:00Z
summary = "First."
[[revision]]
version = "2"
date    = 2031-05-05T00:00:00Z
summary = "More."
+++

Two \<i>threads\</i> meet.

In detail.

## About us

We are.

## Workarounds

One thread.
"#;
    assert_eq!(imported[0].text, expected);
}

#[test]
fn several_vulnerabilities_are_several_advisories() {
    let several = document(r#"{"cve": "CVE-2031-11111"}, {"cve": "CVE-2031-22222", "title": "Other"}"#);
    let Import { imported, problems, .. } = run(&several, false);
    assert_eq!((imported.len(), problems.len()), (2, 0));
    assert!(
        imported[0].text.contains("title     = \"Pool races: CVE-2031-11111\"\n"),
        "{}",
        imported[0].text
    );
    assert!(imported[0].text.contains("aliases   = [\"CVE-2031-11111\"]\nrelated   = [\"EX-SA-2031-1\"]\n"));
    assert!(imported[1].text.contains("title     = \"Other\"\n"));
    let kept = run(&several, true);
    assert_eq!(kept.imported[1].id, "EX-SA-2031-1-2");
    let notice = run(&document(""), false);
    assert!(notice.imported[0].text.contains("informational = \"notice\""));
}

#[test]
fn what_is_not_public_is_refused() {
    for (from, to, message) in [
        ("WHITE", "AMBER", "the document is TLP:AMBER, and a portal is public"),
        ("\"final\"", "\"draft\"", "the document is a draft"),
        ("\"2.0\"", "\"2.1\"", "the document is not of version 2.0 of CSAF"),
        ("\"id\": \"EX-SA-2031-1\",", "", "the document has no `document.tracking.id`"),
    ] {
        let import = run(&document(ONE).replace(from, to), false);
        assert_eq!((import.imported.len(), import.problems[0].message.as_str()), (0, message));
    }
}

proptest::proptest! {
    #[test]
    fn no_product_panics(name in "[<>=|, 0-9.a*!%vers:/-]{0,20}", category in "vendor|product_name|product_version|product_version_range|legacy") {
        let document = document(ONE).replace("vers:semver/>=1.0.0|<1.4.2", &name).replace("product_version_range", &category);
        proptest::prop_assert_eq!(run(&document, false).problems, vec![]);
    }
}
