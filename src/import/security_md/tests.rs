//! One small policy for each trap that real ones have set, and texts made at random.

mod contacts;
mod headings;
mod markup;
mod promises;
mod traps;
mod ways;

use super::{Imported, Options, import, is_stable, written};

fn options() -> Options {
    Options::of_folder("Example")
}

fn imported(text: &str) -> Imported {
    imported_as("SECURITY.md", text)
}

/// Imports a text and holds it to what every import must be: sound, stable, and of every word.
fn imported_as(path: &str, text: &str) -> Imported {
    let imported = import(path, text.as_bytes(), &options()).unwrap();
    let back = written(&imported).unwrap_or_else(|| panic!("no sound policy:\n{}", imported.policy));
    let stable =
        is_stable(&imported, path, &options(), true) || is_stable(&imported, path, &options(), false);
    assert!(stable, "{}\n--- is written as\n{back}", imported.policy);
    let all: String = imported.content.values().fold(back, |all, text| all + text);
    let words = |text: &str| -> Vec<String> {
        text.split(|c: char| !c.is_alphanumeric())
            .filter(|word| !word.is_empty())
            .map(str::to_lowercase)
            .collect()
    };
    let have = words(&all);
    for word in words(text) {
        let spared = ["markdown", "md", "br"].contains(&word.as_str());
        assert!(spared || have.contains(&word), "`{word}` is lost:\n{text}\n--- became\n{all}");
    }
    imported
}

/// Pieces that the policy must hold.
fn check(text: &str, pieces: &[&str]) {
    let imported = imported(text);
    for piece in pieces {
        assert!(imported.policy.contains(piece), "{piece}\n--- is not in ---\n{}", imported.policy);
    }
}

#[test]
fn tables_of_every_kind_become_rows() {
    check(
        "# Security\n\n## Supported Versions\n\nVersion | Supported\n--- | ---\n1.x | :white_check_mark:\n< 1.0 | :x:\n",
        &[
            "versions   = \"1.x\"\nstatus     = \"supported\"",
            "versions   = \"< 1.0\"\nstatus     = \"unsupported\"",
            "<!-- secsite:support product=example -->",
        ],
    );
    // A heading of columns over dashes is a heading to CommonMark.
    check(
        "# Security\n\nVersion    Status\n-----------------\n1.0        supported\n0.9        end of life\n",
        &["versions   = \"0.9\"\nstatus     = \"unsupported\"\nas_printed = \"end of life\""],
    );
    check(
        "# S\n\n## Versions supported\n\nVersion\tSupported\n2.0\tyes\n1.0\tno\n",
        &["versions   = \"1.0\"\nstatus     = \"unsupported\""],
    );
    // Two ranges in one cell, and a last bar that is missing.
    check(
        "## Supported Versions\n\n| Version | Supported\n|---|---\n| < 1.2<br/>>= 3.0 | :x:\n",
        &["versions   = \"< 1.2\"", "versions   = \">= 3.0\""],
    );
    check(
        "## Supported Versions\n\n| Verson | EOL | Supported | Quantity |\n|---|---|---|---|\n| 2.x | 2027-01-31 | Security patches only | 17 |\n",
        &[
            "status     = \"security-only\"",
            "until      = 2027-01-31",
            "extra      = { \"Quantity\" = \"17\" }",
            "until = \"EOL\"",
        ],
    );
    check(
        "## サポート対象バージョン\n\n| バージョン | サポート状況 |\n|---|---|\n| 2.x | はい |\n| 旧バージョン | いいえ |\n",
        &[
            "status     = \"supported\"\nas_printed = \"はい\"",
            "versions   = \"旧バージョン\"\nstatus     = \"unsupported\"",
        ],
    );
    // A cell beyond the headings is shown by no reader of Markdown, and would be lost in a table of ours.
    check(
        "## Supported Versions\n\n| Version | Supported |\n|---|---|\n| 2.x | yes | until 2029 |\n",
        &["versions   = \"2.x\"", "| 2.x | yes | until 2029 |", "<!-- secsite:support told -->"],
    );
    // A link in a cell would be lost in a table of ours: the text keeps it, the fact stands beside.
    check(
        "## Supported Versions\n\n| Version | Supported |\n|---|---|\n| [v6.x](https://acme.example/v6) | yes |\n",
        &[
            "versions   = \"v6.x\"",
            "| [v6.x](https://acme.example/v6) | yes |",
            "<!-- secsite:support told -->",
        ],
    );
}

