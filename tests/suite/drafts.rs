//! Drafts and embargoed advisories leave no trace: not in a byte, a name or a count of the output, nor in what is said.

use std::io::{Cursor, Read as _};

use crate::project::{DATE, Project, Ran, advisory, assert_same};

/// Every text that only hidden files hold.
const CANARIES: &[&str] = &["zqxCANARY", "EXAMPLE-2026-0666", "EXAMPLE-2026-0667", "98765431", "99.98.97"];

/// A hidden advisory whose every field holds something that is nowhere else.
fn hidden(id: &str, state: &str) -> String {
    format!(
        r#"+++
id = "{id}"
title = "zqxCANARYtitle"
published = 2026-03-21
modified = 2026-03-22
{state}
aliases = ["CVE-2026-98765431"]
related = ["CVE-2025-98765431"]
upstream = ["CVE-2024-98765431"]
cwe = ["CWE-416"]
exploited = "in-the-wild"
categories = ["zqxCANARYcategory"]
impact = "zqxCANARYimpact"
withdrawn = {{ date = 2026-04-01, reason = "zqxCANARYreason" }}

[[cvss]]
vector = "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:C/C:H/I:H/A:H"
source = "zqxCANARYsource"

[[affected]]
product = "core"
versions = [{{ introduced = "99.98.97", fixed = "99.98.98" }}]
git = {{ repository = "https://example.net/zqxCANARYgit", introduced = "ba6f20a244", fixed = ["4e2b52b5f7"] }}
symbols = ["zqxCANARYsymbol"]
remediation = {{ kind = "workaround", text = "zqxCANARYremediation" }}

[[affected]]
package = "zqxCANARYpackage"
ecosystem = "crates.io"
versions = [{{ introduced = "0" }}]

[[reference]]
url = "https://example.net/zqxCANARYreference"

[[credit]]
name = "zqxCANARYcredit"
contact = ["https://example.net/zqxCANARYcontact"]

[[timeline]]
date = 2026-03-05
event = "zqxCANARYevent"

[[revision]]
version = "1.0.0"
date = 2026-03-21
summary = "zqxCANARYrevision"
+++

zqxCANARYbody, see [it](https://example.net/zqxCANARYlink).

## zqxCANARYheading
"#
    )
}

fn with_hidden() -> Project {
    let project = Project::new();
    project.write("advisories/EXAMPLE-2026-0666.md", hidden("EXAMPLE-2026-0666", "status = \"draft\""));
    let embargo = "embargo = { until = 2098-01-01T00:00:00Z, shared_with = [\"zqxCANARY@example.org\"] }";
    project.write("advisories/2026/EXAMPLE-2026-0667.md", hidden("EXAMPLE-2026-0667", embargo));
    project
}

fn is_silent(text: &str) {
    for canary in CANARIES {
        assert!(!text.contains(canary), "{canary} in\n{text}");
    }
}

/// The files of an archive: a canary within is not found in the archive's own bytes.
fn unpacked(archive: &[u8]) -> Vec<(String, Vec<u8>)> {
    let mut archive = zip::ZipArchive::new(Cursor::new(archive)).unwrap();
    let mut files = Vec::new();
    for at in 0..archive.len() {
        let mut file = archive.by_index(at).unwrap();
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).unwrap();
        files.push((file.name().unwrap().into_owned(), bytes));
    }
    assert!(!files.is_empty());
    files
}

#[test]
fn the_output_is_as_if_they_were_not_there() {
    for seal in ["--unsigned", "--preview"] {
        let project = with_hidden();
        let said = project.run(&format!("build {seal} --date {DATE} -v")).exits(0);
        is_silent(&said.stderr);
        is_silent(&said.stdout);
        let with = project.output();
        for (path, bytes) in &with {
            is_silent(path);
            is_silent(&String::from_utf8_lossy(bytes));
        }
        for (path, bytes) in unpacked(&with["osv/all.zip"]) {
            is_silent(&path);
            is_silent(&String::from_utf8_lossy(&bytes));
        }
        let without = Project::new();
        without.run(&format!("build {seal} --date {DATE}")).exits(0);
        assert_same(&with, &without.output());
    }
}

#[test]
fn no_message_tells() {
    let project = with_hidden();
    for format in ["human", "json", "sarif", "github"] {
        for command in ["build --unsigned", "check"] {
            let said = project.run(&format!("--format {format} {command} --date {DATE} -vv")).exits(0);
            is_silent(&said.stderr);
            is_silent(&said.stdout);
        }
    }
}

