//! The day of the file itself: "Last Updated: 2025-10-24", "Last edited: 2025-10-24 23:00:16", "Stand: 24.10.2025". In go
//! its lines, out come the day that somebody last answered for the text and who that was.

use jiff::civil::Date;

use super::facts::Reading;
use super::outline;
use crate::value::date::printed;
use crate::value::{line, placeholder};

/// What stands before the day, in lower case.
const LABELS: &[&str] = &[
    "last updated",
    "last update",
    "last reviewed",
    "last review",
    "last modified",
    "last modification",
    "last edited",
    "last edit",
    "last changed",
    "last change",
    "last revised",
    "last revision",
    "last amended",
    "date of last update",
    "date of last review",
    "document updated",
    "policy updated",
    "updated",
    "reviewed",
    "revised",
    "effective date",
    "zuletzt aktualisiert",
    "letzte aktualisierung",
    "letzte änderung",
    "zuletzt geändert",
    "stand",
    "dernière mise à jour",
    "última actualización",
    "última atualização",
    "ultimo aggiornamento",
    "последнее обновление",
    "最后更新",
    "最后更新时间",
    "最后更新日期",
    "最近更新",
    "最終更新",
    "最終更新日",
    "最終更新日時",
    "최종 업데이트",
    "최종 수정일",
    "마지막 업데이트",
];

/// What a sentence says the same of: "This policy was last reviewed on 5 March 2026."
const SAID: &[&str] = &[
    "last updated on ",
    "last reviewed on ",
    "last modified on ",
    "last edited on ",
    "last changed on ",
    "last revised on ",
];

/// What such a sentence is about, if it is about the file.
const ITSELF: &[&str] = &["policy", "document", "page", "file", "text", "this was", "these"];

/// Reads the lines of a statement.
pub(super) fn read(reading: &mut Reading<'_>, at: usize, statement: &outline::Statement) {
    for row in statement.text.lines() {
        let (label, value) = labelled(row).unwrap_or_default();
        let label = label.trim_end_matches(" on");
        if label == "reviewed by" && !value.is_empty() && line::check(value).is_ok() {
            if reading.facts.reviewed_by.is_empty() && placeholder::find(value).is_none() {
                reading.facts.reviewed_by.push(value.to_owned());
            }
            reading.say(at, "", "[policy].reviewed_by");
            continue;
        }
        let dated = if LABELS.contains(&label) { Some(value) } else { said(row) };
        if let Some(day) = dated.and_then(|value| day(value, reading.dots)) {
            reading.facts.updated.get_or_insert(day);
            reading.say(at, "", format!("[policy].reviewed = {day}"));
        }
    }
}

/// A label in lower case and what stands behind it: a colon, a tab of a table, or the figures themselves.
fn labelled(row: &str) -> Option<(String, &str)> {
    let row = row.trim();
    let at = row.find([':', '：', '\t']).or_else(|| {
        let figures = row.find(|c: char| c.is_ascii_digit())?;
        Some(row[..figures].trim_end().len())
    })?;
    let (label, value) = row.split_at(at);
    let label = label.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    Some((label, value.trim_start_matches([':', '：', '\t', ' ']).trim()))
}

/// What a sentence about the file itself names as its day.
fn said(row: &str) -> Option<&str> {
    // ASCII lower case keeps every byte where it is.
    let lower = row.to_ascii_lowercase();
    let end = SAID.iter().find_map(|words| lower.find(words).map(|at| (at, at + words.len())));
    end.filter(|(at, _)| ITSELF.iter().any(|word| lower[..*at].contains(word))).map(|(_, end)| &row[end..])
}

/// The day that a text begins with; a time of day and what is in brackets may follow.
fn day(value: &str, dots: bool) -> Option<Date> {
    let value = value.split(['(', ';', '|']).next().unwrap_or_default();
    let plain = value.replace(['年', '月', '년', '월'], "-").replace(['日', '일'], " ").replace("- ", "-");
    let words: Vec<&str> = plain.split_whitespace().collect();
    let read = |words: &[&str]| {
        let text = words.join(" ");
        let text = text.trim_matches(|c: char| !c.is_alphanumeric());
        // `2026-03-05T12:00:00Z`
        let text = text.split_once('T').map(|(day, _)| day).filter(|day| day.len() == 10).unwrap_or(text);
        printed::day(text).or_else(|| printed::dotted(text).filter(|_| dots))
    };
    (1..=words.len().min(3)).rev().find_map(|count| read(&words[..count]))
}

#[cfg(test)]
mod tests {
    use super::{day, labelled, said};

    #[test]
    fn a_day_is_read_in_the_forms_of_files() {
        let march = Some(jiff::civil::date(2026, 3, 5));
        for value in [
            "2026-03-05",
            "2026-03-05 23:00:16",
            "2026-03-05T23:00:16Z",
            "March 5, 2026",
            "March 5th, 2026 (quarterly)",
            "5 March 2026.",
            "05.03.2026",
            "2026年3月5日",
            "2026년 3월 5일",
            "2026/03/05, by two of us",
        ] {
            assert_eq!(day(value, true), march, "{value}");
        }
        assert_eq!(day("05.03.2026", false), None);
        for value in ["", "2026", "next spring", "[INSERT DATE]", "v1.2.3", "03/04/2026"] {
            assert_eq!(day(value, true), None, "{value}");
        }
    }

    #[test]
    fn labels_end_where_people_end_them() {
        for row in ["Last edited: 2026", "Last Edited 2026", "_Last edited_ — 2026", "Last edited\t2026"] {
            assert_eq!(labelled(row), Some(("last edited".to_owned(), "2026")), "{row}");
        }
        assert_eq!(said("This policy was last reviewed on 5 March 2026."), Some("5 March 2026."));
        assert_eq!(said("Our servers were last updated on 5 March 2026."), None);
    }
}
