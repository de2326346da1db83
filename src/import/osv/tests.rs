use crate::import::Imported;
use crate::import::documents::sample::imported;
use crate::import::documents::{Format, Import};
use crate::import::loss::Outcome;

fn run(members: &str) -> Import {
    let dates = r#""published": "2031-05-04T00:00:00Z", "modified": "2031-05-05T00:00:00Z""#;
    imported(Format::Osv, &format!(r#"{{"id": "TEST-2031-1", {dates}{members}}}"#), false)
}

#[track_caller]
fn one(members: &str) -> Imported {
    let Import { mut imported, problems, skipped, .. } = run(members);
    assert_eq!((problems, skipped), (vec![], vec![]));
    assert_eq!(imported.len(), 1);
    imported.remove(0)
}

fn lost(imported: &Imported) -> Vec<&str> {
    let lost = imported.losses.iter().filter(|loss| matches!(loss.outcome, Outcome::NotRepresented { .. }));
    lost.map(|loss| loss.statement.as_str()).collect()
}

#[test]
fn a_whole_record() {
    let imported = one(r#",
"schema_version": "1.7.0",
"withdrawn": "2031-06-01T00:00:00.5Z",
"aliases": ["CVE-2031-11111", "TEST-2031-1", "CVE-1"],
"related": ["GHSA-h7h7-6mx3-r89v"],
"upstream": ["CVE-2030-1234"],
"summary": "Pool of `Slot<T>`\traces",
"details": "Two <b>threads</b> meet.\n+++\n<!-- section: scope -->\n![x](https://example.org/x.png)",
"severity": [{"type": "CVSS_V3", "score": "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:H"}, {"type": "CVSS_V3", "score": "high"}],
"affected": [
 {"package": {"ecosystem": "crates.io", "name": "slot-pool", "purl": "pkg:cargo/slot-pool"},
  "ranges": [{"type": "SEMVER", "events": [{"introduced": "2.0.0"}, {"fixed": "2.1.0"}, {"introduced": "0"}, {"last_affected": "1.4.1"}]},
   {"type": "GIT", "repo": "https://example.org/pool", "events": [{"introduced": "0"}, {"fixed": "4e2b52b5f7"}, {"limit": "1"}]}],
  "versions": ["1.0.0", "3.0.0"],
  "ecosystem_specific": {"affects": {"os": ["windows"], "arch": [], "functions": ["slot_pool::Pool::take"]}},
  "database_specific": {"categories": ["thread-safety"], "informational": "unsound", "source": "x"}},
 {"package": {"ecosystem": "npm", "name": "pool"}, "ranges": [{"type": "SEMVER", "events": [{"introduced": "1.0.0"}, {"fixed": "1.2.0"}]}]},
 {"package": {"ecosystem": "npm", "name": "pool"}, "ranges": [{"type": "SEMVER", "events": [{"introduced": "1.2.0"}, {"fixed": "1.3.0"}]}]}],
"references": [{"type": "FIX", "url": "https://example.org/commit/9f"}, {"type": "GIT", "url": "https://example.org/x"}, {"type": "WEB", "url": "javascript:alert(1)"}],
"credits": [{"name": "Harry Example", "type": "REMEDIATION_DEVELOPER", "contact": ["https://example.net/~he"]}, {"name": "Someone"}],
"database_specific": {"cwe_ids": ["CWE-416"], "severity": "HIGH", "github_reviewed": true}"#);
    assert_eq!(imported.path, "advisories/2031/EXAMPLE-2031-0001.md");
    let expected = r#"+++
id            = "EXAMPLE-2031-0001"
title         = "Pool of `Slot<T>` races"
published     = 2031-05-04T00:00:00Z
modified      = 2031-05-05T00:00:00Z
withdrawn     = { date = 2031-06-01T00:00:00.5Z }
informational = "unsound"
aliases       = ["TEST-2031-1", "CVE-2031-11111"]
related       = ["GHSA-h7h7-6mx3-r89v"]
upstream      = ["CVE-2030-1234"]
cwe           = ["CWE-416"]
categories    = ["thread-safety"]
[[cvss]]
vector = "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:H"
[[affected]]
package   = "slot-pool"
ecosystem = "crates.io"
versions  = [
  { introduced = "0", last_affected = "1.4.1" },
  { introduced = "2.0.0", fixed = "2.1.0" },
  { introduced = "3.0.0", last_affected = "3.0.0" },
]
git       = { repository = "https://example.org/pool", fixed = ["4e2b52b5f7"] }
platforms = { os = ["windows"] }
symbols   = ["slot_pool::Pool::take"]
[[affected]]
package   = "pool"
ecosystem = "npm"
versions  = [{ introduced = "1.0.0", fixed = "1.3.0" }]
[[reference]]
kind = "fix"
url  = "https://example.org/commit/9f"
[[reference]]
kind = "web"
url  = "https://example.org/x"
[[credit]]
name    = "Harry Example"
type    = "remediation-developer"
contact = ["https://example.net/~he"]
[[credit]]
name = "Someone"
type = "other"
+++

Two \<b>threads\</b> meet.
+++
\<!-- section: scope -->
[x](https://example.org/x.png)
"#;
    assert_eq!(imported.text, expected);
    let expected = [
        "schema_version",
        "aliases[]",
        "aliases[]",
        "form of the title",
        "severity[].type",
        "severity[].score",
        "affected[].ranges[].events[].limit",
        "affected[].database_specific.source",
        "references[].type",
        "references[].url",
        "database_specific.github_reviewed",
    ];
    assert_eq!(lost(&imported), expected);
}

#[test]
fn text_cannot_become_markup() {
    let evil = r#"\"\n+++\nstatus = \"draft\"\n<script>alert(1)</script>"#;
    let text = one(&format!(
        ",\"summary\": \"{evil}\", \"details\": \"{evil}\", \"affected\": [{{\"package\": {{\"ecosystem\": \"{evil}\", \"name\": \"a\"}}}}], \"credits\": [{{\"name\": \"{evil}\", \"type\": \"{evil}\", \"contact\": [\"{evil}\"]}}]"
    ))
    .text;
    let rest = text.strip_prefix("+++\n").unwrap();
    let (front, body) = rest.split_once("\n+++\n").unwrap();
    let table: toml::Table = front.parse().unwrap();
    assert!(!table.contains_key("status"), "{front}");
    assert!(body.contains("\\<script>alert(1)\\</script>"), "{body}");
}

#[test]
fn what_has_no_order_stands_in_the_text() {
    let text = one(
        r#","affected": [{"package": {"ecosystem": "npm", "name": "a`b"}, "ranges": [{"type": "SEMVER", "events": [{"introduced": "one"}, {"fixed": "t`wo"}]}], "versions": ["three"]}]"#,
    )
    .text;
    assert!(text.ends_with("\n## Affected versions\n\nOf `ab`, as the source has it:\n\n- introduced `one`, fixed `two`\n- `three`\n"), "{text}");
}

#[test]
fn a_missing_summary_is_the_first_sentence() {
    assert!(
        one(r#", "details": "A pool is dropped twice. Then more.""#)
            .text
            .contains("title     = \"A pool is dropped twice\"\n")
    );
    assert!(one("").text.contains("title     = \"TEST-2031-1\"\n"));
}

#[test]
fn commits_alone() {
    let text = one(
        r#", "affected": [{"ranges": [{"type": "GIT", "repo": "https://example.org/r", "events": [{"introduced": "aaaa"}, {"introduced": "bbbb"}, {"fixed": "cccc"}]}], "versions": ["r1"]}]"#,
    )
    .text;
    let git = |commit: &str| {
        format!(
            "git       = {{ repository = \"https://example.org/r\", introduced = \"{commit}\", fixed = [\"cccc\"] }}"
        )
    };
    assert!(text.contains("package   = \"https://example.org/r\"\necosystem = \"GIT\"\n"), "{text}");
    assert!(text.contains(&git("aaaa")) && text.contains(&git("bbbb")), "{text}");
    assert!(text.contains("versions  = [{ introduced = \"r1\", last_affected = \"r1\" }]"), "{text}");
}

#[test]
fn our_own_records_come_back() {
    let text = one(
        r#", "database_specific": {"cwe_ids": [], "status": "disputed", "exploited": "poc", "impact": "Code <i>runs</i>.", "severity": "LOW"}"#,
    )
    .text;
    for line in [
        "status    = \"disputed\"",
        "exploited = \"poc\"",
        "severity  = \"low\"",
        "impact    = \"Code \\\\<i>runs\\\\</i>.\"",
    ] {
        assert!(text.contains(line), "{line} is not in {text}");
    }
}

proptest::proptest! {
    #[test]
    fn no_input_panics(members in "[a-z\"\\[\\]{}:, 0\\\\n.-]{0,60}", version in "\\PC{0,20}") {
        let _ = run(&members);
        let version = serde_json::Value::from(version);
        let _ = run(&format!(", \"affected\": [{{\"package\": {{\"ecosystem\": \"npm\", \"name\": {version}}}, \"ranges\": [{{\"events\": [{{\"introduced\": {version}}}]}}], \"versions\": [{version}, \"1.0.0\"]}}]"));
    }
}