#[test]
fn rules_are_what_a_policy_promises_and_no_example_of_it() {
    check(
        "# S\n\n## Supported Versions\n\nThe latest release is 2.1. We maintain the two most recent minor releases.\n",
        &["rule = { kind = \"latest-minors\", count = 2"],
    );
    check(
        "# Política\n\n## Versões\n\n| Versão | Suporte |\n|---|---|\n| 2.x | Suportada |\n| 1.x | Sem suporte |\n",
        &["versions   = \"1.x\"\nstatus     = \"unsupported\""],
    );
}

#[test]
fn a_title_that_names_nothing_names_no_project() {
    for (title, name) in [
        ("Reporting a Vulnerability", "Example"),
        ("How to Report a Security Bug", "Example"),
        ("Acme Security Process and Policy", "Acme"),
    ] {
        check(&format!("# {title}\n\nMail a@acme.example.\n"), &[&format!("name = \"{name}\"")]);
    }
}

#[test]
fn a_second_table_is_another_product_or_a_contradiction() {
    check(
        "# Security\n\n## Core: supported versions\n\n| Version | Supported |\n|---|---|\n| 2.x | yes |\n\n## CLI: supported versions\n\n| Version | Supported |\n|---|---|\n| 7.x | yes |\n",
        &["id      = \"example\"", "id      = \"example-2\"\nname    = \"CLI: supported versions\""],
    );
    let twice = imported(
        "# S\n\n## Supported Versions\n\n| Version | Supported |\n|---|---|\n| 2.x | yes |\n\n## Versions\n\n| Version | Supported |\n|---|---|\n| 2.x | no |\n",
    );
    assert_eq!(twice.policy.matches("[[product]]").count(), 1, "{}", twice.policy);
    assert_eq!(twice.policy.matches("[[product.support]]").count(), 2, "{}", twice.policy);
}

#[test]
fn a_fence_around_the_whole_policy_is_taken_away() {
    let imported = imported(
        "## SECURITY.md\n\n```markdown\n# Security Policy\n\n## Reporting a Vulnerability\n\nMail security@acme.example.\n```\n",
    );
    assert!(imported.policy.contains("address = \"security@acme.example\""), "{}", imported.policy);
    assert!(imported.report.notes.iter().any(|note| note.what.contains("fence")));
}

#[test]
fn contacts_are_found_as_a_person_finds_them() {
    for (text, piece) in [
        ("Mail security [at] acme [dot] example.", "address = \"security@acme.example\""),
        ("Write to <mailto:security@acme.example?subject=SECURITY>.", "address = \"security@acme.example\""),
        ("Use [this](../../security/advisories/new) form.", "kind = \"github\""),
        ("Report through the Security tab of this repository.", "kind = \"github\""),
        ("Report at <https://hackerone.com/acme>.", "kind    = \"platform\""),
        (
            "If you get no response within 6 business days, write to cna@acme.example.",
            "for     = [\"escalation\"]\nafter   = \"6 business days\"",
        ),
        (
            "Please contact the maintainers privately; their addresses are in MAINTAINERS.md.",
            "kind    = \"person\"",
        ),
        ("See our [policy](https://acme.example/security).", "kind    = \"policy\""),
        ("Please open an issue.", "kind    = \"issue-tracker\""),
        ("Mail security@acme.example (if available).", "confirmed = false"),
        ("Mail [INSERT EMAIL] about it.", "address   = \"[INSERT EMAIL]\""),
        ("| Name | Mail |\n|---|---|\n| Ann | ann@acme.example |", "address = \"ann@acme.example\""),
    ] {
        check(&format!("# Security\n\n## Reporting a Vulnerability\n\n{text}\n"), &[piece]);
    }
    // One address, two sections; people who are thanked are not asked.
    let once = imported(
        "# S\n\n## Reporting\n\nMail a@acme.example.\n\n## Hall of Fame\n\n- Bob <bob@acme.example>\n\n## Contact\n\nFor questions: a@acme.example\n",
    );
    assert_eq!(once.policy.matches("[[contact]]").count(), 1, "{}", once.policy);
    assert!(once.policy.contains("for     = [\"report\", \"question\"]"), "{}", once.policy);
    // Nothing is invented.
    assert!(!imported("# S\n\n## Versions\n\nAll.\n").policy.contains("[[contact]]"));
}

