//! A change of one fact in one file is seen, and sound files are quiet.

use crate::formats;
use crate::routes::OutPath;
use crate::site::{Site, sample};

const POLICY: &str = r#"
[site]
base_url = "https://security.example.org/"
[policy]
reviewed = 2026-11-01
[project]
name = "Example"
[disclosure]
cve = { org_id = "8254265b-2729-46b6-b9e3-3dfca2d5bfca" }
[[contact]]
kind = "email"
address = "security@example.org"
[[product]]
id = "core"
name = "Core & more"
purl = "pkg:cargo/core"
releases = ["2.1.0", "2.0.0", "1.9.4", "1.9.0", "1.0.0"]
"#;

const ADVISORY: &str = r#"+++
id = "EX-2026-0001"
title = "A hole"
published = 2026-03-01
modified = 2026-03-05
aliases = ["CVE-2026-0001"]
exploited = "poc"
[[cvss]]
vector = "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H"
[[cvss]]
vector = "CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N"
[[affected]]
product = "core"
versions = [{ introduced = "1.0.0", fixed = "1.9.4" }, { introduced = "2.0.0", fixed = "2.1.0" }]
[[affected]]
package = "helper"
ecosystem = "npm"
versions = [{ introduced = "0", last_affected = "3.1.0" }]
[[credit]]
name = "Ana O'Neill"
[[credit]]
name = "あ"
+++
Text.
"#;

const WITHDRAWN: &str = r#"+++
id = "EX-2026-0002"
title = "No hole"
published = 2026-02-01
severity = "low"
withdrawn = { date = 2026-02-03, reason = "It was none." }
[[affected]]
product = "core"
versions = [{ introduced = "1.0.0" }]
+++
"#;

fn site() -> Site {
    let files = [
        ("policy.toml", POLICY),
        ("advisories/EX-2026-0001.md", ADVISORY),
        ("advisories/EX-2026-0002.md", WITHDRAWN),
    ];
    let (site, diags) = sample::site(&sample::sources(files));
    assert_eq!(site.advisories.len(), 2, "{diags:?}");
    site
}

/// What is found once `from` is `to` in a file.
fn found(path: &str, from: &str, to: &str) -> Vec<String> {
    let site = site();
    let mut plan = formats::plan(&site);
    let at = OutPath::parse(path).unwrap();
    let bytes = plan.bake_one(&site, &at).unwrap_or_else(|| panic!("no {path}")).unwrap().into_owned();
    let text = String::from_utf8(bytes).unwrap();
    assert!(text.contains(from), "{path} has no {from}:\n{text}");
    plan.bend(&at, text.replacen(from, to, 1).into_bytes());
    super::run(&site, &plan).into_iter().map(|finding| finding.message).collect()
}

/// Every one of these changes is seen, in the file in which it is.
fn seen(path: &str, changes: &[(&str, &str)]) {
    for (from, to) in changes {
        let messages = found(path, from, to);
        assert!(
            messages.iter().any(|it| it.contains(path)),
            "{path}: {from} → {to} was not seen: {messages:?}"
        );
    }
}

#[test]
fn sound_files_are_quiet() {
    assert_eq!(found("osv/x_EX-2026-0001.json", "A hole", "A hole"), [""; 0]);
}

#[test]
fn a_finding_names_both_files_and_both_values() {
    let cve = "cve/CVE-2026-0001.json";
    let found = found(cve, "\"lessThan\": \"1.9.4\"", "\"lessThan\": \"1.9.0\"");
    let page = "advisories/EX-2026-0001/index.html";
    let expected =
        format!("`{page}` and `{cve}` differ about Core & more `1.9.0`: affected and not affected");
    assert!(found.contains(&expected), "{found:?}");
}

