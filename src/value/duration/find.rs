//! Durations within a sentence, in any script: "within 48 hours", "2-4 weeks", "5 営業日以内", "weekly".
//!
//! In goes plain text, out come its durations in the words of the format, each with its place. Words that hold no number
//! are no duration here.

use std::ops::Range;

use super::Duration;

/// A duration in a text.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Found {
    /// Where it stands.
    pub range: Range<usize>,
    /// The same in words that [`Duration::parse`] reads.
    pub value: String,
    /// Whether it says how often: "every 7 days", "weekly".
    pub every: bool,
}

/// Units of other languages, business units before plain ones.
const UNITS: &[(&str, &str)] = &[
    ("営業日", "business days"),
    ("工作日", "business days"),
    ("个工作日", "business days"),
    ("個工作天", "business days"),
    ("영업일", "business days"),
    ("小时", "hours"),
    ("小時", "hours"),
    ("時間", "hours"),
    ("시간", "hours"),
    ("分钟", "minutes"),
    ("日間", "days"),
    ("日", "days"),
    ("天", "days"),
    ("일", "days"),
    ("週間", "weeks"),
    ("周", "weeks"),
    ("週", "weeks"),
    ("주", "weeks"),
    ("个月", "months"),
    ("個月", "months"),
    ("か月", "months"),
    ("ヶ月", "months"),
    ("개월", "months"),
    ("рабочих дней", "business days"),
    ("рабочих дня", "business days"),
    ("рабочих часов", "business hours"),
    ("часов", "hours"),
    ("часа", "hours"),
    ("дней", "days"),
    ("дня", "days"),
    ("день", "days"),
    ("недели", "weeks"),
    ("недель", "weeks"),
    ("месяцев", "months"),
    ("месяца", "months"),
    ("dias úteis", "business days"),
    ("días hábiles", "business days"),
    ("días laborables", "business days"),
    ("jours ouvrés", "business days"),
    ("jours ouvrables", "business days"),
    ("giorni lavorativi", "business days"),
    ("werktagen", "business days"),
    ("werktage", "business days"),
    ("arbeitstagen", "business days"),
    ("arbeitstage", "business days"),
    ("werkdagen", "business days"),
    ("stunden", "hours"),
    ("heures", "hours"),
    ("horas", "hours"),
    ("ore", "hours"),
    ("uur", "hours"),
    ("godzin", "hours"),
    ("saat", "hours"),
    ("tagen", "days"),
    ("tage", "days"),
    ("jours", "days"),
    ("días", "days"),
    ("dias", "days"),
    ("giorni", "days"),
    ("dagen", "days"),
    ("dni", "days"),
    ("gün", "days"),
    ("wochen", "weeks"),
    ("semaines", "weeks"),
    ("semanas", "weeks"),
    ("settimane", "weeks"),
    ("weken", "weeks"),
    ("monate", "months"),
    ("monaten", "months"),
    ("meses", "months"),
    ("mois", "months"),
    ("mesi", "months"),
    ("maanden", "months"),
];

/// Words that may stand first.
const FIRST: &[&str] = &["within", "in", "at", "up", "less", "<", "<=", "≤", ">", ">=", "≥"];

/// The durations of a text, in order.
pub(crate) fn find(text: &str) -> Vec<Found> {
    let words = words(text);
    let mut found = Vec::new();
    let mut at = 0;
    while at < words.len() {
        match english(text, &words[at..]).or_else(|| foreign(text, &words[at..])) {
            Some((length, range, value)) => {
                let repeated = matches!(value.as_str(), "weekly" | "daily" | "hourly" | "monthly");
                let before = at.checked_sub(1).map(|i| text[words[i].clone()].to_lowercase());
                let every = repeated
                    || before.is_some_and(|word| matches!(word.as_str(), "every" | "each" | "alle" | "cada"));
                found.push(Found { range, value, every });
                at += length;
            }
            None => at += 1,
        }
    }
    found
}

/// The words of a text, without the punctuation around them.
fn words(text: &str) -> Vec<Range<usize>> {
    let mut words = Vec::new();
    let mut start = None;
    for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
        let gap = c.is_whitespace()
            || matches!(
                c,
                '(' | ')'
                    | ','
                    | ';'
                    | '['
                    | ']'
                    | '"'
                    | '“'
                    | '”'
                    | '*'
                    | '/'
                    | '。'
                    | '、'
                    | '，'
                    | '：'
                    | ':'
                    | '~'
                    | '|'
            );
        if gap {
            if let Some(start) = start.take() {
                let word = text[start..at].trim_end_matches(['.', '!', '?']);
                if !word.is_empty() {
                    words.push(start..start + word.len());
                }
            }
        } else if start.is_none() {
            start = Some(at);
        }
    }
    words
}