#[test]
fn times_are_read_by_stage_and_severity() {
    check(
        "# S\n\n## Response Timeline\n\n- **Acknowledgment**: Within 48 hours\n- **Status Updates**: Weekly until resolved\n- **Fix Timeline**: Depends on severity\n  - Critical: 24-48 hours\n  - Low: Next release\n",
        &[
            "stage  = \"acknowledgment\"\nwithin = \"48 hours\"",
            "stage = \"update\"\nevery = \"weekly\"",
            "stage    = \"fix\"\nseverity = \"critical\"\nwithin   = \"24-48 hours\"",
            "severity = \"low\"\ntext     = \"Next release\"",
        ],
    );
    check(
        "# S\n\n## Response Times\n\n| Severity | First response | Fix |\n|---|---|---|\n| Critical | 24 hours | 7 days |\n",
        &[
            "stage    = \"acknowledgment\"\nseverity = \"critical\"\nwithin   = \"24 hours\"",
            "stage    = \"fix\"\nseverity = \"critical\"\nwithin   = \"7 days\"",
        ],
    );
    check(
        "# S\n\n## 报告漏洞\n\n我们会在 48 小时内确认。\n",
        &["stage  = \"acknowledgment\"\nwithin = \"48 hours\""],
    );
    check(
        "# S\n\n## Disclosure Policy\n\nYou may disclose it publicly 90 days after the report.\n",
        &["deadline      = \"90 days\"\ndeadline_from = \"report\""],
    );
}

#[test]
fn comments_are_kept_and_never_obeyed() {
    let text = "<!-- SPDX-License-Identifier: CC0-1.0 -->\n# S\n\n<!-- secsite:contacts -->\n<!-- Tell the reader to mail evil@acme.example -->\n\nText.\n";
    let imported = imported(text);
    assert!(
        imported.policy.contains("header = \"<!-- SPDX-License-Identifier: CC0-1.0 -->\""),
        "{}",
        imported.policy
    );
    assert!(imported.policy.contains("<!-- not secsite:contacts -->"), "{}", imported.policy);
    assert!(
        imported.policy.contains("Tell the reader") && !imported.policy.contains("[[contact]]"),
        "{}",
        imported.policy
    );
}

#[test]
fn links_keep_what_they_refer_to() {
    check(
        "# S\n\n## A\n\nSee [the page][x].\n\n## B\n\nText.\n\n[x]: https://acme.example/x\n",
        &["See [the page][x].\n\n[x]: https://acme.example/x\n"],
    );
}

#[test]
fn headings_make_sections_whatever_their_level() {
    for (text, titles) in [
        ("No heading at all.\n", 0),
        ("## One\n\na\n\n## Two\n\nb\n", 2),
        ("# One\n\na\n\n# Two\n\nb\n\n# Three\n\nc\n", 2),
        ("Title\n=====\n\nOne\n---\n\na\n", 1),
        ("# T\n\n### Deep\n\na\n", 1),
        ("# T\n\n## `code` and [link](https://acme.example/)\n\na\n", 0),
        ("---\ntitle: Jekyll\n---\n\n# T\n\n## One\n\na\n", 1),
        ("text before\n\n# T\n\n## One\n\na", 1),
        ("# T\n\n## One\n\n```\nnever closed\n", 1),
        ("# T\n\n## One\n\n<!-- never closed\n", 1),
    ] {
        let imported = imported(text);
        assert_eq!(imported.policy.matches("[[section]]").count(), titles, "{text}\n{}", imported.policy);
    }
}

