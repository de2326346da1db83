//! Policies in reStructuredText and AsciiDoc.

use super::{import, is_stable, options, written};
use crate::import::security_md::Imported;

/// Imports a text; what is written from it is the same again, and no word of it is gone but those of `spared`.
fn imported(path: &str, text: &str, spared: &[&str]) -> Imported {
    let imported = import(path, text.as_bytes(), &options()).unwrap();
    let back = written(&imported).unwrap();
    assert!(is_stable(&imported, path, &options(), true) || is_stable(&imported, path, &options(), false));
    for word in text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
        assert!(spared.contains(&word) || back.contains(word), "`{word}` is lost:\n{back}");
    }
    imported
}

const ROWS: [&str; 3] = [
    "versions   = \"2.x\"\nstatus     = \"supported\"",
    "versions   = \"< 2.0\"\nstatus     = \"unsupported\"",
    "<!-- secsite:support product=example -->",
];

const LIST: &str = "Security Policy\n===============\n\nSupported Versions\n------------------\n\nThese get fixes:\n\n.. list-table::\n   :header-rows: 1\n   :widths: 10 20\n\n   * - Version\n     - Supported\n   * - 2.x\n     - Yes\n   * - < 2.0\n     - No\n\nReporting\n---------\n\nMail security@acme.example.\n";

#[test]
fn tables_of_versions_become_facts() {
    let grid = "Security\n########\n\nSupported Versions\n==================\n\n+---------+-----------+\n| Version | Supported |\n+=========+===========+\n| 2.x     | Yes       |\n+---------+-----------+\n| < 2.0   | No        |\n+---------+-----------+\n";
    let simple = "Security\n########\n\nSupported Versions\n==================\n\n======= =========\nVersion Supported\n======= =========\n2.x     Yes\n< 2.0   No\n======= =========\n\nText.\n";
    let boxed = "Security\n########\n\nSupported Versions\n==================\n\n.. code-block:: text\n\n    ┌─────────┬───────────┐\n    │ Version │ Supported │\n    ├─────────┼───────────┤\n    │ 2.x     │ Yes       │\n    ├─────────┼───────────┤\n    │ < 2.0   │ No        │\n    └─────────┴───────────┘\n";
    let adoc = "= Security\n\n== Supported Versions\n\n[cols=\"1,2\",options=\"header\"]\n|===\n|Version |Supported\n|2.x |:white_check_mark:\n|< 2.0 |:x:\n|===\n";
    let spaced = "= Security\n\n== Supported Versions\n\n|===\n| Version | Supported\n\n| 2.x\n| Yes\n\n| < 2.0\n| No\n|===\n";
    for (path, text) in [
        ("a.rst", LIST),
        ("a.rst", grid),
        ("a.rst", simple),
        ("a.rst", boxed),
        ("a.adoc", adoc),
        ("a.adoc", spaced),
    ] {
        let spared = [
            "list", "table", "header", "rows", "widths", "10", "20", "1", "code", "block", "text", "cols",
            "options",
        ];
        let imported = imported(path, text, &[&spared[..], &["white", "check", "mark", "x"]].concat());
        for piece in ROWS {
            assert!(imported.policy.contains(piece), "{piece}\n--- is not in ---\n{}", imported.policy);
        }
        let note = |what: &str| imported.report.notes.iter().any(|note| note.outcome.contains(what));
        assert!(note("written as a table of Markdown"), "{:?}", imported.report.notes);
    }
}

#[test]
fn other_tables_stay_text_and_the_report_says_so() {
    for (path, text) in [
        (
            "a.rst",
            "Security\n========\n\nSupported Versions\n------------------\n\n.. list-table::\n\n   * - 2.x\n     - Yes\n",
        ),
        ("a.rst", "Security\n========\n\n+-----+-----+\n| 2.x | Yes |\n+-----+-----+\n"),
        (
            "a.adoc",
            "= Security\n\n== Supported Versions\n\n[%header]\n|===\n|Version |Supported\n2+|all\n|===\n",
        ),
    ] {
        let imported = imported(path, text, &[]);
        assert!(!imported.policy.contains("[[product]]"), "{}", imported.policy);
        let note = imported.report.notes.iter().find(|note| note.what.starts_with("table of ")).unwrap();
        assert!(note.outcome.starts_with("kept as text, and no fact is read from it: "), "{note:?}");
        assert!(
            text.lines().nth(note.line - 1).is_some_and(|line| line.starts_with(['.', '+', '['])),
            "{note:?}"
        );
    }
}

#[test]
fn the_report_names_lines_of_the_source() {
    let report =
        imported("SECURITY.rst", LIST, &["list", "table", "header", "rows", "widths", "10", "20", "1"])
            .report;
    for entry in report.entries.iter().filter(|entry| entry.kind != "table row") {
        let line = LIST.lines().nth(entry.line - 1).unwrap();
        assert!(line.contains(&entry.text), "{entry:?} is not {line}");
    }
}

#[test]
fn comments_of_asciidoc_are_kept_and_not_shown() {
    let text = "= Security\n\n// keep in step\n== Reporting\n\nMail security@acme.example.\n// not this one\n\n----\n// code\n----\n";
    let imported = imported("a.adoc", text, &[]);
    assert!(imported.policy.contains("<!-- not this one -->"), "{}", imported.policy);
    assert!(imported.policy.contains("\n// code\n"), "{}", imported.policy);
}

