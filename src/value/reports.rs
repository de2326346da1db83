//! Whether a text speaks of reporting at all. In goes prose, out comes yes or no; whom it asks to write to is not known here.

/// Stems of what is said where reports are asked for, in the languages that policies are written in. One is enough, and
/// each may mean something else: a text without any of them surely asks for none.
const STEMS: [&str; 36] = [
    "report",
    "disclos",
    "contact",
    "mail",
    "@",
    "notify",
    "notif",
    "submit",
    "reach out",
    "get in touch",
    "let us know",
    "tell us",
    "write to",
    "security.txt",
    "security/advisories",
    "issue",
    "meld",
    "kontakt",
    "signale",
    "écri",
    "relat",
    "comuni",
    "avis",
    "contat",
    "сообщ",
    "свяж",
    "напиш",
    "报告",
    "報告",
    "联系",
    "聯",
    "連絡",
    "通報",
    "제보",
    "신고",
    "연락",
];

/// Whether one of the words of reporting is in the text.
pub(crate) fn speaks_of_reports(text: &str) -> bool {
    let lower = text.to_lowercase();
    STEMS.iter().any(|stem| lower.contains(stem))
}

#[cfg(test)]
mod tests {
    use super::speaks_of_reports;

    #[test]
    fn one_word_is_enough_in_any_language() {
        for text in [
            "Please REPORT it.",
            "Mail the maintainer.",
            "Melden Sie Lücken.",
            "脆弱性の報告",
            "취약점 제보",
            "Напишите нам.",
        ] {
            assert!(speaks_of_reports(text), "{text}");
        }
        for text in ["", "Keep your dependencies fresh.\n\n- Use TLS.", "- [ ] Passwords are hashed"] {
            assert!(!speaks_of_reports(text), "{text}");
        }
    }
}
