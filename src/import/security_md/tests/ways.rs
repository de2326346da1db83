//! Ways to report that many policies share, and words beside them that are none.

use super::{check, imported};

fn is_found(text: &str, pieces: &[&str]) {
    check(&format!("# Security Policy\n\n## Reporting a Vulnerability\n\n{text}\n"), pieces);
}

/// The number of contacts that a section about reports makes.
fn count(text: &str) -> usize {
    let text = format!("# Security Policy\n\n## Reporting a Vulnerability\n\n{text}\n");
    imported(&text).policy.matches("[[contact]]").count()
}

#[test]
fn advisories_that_maintainers_write_are_no_way_to_report() {
    for text in [
        "Mail security@acme.example. We expect to publish flaws using GitHub security advisories.",
        "Mail security@acme.example. Our process utilizes a GitHub Security Advisory.",
        "Mail security@acme.example.\n\n1. CVE \u{d560}\u{b2f9} \u{bc0f} GitHub Security Advisory \u{ac8c}\u{c2dc}",
        "Mail security@acme.example.\n\n1. The next step is to create a draft GitHub security advisory.",
        "Mail security@acme.example.\n\n**GitHub Security Advisory**\n\nIt follows a week later.",
    ] {
        assert_eq!(count(text), 1, "{text}");
    }
    let told = "# S\n\n## Reporting\n\nMail a@acme.example.\n\n## Our disclosure policy\n\nAll flaws will receive \
                [advisories](https://github.com/acme/tool/security/advisories).\n";
    assert_eq!(imported(told).policy.matches("[[contact]]").count(), 1);
    for text in [
        "Bitte eröffnen Sie ein privates Security Advisory im Repository.",
        "Bitte nicht als Issue melden, sondern über den Reiter *Security* → *Report a vulnerability*.",
        "Dê preferência ao relato privado de vulnerabilidades deste repositório.",
        "- GitHub Security Advisories (preferred)",
    ] {
        is_found(text, &["kind = \"github\"\nfor  = [\"report\"]"]);
    }
}

#[test]
fn no_is_in_the_in_portuguese() {
    check(
        "# Política de segurança\n\n## Relatar\n\nNão abra uma issue.\n\nReporte vulnerabilidades via GitHub Security Advisories \
         no repositório do projeto. As versões em uso recebem correções de segurança.\n",
        &["kind = \"github\"\nfor  = [\"report\"]"],
    );
}

#[test]
fn pages_about_a_platform_are_no_program_of_it() {
    for text in [
        "Mail a@acme.example. We thank [HackerOne](https://hackerone.com/).",
        "Mail a@acme.example. [How to write a report](https://docs.hackerone.com/hackers/submitting-reports.html).",
        "Mail a@acme.example. [How reports are handled](https://support.tidelift.com/hc/en-us/articles/1-process).",
        "Mail a@acme.example. Submit it with [this key](https://psirt.acme.example/security/pgp-key).",
    ] {
        assert_eq!(count(text), 1, "{text}");
    }
    is_found("Report at https://huntr.com.", &["kind    = \"platform\""]);
}

#[test]
fn forms_behind_plain_words() {
    for text in [
        "Please open a ticket in https://help.acme.example/home if you find a vulnerability.",
        "Report vulnerabilities at https://acme.example/4711.",
        "Contact: https://acme.example/4711",
    ] {
        is_found(text, &["kind    = \"form\""]);
    }
}

#[test]
fn holders_of_keys_take_no_reports() {
    let key = "0123 4567 89AB CDEF 0123  4567 89AB CDEF 0123 4567";
    let text = format!(
        "# S\n\n## Reporting\n\nMail security@acme.example.\n\n## Signed releases\n\n| Name | Mail | Key |\n|---|---|---|\n\
         | Ann | ann@acme.example | {key} |\n\n- {key} ([@ann](https://keybase.io/ann))\n"
    );
    let policy = imported(&text).policy;
    assert_eq!(policy.matches("[[contact]]").count(), 1, "{policy}");
    // Where nobody else is named, a finder writes to whom the key belongs.
    let only = format!("# S\n\n## Signed releases\n\n- ann@acme.example {key}\n");
    check(&only, &["address = \"ann@acme.example\""]);
}

#[test]
fn purposes_by_the_words_around_an_address() {
    is_found(
        "Mail a@acme.example.\n\nIf you have not received a reply within 5 days:\n\n- [Ann](mailto:ann@acme.example)",
        &["address = \"ann@acme.example\"\nfor     = [\"escalation\"]"],
    );
    is_found(
        "Use [this](../../security/advisories/new). Alternatively, or if you have a question, mail a@acme.example.",
        &["address = \"a@acme.example\"\nfor     = [\"report\", \"question\"]"],
    );
    is_found(
        "Mail a@acme.example. If you need to contact us for another reason, use team@acme.example.",
        &["address = \"team@acme.example\"\nfor     = [\"other\"]"],
    );
    is_found("For any question write to a@acme.example.", &["for     = [\"report\", \"question\"]"]);
    is_found("Mail ann `at` acme.example.", &["address = \"ann@acme.example\""]);
    is_found(
        "- Contact a member in private:\n  - [@droidmate](https://matrix.to/#/@droidmate:acme.example)\n  - [@ann](https://matrix.to/#/@ann:acme.example)",
        &["@ann:acme.example\"\nfor     = [\"report\"]"],
    );
}

#[test]
fn addresses_in_other_files_and_issues() {
    is_found(
        "Please inform me by email, using the address listed in [SIGNERS](SIGNERS).",
        &["kind    = \"person\"\naddress = \"Please inform me by email"],
    );
    for text in [
        "Please submit a new issue with the tag `security`. If you have a fix, a pull request is welcome.",
        "Please report the presence of a vulnerability in the form of an issue. Allow a maintainer to reach out instead.",
        "Abre un nuevo issue y lo revisaremos.",
    ] {
        is_found(text, &["kind    = \"issue-tracker\""]);
    }
    let text = "# S\n\n## Reporting\n\n[Tell us](https://github.com/acme/tool/issues/new?labels=x)\n";
    check(text, &["kind    = \"issue-tracker\"", "for     = [\"report\", \"other\"]"]);
    assert_eq!(
        count("Ideas for new features and non-vulnerability matters are welcome as a GitHub issue."),
        0
    );
    assert_eq!(count("It is also there in [French](SECURITY.fr.md)."), 0);
}

#[test]
fn a_policy_below_reporting_comes_before_a_page_above_it() {
    check(
        "# S\n\nFor contracts [contact us](https://acme.example/contact/).\n\n## Reporting\n\nVisit our \
         [documentation](https://acme.example/docs/security).\n",
        &["kind    = \"policy\"\naddress = \"https://acme.example/docs/security\""],
    );
}

#[test]
fn a_manual_asks_nobody_to_write() {
    let mut text = "# Manual\n".to_owned();
    for part in 0..40 {
        text.push_str(&format!("\n## Option {part}\n\nA value.\n\nAnother value.\n"));
    }
    text.push_str("\n## OpenID\n\nThe value must include profile, email, and messages of the owner.\n");
    assert!(!imported(&text).policy.contains("[[contact]]"));
}
