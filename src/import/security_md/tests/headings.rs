//! What the report says of headings, and of files that are no policy.

use super::imported_as;

/// The findings of an import: rule and line.
fn findings(path: &str, text: &str) -> Vec<(&'static str, usize)> {
    let report = imported_as(path, text).report;
    report.notes.iter().filter_map(|note| Some((note.rule?.id, note.line))).collect()
}

#[test]
fn headings_are_judged_where_the_file_is_seen() {
    let check = |text: &str, expected: &[(&str, usize)]| {
        let text = format!("{text}\n\nMail security@acme.example.\n");
        assert_eq!(findings("SECURITY.md", &text), expected, "{text}");
    };
    check("<!-- a licence -->\n\nText.\n\nMore.", &[("heading-none", 3)]);
    check("# Security", &[]);
    check("Security\n========\n\n## Versions\n\n### Old\n\n## More", &[]);
    check("Text.\n\n## Security\n\n### Versions", &[("heading-no-h1", 3)]);
    check("## Versions\n\n# Security", &[]);
    check(
        "# Security\n\n## Report\n\n# Sécurité\n\n## Signaler\n\n# 安全",
        &[("heading-many-h1", 5), ("heading-many-h1", 9)],
    );
    check("# Security\n\n### Versions\n\n#### Old", &[("heading-level", 3)]);
    check("# Security\n\n```sh\n# not one\n#### nor this\n```", &[]);
}

#[test]
fn headings_of_other_markups_are_too() {
    let adoc = "= Security\n\nMail security@acme.example.\n\n==== Deep\n\nText.\n\n= Again\n\nText.\n";
    assert_eq!(findings("a.adoc", adoc), [("heading-many-h1", 9), ("heading-level", 5)]);
    let rst = "Mail security@acme.example.\n\nText of more lines.\n";
    assert_eq!(findings("a.rst", rst), [("heading-none", 1)]);
}

#[test]
fn a_file_that_says_nothing_of_reports_is_no_policy() {
    let list = "# Checklist\n\n- [ ] Passwords are hashed\n- [x] Dependencies are kept up to date\n";
    assert_eq!(findings("SECURITY.md", list), [("policy-none", 1)]);
    let silent = "# Security\n\nVulnerabilities may be reported in private.\n";
    assert_eq!(findings("SECURITY.md", silent), [("missing-contact", 1)]);
}

#[test]
fn the_report_names_rule_and_level() {
    let report = imported_as("SECURITY.md", "Keep your dependencies fresh.\n").report;
    let text = report.to_string();
    assert!(text.contains("\n    1  error[policy-none]: [[contact]]: the file names none"), "{text}");
    assert!(text.contains("\n    1  note[heading-none]: no heading: "), "{text}");
    let json = report.to_json();
    let note = json["notes"].as_array().unwrap().iter().find(|note| note["rule"] == "policy-none");
    assert_eq!(note.unwrap()["level"], "error");
    assert!(json["notes"][0].get("rule").is_none(), "{json}");
}