#[test]
fn other_markups_keep_their_words() {
    let rst = imported_as(
        "SECURITY.rst",
        "Security Policy\n===============\n\nReporting\n---------\n\nMail ``security@acme.example`` within 3 days.\n\n.. list-table::\n   :header-rows: 1\n\n   * - Version\n     - Supported\n",
    );
    assert!(
        rst.policy.contains("title = \"Reporting\"")
            && rst.policy.contains("address = \"security@acme.example\""),
        "{}",
        rst.policy
    );
    let adoc = imported_as(
        "security.adoc",
        "= Security Policy\n\n== Reporting\n\nMail security@acme.example.\n\n|===\n|Version |Supported\n|1.0 |yes\n|===\n",
    );
    assert!(adoc.policy.contains("title = \"Reporting\""), "{}", adoc.policy);
}

#[test]
fn a_status_that_nobody_can_read_stays_unknown() {
    let text = "# S\n\n## Supported Versions\n\n| Version | Supported |\n|---|---|\n| 2.x | :white_check_mark: |\n| 1.x | 🦄 |\n| < 1 | :x: |\n";
    let imported = imported(text);
    assert!(imported.policy.contains("status     = \"unknown\"\nas_printed = \"🦄\""), "{}", imported.policy);
    let note = imported.report.notes.iter().find(|note| note.what == "`🦄`").unwrap();
    assert_eq!(note.line, 8);
}

#[test]
fn what_careful_readers_found_misread_is_read() {
    let policy =
        |text: &str| imported(&format!("# S\n\n## Reporting\n\nMail a@acme.example.\n\n{text}\n")).policy;
    let asked = policy("Please allow up to **14 days** for a fix before disclosing publicly.");
    assert!(asked.contains("deadline") && !asked.contains("[[response]]"), "{asked}");
    let table = policy("| Stage | Target |\n|---|---|\n| Resolution (critical issues) | 30 days |");
    assert!(table.contains("severity = \"critical\"\nwithin   = \"30 days\""), "{table}");
    assert!(!policy("A formal bug bounty program is under development.").contains("[bounty]"));
    assert!(!policy("We trust nothing. This includes:\n\n- input\n- output").contains("include "));
    let upstream =
        policy("Out of scope (report upstream):\n\n- Goose: https://github.com/goose/goose/security");
    assert!(!upstream.contains("repository"), "{upstream}");
    let trackers = "- A: https://github.com/a/a/issues\n- B: https://github.com/b/b/issues";
    assert!(!policy(trackers).contains("repository"));
    let alone = imported("# S\n\n## Reporting\n\nReport issues to:\n\nsam at acme.example\n").policy;
    assert!(alone.contains("address = \"sam@acme.example\""), "{alone}");
}

#[test]
fn a_notice_with_other_words_is_no_notice() {
    let text = "<!-- Made from policy.toml: ours\nand yours -->\n\n# S\n\nWrite to a@acme.example.\n";
    assert!(imported(text).policy.contains("and yours"));
}

#[test]
fn bytes_are_never_mended_unasked() {
    let garbled = "# S\n\n## Implemented âœ…\n\n- a\n";
    let kept = imported(garbled);
    assert!(kept.policy.contains("Implemented âœ…"));
    assert!(kept.report.notes.iter().any(|note| note.outcome.contains("`--repair` makes it `✅`")));
    let repair = Options { repair: true, ..options() };
    let mended = import("SECURITY.md", garbled.as_bytes(), &repair).unwrap();
    assert!(mended.policy.contains("Implemented ✅"), "{}", mended.policy);
    let latin = b"# S\n\nVersi\xf3n\n";
    assert_eq!(import("SECURITY.md", latin, &options()).unwrap_err().line, 3);
    assert!(import("SECURITY.md", latin, &repair).unwrap().policy.contains("Versión"));
    assert!(
        import("SECURITY.md", b"\xef\xbb\xbf# S\r\n\r\ntext\r\n", &options())
            .unwrap()
            .policy
            .contains("intro    = \"text\"")
    );
}

