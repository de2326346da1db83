//! What is read of strangers' files, and what counts as a change.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::facts::Told;
use super::public::Public;
use super::{document, record};
use crate::diag::Diagnostics;
use crate::value::id::AdvisoryId;

fn told(record: &Value) -> Told {
    let id = AdvisoryId::parse("EXAMPLE-2026-0001").unwrap();
    record::read(record.to_string().as_bytes(), &id).unwrap()
}

fn example() -> Value {
    json!({
        "id": "x_EXAMPLE-2026-0001",
        "modified": "2026-04-02T09:30:00Z",
        "published": "2026-03-20T00:00:00Z",
        "aliases": ["CVE-2026-12345", "GHSA-h7h7-6mx3-r89v"],
        "summary": "Use-after-free",
        "details": "See [the list](https://security.example.org/advisories/).",
        "severity": [{ "type": "CVSS_V3", "score": "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H" }],
        "affected": [{
            "package": { "ecosystem": "crates.io", "name": "core" },
            "ranges": [{ "type": "SEMVER", "events": [{ "introduced": "0" }, { "fixed": "1.4.2" }] }],
            "versions": ["1.0.0"],
            "database_specific": { "remediation": { "kind": "fix" } }
        }],
        "references": [
            { "type": "ADVISORY", "url": "https://security.example.org/advisories/EXAMPLE-2026-0001/" },
            { "type": "FIX", "url": "https://example.org/fix" }
        ],
        "credits": [{ "name": "Harry Example", "type": "FINDER" }],
        "database_specific": { "cwe_ids": ["CWE-416"], "exploited": "none-known" }
    })
}

/// What differs once a member, named by its path, is another.
fn with(path: &str, value: Value) -> Vec<&'static str> {
    let mut changed = example();
    match changed.pointer_mut(path) {
        Some(member) => *member = value,
        None => {
            let (parent, name) = path.rsplit_once('/').unwrap();
            changed.pointer_mut(parent).unwrap()[name] = value;
        }
    }
    told(&changed).differs(&told(&example()), &|version| version == "1.4.1")
}

#[test]
fn what_an_author_changes_is_a_change() {
    let cases = [
        ("/summary", json!("Double free"), "title"),
        ("/details", json!("Other words."), "text"),
        ("/aliases", json!(["CVE-2026-12345"]), "aliases"),
        ("/severity", json!([]), "cvss"),
        ("/affected/0/ranges/0/events/1/fixed", json!("1.4.3"), "affected"),
        ("/affected/0/package/name", json!("other"), "affected"),
        ("/affected/0/database_specific/remediation/kind", json!("no-fix"), "affected"),
        ("/affected/0/versions", json!([]), "affected"),
        ("/affected/0/versions", json!(["1.0.0", "1.3.0"]), "affected"),
        ("/references/1/url", json!("https://example.org/other"), "reference"),
        ("/credits", json!([]), "credit"),
        ("/withdrawn", json!("2026-04-02T09:30:00Z"), "withdrawn"),
        ("/database_specific/exploited", json!("in-the-wild"), "exploited"),
        ("/database_specific/cwe_ids", json!(["CWE-415"]), "cwe"),
    ];
    for (path, value, word) in cases {
        assert_eq!(with(path, value), [word], "{path}");
    }
}

#[test]
fn what_a_program_writes_otherwise_is_none() {
    let cases = [
        ("/modified", json!("2026-05-02T09:30:00Z")),
        ("/schema_version", json!("1.9.0")),
        ("/aliases", json!(["GHSA-h7h7-6mx3-r89v", "CVE-2026-12345"])),
        ("/related", json!([])),
        ("/details", json!("See [the list](https://security.example.org/advisories/).\n")),
        ("/affected/0/versions", json!(["1.0.0", "1.4.1"])),
        ("/affected/0/package/purl", json!("pkg:cargo/core")),
        ("/affected/0/database_specific/more", json!({ "of": "it" })),
        ("/credits/0/contact", json!([])),
        ("/database_specific/more", json!([1, 2])),
    ];
    for (path, value) in cases {
        assert!(with(path, value).is_empty(), "{path}");
    }
    let elsewhere = example().to_string().replace("https://security.example.org/", "http://127.0.0.1:9116/");
    let elsewhere: Value = serde_json::from_str(&elsewhere).unwrap();
    assert!(told(&elsewhere).differs(&told(&example()), &|_| false).is_empty());
}

#[test]
fn odd_shapes_are_no_panic() {
    let id = AdvisoryId::parse("EXAMPLE-2026-0001").unwrap();
    let deep = "[".repeat(100_000);
    for text in ["", "null", "[]", "{}", "\u{0}", "{\"modified\":7}", "{\"modified\":\"yesterday\"}", &deep] {
        assert!(record::read(text.as_bytes(), &id).is_err());
        assert!(document::read(text.as_bytes()).is_err());
    }
    let odd = [json!(null), json!(7), json!("text"), json!([[], {}, null, 7, [["x"]]]), json!({ "a": [] })];
    let paths =
        ["/affected", "/affected/0", "/affected/0/ranges", "/references", "/credits", "/database_specific"];
    for path in
        paths.iter().chain(&["/severity", "/details", "/summary", "/withdrawn", "/published", "/aliases"])
    {
        for value in &odd {
            with(path, value.clone());
        }
    }
    // An address of the page that is nothing but its path would put a slash between all letters.
    let page =
        json!([{ "url": "advisories/EXAMPLE-2026-0001/" }, { "url": "://advisories/EXAMPLE-2026-0001/" }]);
    with("/references", page);
}

#[test]
fn lists_are_bounded_and_checked() {
    let open = |list: &[u8]| {
        let place: BTreeMap<String, Vec<u8>> = [("osv/all.json".to_owned(), list.to_vec())].into();
        let mut diags = Diagnostics::default();
        let newest = Public::open(&place, &mut diags).unwrap().newest();
        (newest.map(|at| at.to_string()), diags.iter().map(|found| found.message.clone()).collect::<Vec<_>>())
    };
    let twice = br#"[{"id":"a","modified":"2026-01-02T00:00:00Z","x":1},{"id":"a","modified":"2026-01-01T00:00:00Z"}]"#;
    assert_eq!(open(twice), (Some("2026-01-02T00:00:00Z".to_owned()), vec![]));
    assert_eq!(open(b"[]"), (None, vec![]));
    for bad in
        [&b"{"[..], b"{}", b"[7]", br#"[{"id":"a"}]"#, br#"[{"id":"a","modified":"soon"}]"#, b"\xff\xfe"]
    {
        let (newest, found) = open(bad);
        assert!(newest.is_none() && found.len() == 1, "{found:?}");
    }
    let (_, found) = open(&vec![b' '; (32 << 20) + 1]);
    assert!(found[0].contains("it has more than 33554432 bytes"), "{found:?}");
}