#[test]
fn a_whole_policy_inside_of_a_directive_is_the_policy() {
    let title =
        "SECURITY.md\n===========\n\nLast edited: 2026-07-31 23:00:16\n\nContents:\n\n.. code-block:: md\n\n";
    let all =
        "    # Security Policy\n\n    ## Reporting a Vulnerability\n\n    Mail security@acme.example.\n";
    let once = "    ## Supported Versions\n\n| Version | Supported |\n| --- | --- |\n| 2.x | yes |\n\n## Reporting\n\nMail security@acme.example.\n";
    for text in [all, once] {
        let imported = imported("SECURITY.rst", &format!("{title}{text}"), &["code", "block", "md"]);
        for piece in ["address = \"security@acme.example\"", "reviewed = 2026-07-31", "title = \"Reporting"] {
            assert!(imported.policy.contains(piece), "{piece}\n--- is not in ---\n{}", imported.policy);
        }
        let note = imported.report.notes.iter().find(|note| note.what.starts_with("directive")).unwrap();
        assert_eq!(note.line, 8);
        let mail = imported.report.entries.iter().find(|entry| entry.text.starts_with("Mail")).unwrap();
        assert!(title.lines().chain(text.lines()).nth(mail.line - 1).unwrap().contains("Mail"), "{mail:?}");
    }
}

#[test]
fn notes_name_lines_of_the_source_too() {
    let text = "Security\n========\n\n\n\nReporting\n---------\n\nMail security@acme.example.\n\nDo not use old@acme.example.\n";
    let report = imported("SECURITY.rst", text, &[]).report;
    let note = report.notes.iter().find(|note| note.what.contains("old@")).unwrap();
    assert_eq!(note.line, 11, "{:?}", report.notes);
}

#[test]
fn links_of_asciidoc_are_links() {
    let text = "////\nLicensed to those who\n\nread it.\n////\n= Security Policy\n\n== Supported Versions\n\nThe list of versions is\nhttps://docs.acme.example/versions[in the documentation].\n\n== Reporting a Vulnerability\n\n*Please note:* mail the team at: mailto:security@acme.example[security@acme.example]\n\nUse our https://acme.example/keys/team.asc[key] or\n\n* **GitHub**: link:https://github.com/acme/tool/security/advisories/new[New Advisory]\n";
    let imported = imported("SECURITY.adoc", text, &["link"]);
    for piece in [
        "[in the documentation](https://docs.acme.example/versions).",
        "**Please note:** mail the team at: [security@acme.example](mailto:security@acme.example)",
        "Use our [key](https://acme.example/keys/team.asc) or",
        "* **GitHub**: [New Advisory](https://github.com/acme/tool/security/advisories/new)",
        "address = \"security@acme.example\"",
        "kind = \"github\"",
        "header = \"\"\"\n<!--\nLicensed to those who\n\nread it.\n-->",
    ] {
        assert!(imported.policy.contains(piece), "{piece}\n--- is not in ---\n{}", imported.policy);
    }
    let note = imported.report.notes.iter().find(|note| note.what.contains("links and emphasis")).unwrap();
    assert_eq!((note.line, note.what.as_str()), (11, "links and emphasis of AsciiDoc"));
}

#[test]
fn references_of_restructured_text_are_links() {
    let text = ".. _security:\n\nSecurity\n========\n\nReporting\n---------\n\nSend reports via `GitHub Security\nAdvisory <https://github.com/acme/tool/security/advisories/new>`_, as ``tool --version``\nsays, or to `the team <security@acme.example>`_.\nSee :ref:`more <label>` and hashlib_ in `the docs`_.\n\n.. code-block:: sh\n\n   curl `x <https://acme.example/x>`_\n\n.. _hashlib: https://docs.acme.example/hashlib\n.. _the docs: https://docs.acme.example/\n";
    let imported = imported("SECURITY.rst", text, &[]);
    for piece in [
        "[GitHub Security\nAdvisory](https://github.com/acme/tool/security/advisories/new), as ``tool --version``\nsays",
        "to [the team](mailto:security@acme.example).\n",
        ":ref:`more <label>` and [hashlib](https://docs.acme.example/hashlib) in [the docs](https://docs.acme.example/).",
        "curl `x <https://acme.example/x>`_",
        "[the docs]: <https://docs.acme.example/>",
        "<!-- _security: -->",
        "address = \"security@acme.example\"",
        "kind = \"github\"",
    ] {
        assert!(imported.policy.contains(piece), "{piece}\n--- is not in ---\n{}", imported.policy);
    }
    // Each statement is at its line, though a link of two lines is before it.
    let entry = imported.report.entries.iter().find(|entry| entry.text.starts_with("Send reports")).unwrap();
    assert_eq!(entry.line, 9, "{entry:?}");
    let lines: Vec<usize> = imported.report.entries.iter().map(|entry| entry.line).collect();
    assert!(lines.is_sorted() && *lines.last().unwrap() >= 14, "{lines:?}");
}
