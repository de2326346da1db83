//! GitHub's private reports, said in words. In goes a statement, out comes whether it asks its readers to report there. What
//! its authors will do with an advisory later is their own affair, and no way to reach them.

use crate::import::security_md::kind::Kind;
use crate::import::security_md::outline::{self, Statement};
use crate::value::sentence::{has_any, negates, sentences};

/// What divides "do not open an issue" from what to do.
const CLAUSES: &[&str] = &[
    "; ",
    " — ",
    "—",
    " – ",
    " - ",
    ": ",
    ", instead",
    ", but ",
    ", use ",
    ", and ",
    " instead, ",
    ", not ",
    ", sondern ",
    ", mais ",
    ", sino ",
    ", mas ",
];

/// Words of the way to report itself.
const WAYS: &[&str] = &[
    "private vulnerability report",
    "report a vulnerability\"",
    "\"report a vulnerability",
    "security tab",
    "\"security\" tab",
    "github's private",
    "privately through github",
    "github private",
    "privately report",
    "security > advisories",
    "security → advisories",
    "security advisories tab",
    "security advisory form",
    "security → report a vulnerability",
    "security > report a vulnerability",
    "security -> report a vulnerability",
    "security -> advisories",
    "'report a vulnerability'",
    "private reporting",
    "private security report",
    "security advisory privately",
    "relato privado de vulnerabilidade",
    "aba security",
    "aba \"security",
    "reiter security",
    "reiter \"security",
    "security-reiter",
    "onglet security",
    "onglet \"security",
    "pestaña security",
    "pestaña \"security",
    "вкладке security",
    "вкладку security",
    "security タブ",
    "securityタブ",
    "security 标签",
    "security 選項",
    "security 탭",
];

/// Words of an advisory, which finders open to report, and maintainers to publish.
const ADVISORIES: &[&str] = &[
    "github security advisor",
    "private security advisor",
    "privates security advisor",
    "privates security-advisor",
    "draft security advisor",
    "security advisory on github",
    "github's security",
    "advisory feature",
    "advisories feature",
    "private advisory",
    "security advisory via github",
    "confidential advisory",
];

/// How a clause goes on that tells what will be published.
const PUBLISHED: &[&str] = &[
    "will be published",
    "are published",
    "publish a",
    "we publish",
    "will publish",
    "subscribe",
    "announced",
    "released via",
    "disclosed via",
    "disclosed through",
    "published through",
    "published via",
    "published as",
    "published in",
    "through github security advisories once",
];

/// To publish, in any form and language.
const PUBLISHING: &[&str] = &[
    "publish",
    "publication",
    "veröffentlich",
    "publier",
    "publié",
    "publica",
    "pubblic",
    "опублик",
    "公開",
    "公表",
    "发布",
    "發布",
    "公布",
    "게시",
];

/// What its authors do.
const OURS: &[&str] = &[
    "we will",
    "we'll",
    "we create",
    "we open",
    "we prepare",
    "we draft",
    "we use",
    "we utili",
    "our process",
    "process utili",
    "process uses",
    "will create",
    "will open",
    "prepare a",
    "next step is",
];

/// To report, in any form and language.
const REPORTING: &[&str] =
    &["report", "submit", "privately", "melde", "signal", "сообщ", "報告", "报告", "报送", "신고", "제보"];

/// Whether a statement of such a section asks for reports there, in a text of that language.
pub(super) fn is_named(statement: &Statement, kind: Option<Kind>, language: &str) -> bool {
    // "No" is "in the" in Portuguese.
    let denies = |lower: &str| match language {
        "pt" => negates(&lower.replace(" no ", " ")),
        _ => negates(lower),
    };
    let later = matches!(kind, Some(Kind::Response | Kind::Disclosure));
    // Words in bold, alone on their line, are a heading.
    let title = statement.kind == outline::Kind::Paragraph && statement.text.split_whitespace().count() <= 3;
    sentences(&statement.text).iter().flat_map(|sentence| clauses(sentence)).any(|clause| {
        let lower = clause.to_lowercase().replace('’', "'").replace(['“', '”', '‘', '`'], "\"");
        if has_any(&lower, PUBLISHED) || denies(&lower) {
            return false;
        }
        let open = lower.replace("非公開", "");
        let told = has_any(&open, PUBLISHING) || has_any(&lower, OURS);
        let asked = has_any(&lower, REPORTING) || has_any(&lower, &["please", "you can", "use "]) && !told;
        // In a text of another language these words are those of the button.
        let button = language != "en" && lower.contains("report a vulnerability");
        button
            || has_any(&lower, WAYS)
            || has_any(&lower, ADVISORIES) && !title && if later { asked } else { !told || asked }
    })
}

/// The clauses of a sentence: what is not to be done, and what is.
fn clauses(sentence: &str) -> Vec<String> {
    let mut parts = vec![sentence.to_owned()];
    for divider in CLAUSES {
        parts = parts.iter().flat_map(|part| part.split(divider)).map(str::to_owned).collect();
    }
    parts
}
