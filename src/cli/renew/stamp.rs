//! Another day in `reviewed`: in go the bytes of the policy, out come the same bytes but for ten of them.

use jiff::civil::Date;

use crate::source::Spanned;
use crate::source::text::offset;

/// The policy with `today` where `reviewed` stands; `None` if the date is not spelled there as dates are.
pub(super) fn stamp(bytes: &[u8], reviewed: &Spanned<Date>, today: Date) -> Option<Vec<u8>> {
    let (old, new) = (reviewed.value.to_string(), today.to_string());
    let start = offset(bytes, reviewed.span.start as usize);
    let end = offset(bytes, reviewed.span.end as usize);
    let written = bytes.get(start..end)?;
    // It may stand in quotes.
    let inner = written.windows(old.len()).position(|window| window == old.as_bytes())?;
    let (before, after) = bytes.split_at_checked(start + inner)?;
    Some([before, new.as_bytes(), after.get(old.len()..)?].concat())
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::source::{FileId, Span};

    /// Stamps the first place in `text` that spells `value`, as a decoder would point at it.
    fn stamped(text: &str, value: &str) -> Option<String> {
        let decoded = crate::source::text::decode(text.as_bytes()).unwrap();
        let at = decoded.find(value).unwrap();
        let span = Span::new(FileId::default(), at..at + value.len());
        let reviewed = Spanned { span, value: date(2026, 11, 1) };
        let bytes = stamp(text.as_bytes(), &reviewed, date(2027, 3, 4))?;
        Some(String::from_utf8(bytes).unwrap())
    }

    #[test]
    fn only_the_value_changes() {
        for (quote, mark, end) in [("", "", "\n"), ("\"", "\u{feff}", "\r\n"), ("'''", "", "\r\n")] {
            let text = |day: &str| {
                format!("{mark}# ä{end}[policy]{end}reviewed={quote}{day}{quote}# since 2026-11-01{end}")
            };
            let value = format!("{quote}2026-11-01{quote}");
            assert_eq!(stamped(&text("2026-11-01"), &value), Some(text("2027-03-04")));
        }
    }

    #[test]
    fn another_spelling_is_left_alone() {
        assert_eq!(stamped("reviewed = \"2026-1\\u0031-01\"", "\"2026-1\\u0031-01\""), None);
    }
}