#[test]
fn logs_that_others_read_do_not_quote_a_broken_draft() {
    let breaks = [
        ("title = \"zqxCANARYtitle\"", "title = zqxCANARYtitle"),
        ("cwe = [", "zqxCANARYkey = ["),
        ("[\"CWE-416\"]", "[\"zqxCANARYcwe\"]"),
        ("published = 2026-03-21", "published = \"zqxCANARYdate\""),
        ("product = \"core\"", "product = \"zqxCANARYproduct\""),
        ("\n+++\n\nzqx", "\n\nzqx"),
        ("exploited = \"in-the-wild\"", "exploited = \"zqxCANARYword\""),
    ];
    for (from, to) in breaks {
        let project = with_hidden();
        project.edit("advisories/EXAMPLE-2026-0666.md", from, to);
        for format in ["human", "json", "sarif", "github"] {
            let args = ["--format", format, "build", "--unsigned", "--date", DATE];
            let said = Ran::of(project.command(args).env("CI", "true"));
            assert!(!said.stderr.contains("zqxCANARY"), "{}", said.stderr);
            assert!(!said.stdout.contains("zqxCANARY"), "{}", said.stdout);
        }
    }
}

/// What people write when they mean that it must not be published.
const TYPOS: &[&str] = &[
    "draft = true",
    "draft = \"true\"",
    "Draft = true",
    "publish = false",
    "Status = \"draft\"",
    "STATUS = \"draft\"",
    "stauts = \"draft\"",
    "\"status \" = \"draft\"",
    "status = \"Draft\"",
    "status = \"DRAFT\"",
    "status = \"draft \"",
    "status = \"drafts\"",
    "status = \"dr\u{430}ft\"",
    "status = \"\"",
    "status = false",
    "status = [\"draft\"]",
    "status = draft",
    "status.draft = true",
    "embargo = 2098-01-01T00:00:00Z",
    "embargo = \"2098-01-01T00:00:00Z\"",
    "embargo = true",
    "embargo = {}",
    "embargo = { untill = 2098-01-01T00:00:00Z }",
    "embargo = { until = \"2098-01-01T00:00:00Z\" }",
    "embargo = { until = 2098-01-01T00:00:00 }",
    "embargo = { until = 2098-01-01 }",
    "embargo = { until = 08:00:00 }",
    "Embargo = { until = 2098-01-01T00:00:00Z }",
    "status = \"draft\"\nstatus = \"final\"",
];

#[test]
fn no_typo_publishes() {
    for typo in TYPOS {
        let project = Project::new();
        project.write("advisories/EXAMPLE-2026-0666.md", advisory("EXAMPLE-2026-0666", typo));
        let said = project.build();
        assert_eq!(said.code, Some(1), "{typo}: {}", said.stderr);
        assert!(said.stderr.contains("EXAMPLE-2026-0666.md:"), "{typo}: {}", said.stderr);
        assert!(project.output().is_empty(), "{typo}");
    }
}

#[test]
fn no_typo_shows_in_a_preview() {
    for typo in TYPOS {
        let project = Project::new();
        project.write("advisories/EXAMPLE-2026-0666.md", advisory("EXAMPLE-2026-0666", typo));
        project.run(&format!("build --preview --date {DATE}")).exits(0);
        for path in project.output().keys() {
            assert!(!path.contains("0666"), "{typo}: {path}");
        }
    }
}

#[test]
fn a_draft_is_a_draft_however_it_is_folded() {
    for state in [
        "status = 'draft'",
        "status = \"\"\"draft\"\"\"",
        "status = \"\\u0064raft\"",
        "\"status\" = \"draft\"",
    ] {
        let project = Project::new();
        project.write("advisories/EXAMPLE-2026-0666.md", advisory("EXAMPLE-2026-0666", state));
        project.build().exits(0);
        assert!(project.output().keys().all(|path| !path.contains("0666")), "{state}");
    }
}

#[test]
fn an_embargo_ends_when_both_clocks_say_so() {
    let page = "advisories/EXAMPLE-2026-0666/index.html";
    let project = Project::new();
    let file = "advisories/EXAMPLE-2026-0666.md";

    // Long over: published.
    project.write(file, advisory("EXAMPLE-2026-0666", "embargo = { until = 2025-01-01T09:00:00+09:00 }"));
    project.build().exits(0);
    assert!(project.output().contains_key(page));

    // Over by the clock, not by the date of the build: hidden.
    let text = advisory("EXAMPLE-2026-0666", "embargo = { until = 2025-01-01T09:00:00+09:00 }");
    project.write(file, text.replace("2026-03-20", "2024-12-31"));
    project.edit("policy.toml", "2026-11-01", "2024-12-01");
    project.edit("advisories/EXAMPLE-2026-0001.md", "2026-03-20", "2024-03-20");
    project.run("build --unsigned --date 2024-12-31T23:59:59Z").exits(0);
    assert!(!project.output().contains_key(page));
    project.run("build --unsigned --date 2025-01-01T00:00:00Z").exits(0);
    assert!(project.output().contains_key(page));

    // Over by the date of the build alone: refused, and the site stays as it was.
    let before = project.output();
    project.edit(file, "until = 2025-01-01T09", "until = 2098-01-01T09");
    project.edit("policy.toml", "2024-12-01", "2097-12-01");
    project.run("build --unsigned --date 2098-06-01T00:00:00Z").exits(1);
    let said = Ran::of(project.command(["build", "--unsigned"]).env("SOURCE_DATE_EPOCH", "4050000000"));
    said.exits(1).says("[embargo-clock]");
    assert_same(&before, &project.output());
}
