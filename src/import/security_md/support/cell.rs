//! Cells of tables of versions: what a version gets, and ends of support in the forms that people write. In goes a cell's
//! text, out comes what the model calls it.

use crate::value::date::printed;
use crate::value::support::{self as value, Until};

/// What a status cell says.
pub(super) struct Status {
    /// The word of the format.
    pub status: &'static str,
    /// Whether the cell was understood; else the status is unknown.
    pub known: bool,
    /// The end of support that the cell names.
    pub until: Option<String>,
}

/// Reads a status cell; `dots` tells whether dots stand behind the day, as in [`until`].
pub(super) fn status(text: &str, dots: bool) -> Status {
    let lower = text.trim().to_lowercase();
    if let Some(rest) = lower.strip_prefix("until ").or_else(|| lower.strip_prefix("supported until ")) {
        let start = text.len() - rest.len();
        let words = text.get(start..).unwrap_or_default();
        let (until, _) = until(words, dots);
        return Status { status: "supported", known: true, until };
    }
    let found = value::printed(text);
    // A blank among ticks, or a dash, is how tables say no.
    let blank = text.trim().chars().all(|c| matches!(c, '-' | '–' | '—'));
    let unread = if blank { value::Status::Unsupported } else { value::Status::Unknown };
    Status { status: found.unwrap_or(unread).as_str(), known: found.is_some(), until: None }
}

/// The end of support in a form of the format, and whether that is how it was printed. With `dots`, `05.03.2026` is the
/// fifth of March: no other date of the text puts the month before the first dot.
pub(super) fn until(text: &str, dots: bool) -> (Option<String>, bool) {
    let text = text.trim();
    if text.is_empty() || matches!(text, "-" | "–" | "—" | "N/A" | "n/a") {
        return (None, text.is_empty());
    }
    let words = text.strip_prefix("Until ").or_else(|| text.strip_prefix("until ")).unwrap_or(text);
    if let Some(day) = printed::day(words).or_else(|| printed::dotted(words).filter(|_| dots)) {
        let written = day.to_string();
        let same = written == text;
        return (Some(written), same);
    }
    if let Some(month) = printed::month(words) {
        return (Some(month), false);
    }
    let half = words.split(['(', ' ']).next().unwrap_or_default();
    let half = half.split_at_checked(4).filter(|(_, half)| half.len() == 2 && half.starts_with(['H', 'h']));
    let half = half.map(|(year, half)| format!("{year}-{half}"));
    if let Some(half) = half.filter(|half| !matches!(Until::parse(half), Ok(Until::Event(_)) | Err(_))) {
        return (Some(half), false);
    }
    match Until::parse(words) {
        Ok(until) => {
            let same = words == text && !matches!(until, Until::Day(_) | Until::Half(..) | Until::Month(..));
            (Some(words.to_owned()), same)
        }
        // Figures that two readers read as two days: the text keeps them.
        Err(_) => (None, false),
    }
}

#[cfg(test)]
mod tests {
    use super::{status, until};

    #[test]
    fn cells_say_what_they_say() {
        for (cell, expect) in [
            (":white_check_mark:", "supported"),
            ("✔️", "supported"),
            (":x:", "unsupported"),
            ("❌ No longer receiving patches of any kind", "unsupported"),
            ("Security patches only", "security-only"),
            ("Life Support", "unsupported"),
            ("Best effort", "best-effort"),
            (":hammer:", "development"),
            ("End-of-Life", "unsupported"),
            ("Active", "supported"),
            ("Unstable", "development"),
            ("Until 2023-12-31", "supported"),
            ("はい", "supported"),
            ("❗", "unknown"),
            ("", "unsupported"),
        ] {
            assert_eq!(status(cell, true).status, expect, "{cell}");
        }
        assert!(!status("❗", true).known);
        assert_eq!(status("Until 2023-12-31", true).until.as_deref(), Some("2023-12-31"));
    }

    #[test]
    fn ends_are_read_in_the_forms_of_people() {
        for (cell, expect) in [
            ("Jan 5, 2026", Some("2026-01-05")),
            ("5 March 2026", Some("2026-03-05")),
            ("2026.12.31", Some("2026-12-31")),
            ("2026H2(plan)", Some("2026-H2")),
            ("Until June 2026", Some("2026-06")),
            ("2027", Some("2027")),
            ("TBD", Some("TBD")),
            ("36 Months after the release of 5.0", Some("36 Months after the release of 5.0")),
            ("03/04/2026", None),
            ("31/06/2021", None),
            ("31.12.2026", Some("2026-12-31")),
            ("05.03.2026", Some("2026-03-05")),
            ("31.06.2021", None),
            ("", None),
        ] {
            assert_eq!(until(cell, true).0.as_deref(), expect, "{cell}");
        }
        assert_eq!(until("05.03.2026", false), (None, false));
    }
}
