//! What careful readers of three hundred policies saw go wrong, one by one.

use super::{check, imported};

#[test]
fn two_tables_in_one_section() {
    let policy = imported("# S\n\n## Supported Versions\n\n| Version | Supported |\n|---|---|\n| 5.x | yes |\n\nLatest:\n\n| Version | Supported |\n|---|---|\n| 4.5.x | no |\n").policy;
    assert_eq!(policy.matches("[[product.support]]").count(), 2, "{policy}");
}

#[test]
fn a_table_added_below_that_contradicts_the_first() {
    let policy = imported("# S\n\n## Supported Versions\n\n| Version | Supported |\n|---|---|\n| 5.0.x | yes |\n\n## Reporting\n\nMail a@acme.example.\n\n| Verson | Supported |\n|---|---|\n| 5.0.x | :x: |\n").policy;
    assert!(policy.contains("versions   = \"5.0.x\"\nstatus     = \"supported\""), "{policy}");
    assert!(policy.contains("versions   = \"5.0.x\"\nstatus     = \"unsupported\""), "{policy}");
}

#[test]
fn signs_that_a_machine_translated() {
    let policy = imported("# S\n\n## Versiones soportadas\n\n| Versión | Soportado |\n|---|---|\n| 5.x | :marca_de_verificación_blanca: |\n| 4.x | :npm: |\n| 3.x | :x: |\n").policy;
    for cell in [":marca_de_verificación_blanca:", ":npm:"] {
        assert!(policy.contains(&format!("as_printed = \"{cell}\"")), "{policy}");
    }
    assert!(policy.contains("status     = \"unknown\"\nas_printed = \":npm:\""), "{policy}");
}

#[test]
fn an_address_a_key_and_a_person_in_one_row() {
    check(
        "# S\n\n## Contact\n\n| Who | Mail | Key |\n|---|---|---|\n| Ann | ann@acme.example | 0123 4567 89AB CDEF 0123 4567 89AB CDEF 0123 4567 |\n",
        &["address = \"ann@acme.example\""],
    );
    // Whoever holds a key is not asked for it.
    let policy = imported("# S\n\n## Reporting\n\nMail security@acme.example.\n\n## PGP Keys\n\n- Ann <ann@acme.example> signs releases\n").policy;
    assert_eq!(policy.matches("[[contact]]").count(), 1, "{policy}");
}

#[test]
fn lines_with_signs_and_lists_of_ones() {
    check(
        "# S\n\n## What to Include\n\nPlease include:\n\n1. Steps\n1. Impact\n1. Release\n",
        &[
            "{ text = \"Steps\" },\n  { text = \"Impact\" },\n  { text = \"Release\" },",
            "1. Steps\n1. Impact\n1. Release",
        ],
    );
    check(
        "# S\n\n## Plan\n\n1. **Day 0**: Reported\n2. **Day 14**: Released\n",
        &["{ day = \"14\", text = \"Released\" }", "2. **Day 14**: Released"],
    );
    check("# S\n\n## Features\n\n✅ **One**: a\n✅ **Two**: b\n", &["✅ **One**: a\n✅ **Two**: b"]);
}

#[test]
fn one_document_in_two_languages() {
    let policy = imported("# Security Policy\n\n## Reporting / 報告方法\n\nMail a@acme.example.\n\n# セキュリティポリシー\n\n## 報告方法\n\na@acme.example まで。\n").policy;
    assert_eq!(policy.matches("[[contact]]").count(), 1, "{policy}");
    assert!(
        policy.contains("セキュリティポリシー") && policy.contains("title = \"Reporting / 報告方法\""),
        "{policy}"
    );
}

#[test]
fn comments_that_steer_other_programs() {
    let text = "<!-- last_synced: 2024-01-01 -->\n# S\n\n<!-- Include start supported versions -->\n\n| Version | Supported |\n|---|---|\n| 2.x | yes |\n\n<!-- Include end supported versions -->\n";
    let policy = imported(text).policy;
    assert!(
        policy.contains("last_synced: 2024-01-01") && policy.contains("reviewed = 1990-01-01"),
        "{policy}"
    );
}

#[test]
fn an_issue_is_a_noun() {
    for text in [
        "To report a security issue, mail a@acme.example.",
        "If you find an issue, mail a@acme.example.",
        "Security issues are taken seriously. If you discover an issue, please notify the security team.",
    ] {
        let policy = imported(&format!("# S\n\n## Reporting a Vulnerability\n\n{text}\n")).policy;
        assert!(!policy.contains("issue-tracker"), "{text}\n{policy}");
    }
}