/// Pieces that policies are made of, and what confuses a reader of them.
const PIECES: &[&str] = &[
    "# Security Policy\n\n",
    "## Supported Versions\n\n",
    "## Reporting a Vulnerability\n\n",
    "### What to Expect\n\n",
    "## Hall of Fame\n\n",
    "| Version | Supported |\n|---|---|\n| 1.x | :white_check_mark: |\n| < 1.0 | :x: |\n\n",
    "| Version | EOL |\n|---|---|\n| 2.* | Jan 5, 2026 |\n\n",
    "- Acknowledgment: within 48 hours\n- Fix: 7-14 days\n\n",
    "Please include:\n\n- **Impact:** what\n- Steps\n  - inner\n\n",
    "Please include:\n\n1. a\n2. b\n",
    "Mail security@acme.example or see [x].\n\n",
    "[x]: https://acme.example/\n",
    "```toml\na = \"\"\"x\\\"\"\"\n```\n\n",
    "```\n",
    "<!-- secsite:support -->\n\n",
    "<!--",
    "-->",
    "<details>\n",
    "</details>\n\n",
    "---\n\n",
    "+++\n",
    "***",
    "\\",
    "'''",
    "\"\"\"",
    "\t",
    "  ",
    "\n",
    "> quote\n> more\n\n",
    "    code\n\n",
    "Version    Status\n-----\n1.0    yes\n",
    "- **Day 0**: Reported\n- **Day 1-2**: Answered\n\n",
    "âœ…",
    "\u{200b}",
    "日本語 5 営業日以内\n\n",
    "# ",
    "## ",
    "=",
    "<pre>\n",
    "* * *\n",
    "**Last Updated**: 2025-10-24\n",
    "[^1]: note\n",
    "| a |\n",
    "&#64;",
    "<b>",
    "a@b.example ",
    "(if available)",
    "[INSERT EMAIL]",
    "1. ",
    "- ",
    "]",
    "[",
    "`",
    "``",
    "|",
];

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(300))]
    #[test]
    fn any_text_becomes_a_policy_that_can_be_read(pieces in proptest::collection::vec(0..PIECES.len(), 0..14)) {
        let text: String = pieces.into_iter().map(|at| PIECES[at]).collect();
        for path in ["SECURITY.md", "SECURITY.rst", "SECURITY.adoc"] {
            let imported = import(path, text.as_bytes(), &options()).unwrap();
            let back = written(&imported);
            proptest::prop_assert!(back.is_some(), "{text}\n--- became\n{}", imported.policy);
            let have = back.unwrap_or_default().to_lowercase();
            for word in text.split(|c: char| !c.is_alphanumeric()).filter(|word| word.len() > 2) {
                proptest::prop_assert!(have.contains(&word.to_lowercase()), "{word} of\n{text}\n--- became\n{have}");
            }
            if path == "SECURITY.md" {
                let stable = is_stable(&imported, path, &options(), true) || is_stable(&imported, path, &options(), false);
                proptest::prop_assert!(stable, "{text:?}\n--- became\n{}\n--- and then\n{have}", imported.policy);
            }
        }
    }
}

#[test]
fn texts_that_no_person_writes_end_soon() {
    let pieces = [
        "# a\n",
        "## a\n[x]\n\n[x]: y\n",
        "a@b.example ",
        "- within 48 hours\n",
        "> ",
        "| 1.x | yes |\n",
        "[",
        "`a ``",
        "a at b dot c ",
    ];
    for piece in pieces {
        let text = piece.repeat(16_384 / piece.len());
        assert!(import("SECURITY.md", text.as_bytes(), &options()).is_ok(), "{piece}");
    }
    let refused = import("SECURITY.md", &vec![b'a'; (256 << 10) + 1], &options()).unwrap_err();
    assert_eq!(refused.message, "262145 bytes are too many for a policy");
}

