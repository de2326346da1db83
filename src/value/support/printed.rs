//! What a cell of a printed table says of a line of releases: signs, shortcodes and words in a dozen languages.

use super::Status;
use crate::value::sentence::has_any;

/// The status that a cell means; `None` where it is a sign or a word of its own.
pub fn printed(text: &str) -> Option<Status> {
    let lower = text.trim().to_lowercase();
    let word = |words: &[&str]| words.contains(&lower.trim_matches(['.', '!', '*', ' ']));
    if has_any(
        &lower,
        &[
            "end-of-life",
            "end of life",
            "unsupported",
            "not supported",
            "no longer",
            "deprecated",
            "discontinued",
            "life support",
            "no support",
            "no security",
            "not maintained",
            "unmaintained",
            "abandoned",
            "не поддерж",
            "nicht ",
            "no soport",
            "non support",
            "não suport",
            "sem suporte",
            "fim do suporte",
            "sin soporte",
            "fin de soporte",
            "non pris",
            "サポート終了",
            "未対応",
            "不支持",
            "지원 종료",
            "미지원",
        ],
    ) || word(&[
        "eol",
        "no",
        "none",
        "nein",
        "não",
        "non",
        "нет",
        "いいえ",
        "否",
        "아니요",
        "n",
        "false",
        "nej",
    ]) {
        Some(Status::Unsupported)
    } else if lower.contains("critical") {
        Some(Status::CriticalOnly)
    } else if lower.contains("security")
        && has_any(&lower, &["only", "patches", "fixes", "updates", "maintenance", "support"])
    {
        Some(Status::SecurityOnly)
    } else if has_any(
        &lower,
        &[
            "best effort",
            "best-effort",
            "limited",
            "partial",
            "⚠",
            ":warning:",
            "upgrade recommended",
            "🟡",
            "🟠",
            ":yellow_circle:",
        ],
    ) {
        Some(Status::BestEffort)
    } else if has_any(
        &lower,
        &[
            "development",
            "unstable",
            "in progress",
            "experimental",
            ":hammer",
            "🚧",
            ":construction:",
            "pre-release",
            "preview",
            "alpha",
            "beta",
        ],
    ) {
        Some(Status::Development)
    } else if has_any(
        &lower,
        &["planned", "upcoming", "soon", "future", ":date:", ":clock", "🔜", "📅", "not released"],
    ) {
        Some(Status::Planned)
    } else if has_any(
        &lower,
        &[
            "❌",
            "✖",
            "🛑",
            "✗",
            "✘",
            "⛔",
            "🚫",
            "🔴",
            ":x:",
            ":no_entry",
            ":negative_squared",
            ":heavy_multiplication_x:",
            ":red_circle:",
            "☒",
        ],
    ) {
        Some(Status::Unsupported)
    } else if has_any(
        &lower,
        &[
            "✅",
            "✔",
            "☑",
            "✓",
            "🟢",
            "💚",
            ":white_check_mark:",
            ":heavy_check_mark:",
            ":ballot_box_with_check:",
            ":green_circle:",
            ":marca_de_verificación",
            "supported",
            "active",
            "maintained",
            "current",
            "stable",
            "lts",
            "unterstützt",
            "soportad",
            "suportad",
            "поддержива",
            "サポート",
            "支持",
            "지원",
            "(actif",
            "(aktiv",
            "(activ",
        ],
    ) || word(&[
        "yes", "y", "true", "ja", "oui", "sí", "si", "sim", "да", "はい", "是", "예", "full",
    ]) {
        Some(Status::Supported)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::{Status, printed};

    #[test]
    fn signs_and_words_are_read() {
        for (cell, expect) in [
            ("✔️", Some(Status::Supported)),
            (":x: End of life", Some(Status::Unsupported)),
            ("Security patches only", Some(Status::SecurityOnly)),
            ("❗", None),
            ("see below", None),
            ("", None),
        ] {
            assert_eq!(printed(cell), expect, "{cell}");
        }
    }
}