#[test]
fn osv() {
    seen(
        "osv/x_EX-2026-0001.json",
        &[
            ("\"x_EX-2026-0001\"", "\"x_EX-2026-0009\""),
            ("\"2026-03-01T", "\"2026-03-02T"),
            ("\"2026-03-05T", "\"2026-03-06T"),
            ("\"CVE-2026-0001\"", "\"CVE-2026-0002\""),
            ("\"summary\"", "\"withdrawn\": \"2026-03-05T00:00:00Z\", \"summary\""),
            ("CVSS:3.1/AV:N/", "CVSS:3.1/AV:L/"),
            ("\"CRITICAL\"", "\"HIGH\""),
            ("Ana O'Neill", "Anna O'Neill"),
            ("\"introduced\": \"2.0.0\"", "\"introduced\": \"2.0.1\""),
            ("\"fixed\": \"2.1.0\"", "\"fixed\": \"2.1.1\""),
            ("\"last_affected\": \"3.1.0\"", "\"last_affected\": \"3.2.0\""),
            ("\"last_affected\": \"3.1.0\"", "\"fixed\": \"3.1.0\""),
            ("\"1.9.0\"", "\"1.9.4\""),
        ],
    );
    let whole = found("osv/x_EX-2026-0001.json", "{", "[{");
    assert!(whole[0].starts_with("`osv/x_EX-2026-0001.json` cannot be read back: "), "{whole:?}");
}

#[test]
fn csaf() {
    seen(
        "csaf/white/2026/ex-2026-0001.json",
        &[
            ("\"id\": \"EX-2026-0001\"", "\"id\": \"EX-2026-0009\""),
            ("\"initial_release_date\": \"2026-03-01", "\"initial_release_date\": \"2026-03-02"),
            ("\"current_release_date\": \"2026-03-05", "\"current_release_date\": \"2026-03-06"),
            ("\"cve\": \"CVE-2026-0001\"", "\"cve\": \"CVE-2026-0002\""),
            ("\"text\": \"Critical\"", "\"text\": \"High\""),
            ("CVSS:3.1/AV:N/", "CVSS:3.1/AV:L/"),
            ("\"baseScore\": 9.8", "\"baseScore\": 9.7"),
            ("\"baseSeverity\": \"CRITICAL\"", "\"baseSeverity\": \"HIGH\""),
            ("Ana O'Neill", "Anna O'Neill"),
            ("vers:cargo/>=1.0.0|<1.9.4", "vers:cargo/>=1.0.1|<1.9.4"),
            ("vers:cargo/>=1.0.0|<1.9.4", "vers:cargo/>=1.0.0|<1.9.5"),
            ("\"name\": \"2.1.0\"", "\"name\": \"2.2.0\""),
            ("\"known_affected\"", "\"under_investigation\""),
        ],
    );
    seen("csaf/white/2026/ex-2026-0002.json", &[("Reasoning for Withdrawal", "Reasoning")]);
}

#[test]
fn cve() {
    seen(
        "cve/CVE-2026-0001.json",
        &[
            ("\"advisory\": \"EX-2026-0001\"", "\"advisory\": \"EX-2026-0009\""),
            ("\"cveId\": \"CVE-2026-0001\"", "\"cveId\": \"CVE-2026-0002\""),
            ("\"datePublic\": \"2026-03-01", "\"datePublic\": \"2026-03-02"),
            ("\"dateUpdated\": \"2026-03-05", "\"dateUpdated\": \"2026-03-06"),
            ("CVSS:4.0/AV:N/", "CVSS:4.0/AV:L/"),
            ("\"baseScore\": 9.8", "\"baseScore\": 9.7"),
            ("Ana O'Neill", "Anna O'Neill"),
            ("\"version\": \"2.0.0\"", "\"version\": \"2.0.1\""),
            ("\"lessThan\": \"1.9.4\"", "\"lessThan\": \"1.9.5\""),
            ("\"lessThanOrEqual\": \"3.1.0\"", "\"lessThan\": \"3.1.0\""),
            ("\"status\": \"affected\"", "\"status\": \"unaffected\""),
        ],
    );
}

