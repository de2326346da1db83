//! The forms in which people say where to report.

use super::{check, imported};

fn is_found(text: &str, pieces: &[&str]) {
    check(&format!("# Security Policy\n\n## Reporting a Vulnerability\n\n{text}\n"), pieces);
}

#[test]
fn an_address_in_any_dress() {
    for text in [
        "<security@acme.example>",
        "Mail [us](mailto:security@acme.example?subject=Security%20report).",
        "Mail [us](mailto:security%40acme.example).",
        "Mail [us][team].\n\n[team]: mailto:security@acme.example",
        "<a href=\"mailto:security@acme.example?subject=x\">Mail us</a>",
        "Please <a href='mailto:security@acme.example'>mail us</a>, and wait.",
        "<p align=\"center\">Mail <b>security@acme.example</b></p>",
        "| What | Where |\n|---|---|\n| Vulnerabilities | security@acme.example |\n| Chat | #acme |",
        "| What | Where |\n|---|---|\n| Vulnerabilities | [mail](mailto:security@acme.example) |",
        "- **E-mail:** `security@acme.example`",
        "1. Write to security&#64;acme&#46;example",
        "security<at>acme<dot>example",
        "Write to security at acme dot example.",
        "Write to `security` at `acme.example`.",
        "Write to security @ acme.example.",
        "> Mail security (at) acme (dot) example",
        "Mail **security@acme.example**; do not open an issue.",
        "### security@acme.example",
        "```\nsecurity@acme.example\n```",
        "Schreiben Sie an security@acme.example.",
        "メールは security@acme.example まで。",
    ] {
        is_found(text, &["kind    = \"email\"\naddress = \"security@acme.example\"\nfor     = [\"report\"]"]);
    }
}

#[test]
fn private_reports_on_github() {
    for text in [
        "Use [this form](https://github.com/acme/tool/security/advisories/new).",
        "Use [this form](../../security/advisories/new).",
        "Use [this form][new].\n\n[new]: https://github.com/acme/tool/security/advisories/new",
        "<a href=\"https://github.com/acme/tool/security/advisories/new\">Report it</a>",
        "Do not open a public issue; use GitHub's private vulnerability reporting.",
        "Please do not open an issue — go to the **Security** tab, then **Report a vulnerability**.",
        "Don’t post it in public, use GitHub’s “Report a vulnerability” button.",
        "Never report in public: create a private security advisory.",
        "Go to Security → Report a vulnerability.",
        "Open a GitHub security advisory, not an issue.",
    ] {
        is_found(text, &["kind = \"github\"\nfor  = [\"report\"]"]);
    }
}

#[test]
fn platforms_forms_and_chats() {
    for (text, piece) in [
        (
            "Report at https://huntr.com/repos/acme/tool.",
            "\"platform\"\naddress = \"https://huntr.com/repos/acme/tool\"",
        ),
        (
            "We are on [Bugcrowd](https://bugcrowd.com/engagements/acme).",
            "\"platform\"\naddress = \"https://bugcrowd.com/engagements/acme\"",
        ),
        (
            "Report through [HackerOne][h1].\n\n[h1]: https://hackerone.com/acme?type=team",
            "\"platform\"\naddress = \"https://hackerone.com/acme?type=team\"",
        ),
        (
            "Report at https://acme.responsibledisclosure.com/hc.",
            "\"platform\"\naddress = \"https://acme.responsibledisclosure.com/hc\"",
        ),
        (
            "Report at https://bugzilla.acme.example/enter_bug.cgi?product=Tool.",
            "\"form\"\naddress = \"https://bugzilla.acme.example/enter_bug.cgi?product=Tool\"",
        ),
        (
            "Fill in [this form](https://forms.gle/abc) to report.",
            "\"form\"\naddress = \"https://forms.gle/abc\"",
        ),
        (
            "Report it in a direct message at https://signal.me/#p/1.",
            "\"chat\"\naddress = \"https://signal.me/#p/1\"",
        ),
    ] {
        is_found(text, &[piece]);
    }
}

#[test]
fn who_is_not_there_is_not_invented() {
    for text in [
        "Use this section to tell people how to report a vulnerability.",
        "Send a private report via email or private security channel.",
        "See also the [forum](https://forum.acme.example/) for discussion about the schemes.",
        "Name a contact as `/// @custom:security-contact security@example.com`.",
    ] {
        let policy =
            imported(&format!("# Security Policy\n\n## Reporting a Vulnerability\n\n{text}\n")).policy;
        assert!(!policy.contains("[[contact]]"), "{text}\n{policy}");
    }
}