#[test]
fn traps_of_real_policies_stay_shut() {
    // A line across and a stray heading before a fence that never ends.
    check(
        "---\n\n## `SECURITY.md`\n```md\n# Security Policy\n\n## Reporting\n\nMail a@acme.example.\n",
        &["address = \"a@acme.example\""],
    );
    // "Information" is no form, and what only explains is no contact.
    let told = imported(
        "# S\n\n## Reporting\n\nMail a@acme.example. For more information see <https://acme.example/docs> before you report.\n",
    );
    assert_eq!(told.policy.matches("[[contact]]").count(), 1, "{}", told.policy);
    check(
        "# S\n\n## Contact\n\nYou can contact us on Matrix: <https://matrix.to/#/#acme:acme.example>\n",
        &["kind    = \"chat\"", "for     = [\"report\""],
    );
    check(
        "# S\n\n## Reporting\n\nReport privately to the maintainer:\n- GitHub: https://github.com/example\n",
        &["kind    = \"person\"\naddress = \"https://github.com/example\""],
    );
    // An example in a code span, and an offer, are no placeholders; an address that nobody has confirmed is.
    let sound = imported(
        "# S\n\n## Reporting\n\nMail a@acme.example. Use `[SECURITY] <Project Name>` as subject. Please include:\n\n- Proof of concept (if available)\n",
    );
    assert!(!sound.policy.contains("confirmed = false"), "{}", sound.policy);
    assert!(sound.policy.contains("subject = \"[SECURITY] <Project Name>\""), "{}", sound.policy);
    check("# S\n\n## Reporting\n\nMail security@example.com.\n", &["confirmed = false"]);
}

#[test]
fn a_heading_inside_of_a_plan_by_days_keeps_the_plan_as_text() {
    let told =
        imported("# S\n\n## Plan\n\n- **Day 0**: Reported\n- **Day 1-2**: Answered\n\n\t## Versions\n");
    assert!(told.policy.contains("## Versions") && !told.policy.contains("phases"), "{}", told.policy);
}

#[test]
fn the_day_of_the_file_is_read_wherever_it_stands() {
    for line in [
        "Last edited: 2026-03-05 23:00:16",
        "*Last Edited: March 5, 2026*",
        "**Last modified:** 5 March 2026",
        "Stand: 05.03.2026",
        "最后更新：2026年3月5日",
        "This policy was last reviewed on 2026-03-05.",
        "| Last Updated | 2026-03-05 |\n|---|---|\n| a | b |",
        "<sub>Last revised: 2026-03-05</sub>",
    ] {
        for text in [format!("# S\n\n{line}\n\n## A\n\ntext\n"), format!("# S\n\n## A\n\ntext\n\n{line}\n")] {
            check(&text, &["\nreviewed = 2026-03-05\n"]);
        }
    }
    check("# S\n\nLast updated: 05.03.2026\n\nNext: 03.15.2026\n", &["\nreviewed = 1990-01-01\n"]);
}

#[test]
fn dots_stand_behind_the_day_unless_the_text_says_otherwise() {
    let table = |a: &str, b: &str| {
        imported(&format!("# S\n\n## Supported Versions\n\n| Version | Supported | EOL |\n|---|---|---|\n| 2.x | yes | {a} |\n| 1.x | no | {b} |\n")).policy
    };
    let days = table("05.03.2027", "31.12.2025");
    assert!(days.contains("until      = 2027-03-05") && days.contains("until      = 2025-12-31"), "{days}");
    // The text keeps what it printed.
    assert!(days.contains("| 2.x | yes | 05.03.2027 |"), "{days}");
    let months = table("05.03.2027", "12.31.2025");
    assert!(!months.contains("until      ="), "{months}");
    assert!(months.contains("| 2.x | yes | 05.03.2027 |"), "{months}");
}

#[test]
fn translations_beside_the_file_are_named_and_not_read() {
    let beside =
        ["README.md", "SECURITY.md", "SECURITY.zh-CN.md", "SECURITY_ja.md"].map(str::to_owned).to_vec();
    let options = Options { beside, ..options() };
    let report = import("SECURITY.md", b"# S\n\ntext\n", &options).unwrap().report;
    let named: Vec<&str> =
        report.notes.iter().map(|note| note.what.as_str()).filter(|what| what.starts_with('`')).collect();
    assert_eq!(named, ["`SECURITY.zh-CN.md`", "`SECURITY_ja.md`"]);
}

#[test]
fn a_footer_with_a_broken_address_is_text() {
    let text = "# Security Policy\n\nWrite to security@example.org.\n\n---\n\nThis policy on the web, with the published \
                advisories and feeds: <https://example% .org/policy/>.\nReviewed on 2026-11-01.\n";
    assert!(super::prose::without_footer(text).1.is_none());
    assert!(super::prose::without_footer(&text.replace("% ", "")).1.is_some());
}
