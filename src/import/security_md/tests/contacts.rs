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
        "Email the maintainer with:\n\n- the version\n- the steps",
        "1. Do not open a public issue\n2. Email the maintainers directly",
        "Please contact the maintainers privately.",
        "Mail the maintainers in private. For other bugs open an issue.",
        "```html\n<form action=\"https://acme.example/report\">Submit the form</form>\n```",
        "The module implements authorization, and messages are sent with private keys.",
        "Report it to the owners privately, see [CVE-2020-1](https://acme.example/vulnerabilities/CVE-2020-1).",
        "Users of wings@1.11.x should report that they send mail privately.",
    ] {
        let policy =
            imported(&format!("# Security Policy\n\n## Reporting a Vulnerability\n\n{text}\n")).policy;
        assert!(!policy.contains("[[contact]]"), "{text}\n{policy}");
    }
}

#[test]
fn who_is_named_without_an_address_is_told_in_the_report() {
    let text = "# S\n\n## Reporting\n\nDo not open an issue.\n\n- Email the maintainer with: a description\n";
    let report = imported(text).report;
    let note = report.notes.iter().find(|note| note.what.contains("Email the maintainer")).unwrap();
    assert_eq!((note.line, note.outcome.contains("nowhere how")), (7, true), "{note:?}");
}

#[test]
fn who_is_named_in_another_language_is_told_in_the_report_too() {
    for (heading, text) in [
        ("报告漏洞", "1. 请勿公开漏洞细节\n2. 通过电子邮件联系维护者"),
        ("報告漏洞", "請以電子郵件聯絡專案維護者，並附上重現步驟。"),
        ("脆弱性の報告", "公開の issue を作成せず、メンテナーにメールで連絡してください。"),
        ("취약점 제보", "메인테이너에게 이메일을 보내 주세요."),
        ("Sicherheitslücken melden", "Bitte schreiben Sie den Maintainern eine E-Mail."),
        ("Signaler une faille", "Veuillez contacter les mainteneurs par courriel."),
        ("Reportar una vulnerabilidad", "Envíe un correo electrónico a los mantenedores."),
        ("Relatar uma vulnerabilidade", "Envie um e-mail para os mantenedores."),
        ("Сообщить об уязвимости", "Напишите разработчикам на почту."),
    ] {
        let imported = imported(&format!("# S\n\n## {heading}\n\n{text}\n"));
        assert!(!imported.policy.contains("[[contact]]"), "{text}\n{}", imported.policy);
        let mut notes = imported.report.notes.iter();
        assert!(notes.any(|note| note.outcome.contains("nowhere how")), "{:?}", imported.report.notes);
    }
    is_found("请通过 GitHub 个人主页上的邮箱联系维护者。", &["kind    = \"person\""]);
}

#[test]
fn an_address_that_nobody_reads_is_no_contact() {
    for text in [
        "Use [this form](../../security/advisories/new). Do not use old@acme.example.",
        "Mail security@acme.example. Reports previously reported to old@acme.example are known.",
        "Mail security@acme.example. The list old@acme.example is no longer read.",
        "Mail security@acme.example\ninstead of old@acme.example.",
        "- security@acme.example\n- old@acme.example (deprecated)",
    ] {
        let imported = imported(&format!("# S\n\n## Reporting\n\n{text}\n"));
        assert_eq!(imported.policy.matches("[[contact]]").count(), 1, "{text}\n{}", imported.policy);
        assert!(!imported.policy.contains("address = \"old@acme.example\""), "{text}\n{}", imported.policy);
        let note = imported.report.notes.iter().find(|note| note.what == "`old@acme.example`").unwrap();
        assert!(note.line >= 5 && note.outcome.contains("no contact is made of it"), "{note:?}");
    }
    // Where the same address is asked for elsewhere, it is one.
    is_found("Do not use a@acme.example for questions.", &["address = \"a@acme.example\""]);
}

#[test]
fn a_person_behind_a_link_an_account_or_a_file() {
    for (text, address) in [
        (
            "To report a security vulnerability, contact [Ann](https://ann.example/) by mail.",
            "https://ann.example/",
        ),
        ("Please report it privately to @octo-cat.", "@octo-cat"),
        ("Mail the owners listed in package.json.", "Mail the owners listed in package.json."),
        ("Write to the address in my PGP key.", "Write to the address in my PGP key."),
    ] {
        is_found(text, &[&format!("kind    = \"person\"\naddress = \"{address}\"")]);
    }
}

#[test]
fn a_policy_elsewhere_behind_any_words() {
    for (text, address) in [
        (
            "https://acme.example/support.html#security-contact",
            "https://acme.example/support.html#security-contact",
        ),
        ("Follow [this](https://acme.example/security#bugs).", "https://acme.example/security#bugs"),
        (
            "For how to report, please see [the process](https://acme.example/p4.md).",
            "https://acme.example/p4.md",
        ),
        ("See our [bounty program](https://acme.example/bounty).", "https://acme.example/bounty"),
        ("See https://acme.example/policies.html", "https://acme.example/policies.html"),
    ] {
        is_found(text, &[&format!("kind    = \"policy\"\naddress = \"{address}\"")]);
    }
    // A manual about security links to pages with the word.
    let manual = "# Manual\n\n## Cookies\n\na\n\nb\n\nc\n\nd\n\ne\n\nf\n\ng\n\nh\n\nFor flags see [this](https://acme.example/security/flags).\n";
    assert!(!imported(manual).policy.contains("[[contact]]"));
}

#[test]
fn what_looks_like_an_address_and_is_none() {
    for text in [
        "An example is [GHSA-1](https://github.com/acme/tool/security/advisories/GHSA-1).",
        "See https://github.com/acme/tool/issues/243 for an example.",
        "The key is at https://keybase.io/acme/pgp_keys.asc?fingerprint=00.",
        "The packagers that we tell ahead of a public release:\n\n- Ann (ann@acme.example)",
    ] {
        let text = format!("# S\n\n## Reporting\n\nMail security@acme.example.\n\n{text}\n");
        let policy = imported(&text).policy;
        assert_eq!(policy.matches("[[contact]]").count(), 1, "{text}\n{policy}");
    }
    is_found(
        "Mail security@acme.example. Fixes go to tool-announce@lists.acme.example first.",
        &["address = \"tool-announce@lists.acme.example\"\nfor     = [\"announcement\"]"],
    );
    is_found(
        "Use [GitHub](https://github.com/acme/tool/security/advisories/new) or mail a@acme.example. If it does not receive an \
         answer, wait.",
        &["kind = \"github\"\nfor  = [\"report\"]"],
    );
    is_found(
        "Make it a confidential issue: https://git.acme.example/tool/issues/new?issue",
        &["kind    = \"gitlab\""],
    );
    is_found(
        "To report a vulnerability, open [an issue](https://git.acme.example/tool/-/issues/new) and tick the box that keeps it \
         confidential.",
        &["kind    = \"gitlab\""],
    );
}