#[test]
fn page() {
    seen(
        "advisories/EX-2026-0001/index.html",
        &[
            ("<span class=\"mono\">EX-2026-0001<", "<span class=\"mono\">EX-2026-0009<"),
            ("published <time datetime=\"2026-03-01", "published <time datetime=\"2026-03-02"),
            ("updated <time datetime=\"2026-03-05", "updated <time datetime=\"2026-03-06"),
            ("<h1>", "<h1 class=\"struck\">"),
            ("sev sev-critical", "sev sev-high"),
            ("9.8 Critical (CVSS 3.1)", "9.7 Critical (CVSS 3.1)"),
            ("CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H</span>", "CVSS:3.1/AV:N</span>"),
            ("<bdi>あ</bdi>", "<bdi>い</bdi>"),
            ("1.0.0 and later, before 1.9.4", "1.0.1 and later, before 1.9.4"),
            (">2.1.0</a></td>", ">2.2.0</a></td>"),
            ("3.1.0 and earlier", "3.1 and up"),
            (">1.9.0</a>, <a", ">1.9.4</a>, <a"),
            ("Affected</td>", "Not affected</td>"),
        ],
    );
}

#[test]
fn openvex() {
    seen(
        "vex/core.openvex.json",
        &[
            (
                "\"timestamp\": \"2026-03-01T00:00:00Z\",\n      \"last",
                "\"timestamp\": \"2026-03-02T00:00:00Z\",\n      \"last",
            ),
            (
                "\"last_updated\": \"2026-03-05T00:00:00Z\",\n      \"products",
                "\"last_updated\": \"2026-03-06T00:00:00Z\",\n      \"products",
            ),
            ("\"status\": \"affected\"", "\"status\": \"not_affected\""),
            ("\"status\": \"fixed\"", "\"status\": \"not_affected\""),
            ("\"@id\": \"pkg:cargo/core@1.9.0\"", "\"@id\": \"pkg:cargo/core@1.9.4\""),
            ("advisories/EX-2026-0001/\"", "advisories/EX-2026-0003/\""),
        ],
    );
    let found = found("vex/core.openvex.json", "\"status\": \"not_affected\"", "\"status\": \"affected\"");
    assert!(found[0].contains("withdrawn"), "{found:?}");
}

#[test]
fn feeds_and_lists() {
    let url = "security.example.org/advisories/EX-2026-0001/";
    let gone = "security.example.org/advisories/EX-2026-0009/";
    seen(
        "feed.atom",
        &[
            (&format!("<id>https://{url}"), &format!("<id>https://{gone}")),
            ("<published>2026-03-01", "<published>2026-03-02"),
            ("<title>Withdrawn: ", "<title>"),
        ],
    );
    seen(
        "feeds/product/core.rss",
        &[("<pubDate>Sun, 01 Mar", "<pubDate>Mon, 02 Mar"), ("<title>Withdrawn: ", "<title>")],
    );
    seen(
        "feeds/severity/critical.json",
        &[
            ("\"date_published\": \"2026-03-01", "\"date_published\": \"2026-03-02"),
            ("\"date_modified\": \"2026-03-05", "\"date_modified\": \"2026-03-06"),
            (&format!("\"url\": \"https://{url}"), &format!("\"url\": \"https://{gone}")),
        ],
    );
    seen("osv/all.json", &[("x_EX-2026-0001", "x_EX-2026-0002"), ("2026-03-05", "2026-03-06")]);
    seen(
        "csaf/white/csaf-feed-tlp-white.json",
        &[
            ("\"id\": \"EX-2026-0001\"", "\"id\": \"EX-2026-0009\""),
            ("\"published\": \"2026-03-01", "\"published\": \"2026-03-02"),
        ],
    );
    seen(
        "csaf/white/changes.csv",
        &[("2026/ex-2026-0001", "2026/ex-2026-0009"), ("2026-03-05", "2026-04-06")],
    );
}
