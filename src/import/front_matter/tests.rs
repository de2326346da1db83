use proptest::prelude::*;

use super::*;

fn full() -> FrontMatter {
    let date: Datetime = "2026-03-20T08:00:00Z".parse().unwrap();
    let text = |text: &str| Some(text.to_owned());
    let list = |text: &str| vec![text.to_owned()];
    FrontMatter {
        id: "EXAMPLE-2026-0001".into(),
        title: "Use-after-free in \"Pool\"".into(),
        published: Some(date),
        modified: Some("2026-04-02".parse().unwrap()),
        status: text("final"),
        withdrawn: Some(Withdrawn {
            date,
            reason: text("No bug."),
            superseded_by: text("EXAMPLE-2026-0009"),
        }),
        informational: text("unsound"),
        aliases: vec!["CVE-2026-12345".into(), "GHSA-h7h7-6mx3-r89v".into()],
        related: list("CVE-2024-24576"),
        upstream: list("CVE-2025-9999"),
        cwe: list("CWE-416"),
        severity: text("high"),
        exploited: text("poc"),
        categories: list("memory-corruption"),
        impact: text("Line one.\n+++\nLine two."),
        cvss: vec![Cvss {
            vector: "CVSS:3.1/…".into(), source: text("Example Org"), product: text("core")
        }],
        affected: vec![Affected {
            package: text("example-sys"),
            ecosystem: text("crates.io"),
            versions: vec![
                Range { introduced: "0".into(), end: End::Fixed("1.9.4".into()) },
                Range { introduced: "2.2.0".into(), end: End::LastAffected("2.2.0".into()) },
                Range { introduced: "3.0.0".into(), end: End::Open },
            ],
            unaffected: list("< 0.3.0"),
            git: Some(Git {
                repository: "https://example.org/x".into(),
                introduced: text("ba6f"),
                fixed: list("4e2b"),
            }),
            os: list("windows"),
            symbols: list("example::Pool::drop"),
            remediation: Some(Remediation { kind: "no-fix".into(), text: None }),
            ..Affected::default()
        }],
        references: vec![Reference { kind: "fix".into(), url: "https://example.org/commit/1".into() }],
        credits: vec![Credit { name: "A".into(), kind: text("finder"), contact: vec![], anonymous: true }],
        timeline: vec![Event { date, event: "Reported".into() }],
        revisions: vec![Revision { version: "1".into(), date, summary: "First published.".into() }],
    }
}

#[test]
fn the_normative_order_aligned() {
    let expected = r#"+++
id            = "EXAMPLE-2026-0001"
title         = "Use-after-free in \"Pool\""
published     = 2026-03-20T08:00:00Z
modified      = 2026-04-02
status        = "final"
withdrawn     = { date = 2026-03-20T08:00:00Z, reason = "No bug.", superseded_by = "EXAMPLE-2026-0009" }
informational = "unsound"
aliases       = ["CVE-2026-12345", "GHSA-h7h7-6mx3-r89v"]
related       = ["CVE-2024-24576"]
upstream      = ["CVE-2025-9999"]
cwe           = ["CWE-416"]
severity      = "high"
exploited     = "poc"
categories    = ["memory-corruption"]
impact        = "Line one.\n+++\nLine two."
[[cvss]]
vector  = "CVSS:3.1/…"
source  = "Example Org"
product = "core"
[[affected]]
package     = "example-sys"
ecosystem   = "crates.io"
versions    = [
  { introduced = "0", fixed = "1.9.4" },
  { introduced = "2.2.0", last_affected = "2.2.0" },
  { introduced = "3.0.0" },
]
unaffected  = ["< 0.3.0"]
git         = { repository = "https://example.org/x", introduced = "ba6f", fixed = ["4e2b"] }
platforms   = { os = ["windows"] }
symbols     = ["example::Pool::drop"]
remediation = { kind = "no-fix" }
[[reference]]
kind = "fix"
url  = "https://example.org/commit/1"
[[credit]]
name      = "A"
type      = "finder"
anonymous = true
[[timeline]]
date  = 2026-03-20T08:00:00Z
event = "Reported"
[[revision]]
version = "1"
date    = 2026-03-20T08:00:00Z
summary = "First published."
+++
"#;
    assert_eq!(full().write(), expected);
}

fn parse(written: &str) -> toml::Table {
    let toml = written.strip_prefix("+++\n").and_then(|rest| rest.strip_suffix("+++\n")).unwrap();
    assert!(toml.lines().all(|line| line != "+++"), "the front matter ends early");
    toml.parse().unwrap()
}

#[test]
fn what_is_written_is_toml() {
    assert_eq!(parse(&full().write())["impact"].as_str(), full().impact.as_deref());
}

proptest! {
    #[test]
    fn any_text_comes_back(title in any::<String>(), url in "\\PC*|[\u{0}-\u{9f}]*") {
        let matter = FrontMatter {
            title: title.clone(),
            references: vec![Reference { kind: "web".into(), url: url.clone() }],
            ..FrontMatter::default()
        };
        let table = parse(&matter.write());
        prop_assert_eq!(table["title"].as_str(), Some(title.as_str()));
        prop_assert_eq!(table["reference"][0]["url"].as_str(), Some(url.as_str()));
    }
}