fn english(text: &str, words: &[Range<usize>]) -> Option<(usize, Range<usize>, String)> {
    let first = text[words[0].clone()].to_lowercase();
    if matches!(first.as_str(), "weekly" | "daily" | "hourly" | "monthly") {
        return Some((1, words[0].clone(), first));
    }
    let number = |word: &str| word.starts_with(|c: char| c.is_ascii_digit()) || is_number(word);
    let bound = FIRST.contains(&first.as_str()) || first.starts_with(['<', '≤', '≥', '>']);
    if !bound && !number(&first) {
        return None;
    }
    // "a day" is one only after "within": elsewhere it is "five times a day".
    for length in (1..=words.len().min(8)).rev() {
        let range = words[0].start..words[length - 1].end;
        let candidate = &text[range.clone()];
        if candidate.len() <= 80 && !candidate.contains(['(', ')', ';', '\n', '[']) {
            let candidate = candidate.trim_start_matches('~');
            if let Ok(duration) = Duration::parse(candidate) {
                let hyphened = candidate.contains("-d")
                    || candidate.contains("-h")
                    || candidate.contains("-w")
                    || candidate.contains("-m");
                let value = if hyphened {
                    duration.to_string()
                } else if bound && matches!(first.as_str(), "within" | "in") {
                    candidate[first.len()..].trim_start().to_owned()
                } else {
                    candidate.to_owned()
                };
                return Some((length, range, value));
            }
        }
    }
    None
}

fn is_number(word: &str) -> bool {
    let word = word.split('-').next().unwrap_or_default();
    matches!(
        word,
        "one"
            | "two"
            | "three"
            | "four"
            | "five"
            | "six"
            | "seven"
            | "eight"
            | "nine"
            | "ten"
            | "eleven"
            | "twelve"
            | "thirteen"
            | "fourteen"
            | "fifteen"
            | "twenty"
            | "thirty"
            | "forty"
            | "fifty"
            | "sixty"
            | "seventy"
            | "eighty"
            | "ninety"
    )
}

/// A number in figures and a unit of another language, with or without a space between.
fn foreign(text: &str, words: &[Range<usize>]) -> Option<(usize, Range<usize>, String)> {
    let start = words[0].start + text[words[0].clone()].find(|c: char| c.is_ascii_digit())?;
    let rest = &text[start..];
    let figures = rest.find(|c: char| !(c.is_ascii_digit() || "-–~〜".contains(c))).unwrap_or(rest.len());
    let number = rest[..figures].trim_end_matches(['-', '–', '~', '〜']).replace(['~', '〜'], "-");
    let tail = rest[figures..].trim_start_matches([' ', '\u{a0}', '-']);
    let lower: String = tail.chars().take(24).flat_map(char::to_lowercase).collect();
    let (unit, plain) = UNITS.iter().find(|(unit, _)| {
        let scriptless = unit.chars().next().is_some_and(|c| c >= '\u{2e80}');
        lower.strip_prefix(unit).is_some_and(|after| scriptless || !after.starts_with(char::is_alphanumeric))
    })?;
    let value = format!("{number} {plain}");
    Duration::parse(&value).ok()?;
    // Lower case may have other lengths; as many characters are as many.
    let unit: usize = tail.chars().take(unit.chars().count()).map(char::len_utf8).sum();
    let end = start + figures + (rest[figures..].len() - tail.len()) + unit;
    let length = words.iter().take_while(|word| word.start < end).count().max(1);
    Some((length, start..end, value))
}

#[cfg(test)]
mod tests {
    use super::find;

    #[test]
    fn durations_are_found_in_sentences() {
        let values =
            |text: &str| find(text).into_iter().map(|found| found.value).collect::<Vec<_>>().join("; ");
        for (text, expect) in [
            ("We answer within 48 hours of submission.", "48 hours"),
            ("Status Updates: Every 7 days until resolution", "7 days"),
            ("Weekly until resolved", "weekly"),
            ("Target 7-14 days for critical issues", "7-14 days"),
            ("the 90-day disclosure deadline expires", "90 days"),
            ("in at most three days, usually two business days", "at most three days; two business days"),
            ("1 to 3 days, 48–72 hours or < 14 days (critical)", "1 to 3 days; 48–72 hours; < 14 days"),
            (
                "7일 이내, 5 営業日以内, 48 小时内, 7 дней, 5 dias úteis, 48 Stunden",
                "7 days; 5 business days; 48 hours; 7 days; 5 business days; 48 hours",
            ),
            ("a few days, next release, as soon as possible, version 2.0, 96M operations", ""),
            ("Release 1.2 days later", ""),
        ] {
            assert_eq!(values(text), expect, "{text}");
        }
        assert!(find("every 7 days")[0].every && !find("within 7 days")[0].every);
    }
}
