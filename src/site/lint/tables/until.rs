//! Ends of support: after today where nothing is supported, and in forms that calendars cannot read.

use jiff::civil::Date;

use crate::diag::Diagnostics;
use crate::diag::escape::short;
use crate::markdown::BlockKind;
use crate::model::policy::product::{Product, Support};
use crate::rules::version as rules;
use crate::site::lint::Subject;
use crate::site::lint::prose::Told;
use crate::value::date::{MONTHS, printed};
use crate::value::sentence::has_any;
use crate::value::support::{Status, Until};

pub(super) fn until_future(row: &Support, today: Date, diags: &mut Diagnostics) {
    if row.status.value != Status::Unsupported {
        return;
    }
    let Some(until) = row.until.as_ref().filter(|until| until.last_day().is_some_and(|end| end > today))
    else {
        return;
    };
    let message = format!(
        "`{}` is unsupported, and supported until {}",
        short(row.versions.as_printed(), 40),
        until.value
    );
    let help = "correct the date, or write the status that holds until then";
    diags.push(rules::UNTIL_FUTURE.at(until.span, message).and(row.status.span, "the status").help(help));
}

/// Rows that get fixes, beside one that says until when. Nobody may know yet how long the newest will, which stands first
/// or last.
pub(super) fn until_missing(product: &Product, diags: &mut Diagnostics) {
    let fixed: Vec<&Support> = product.support.iter().filter(|row| row.status.gets_fixes()).collect();
    let Some(told) = fixed.iter().find_map(|row| row.until.as_ref()) else { return };
    let [_, between @ .., _] = fixed.as_slice() else { return };
    for row in between.iter().filter(|row| row.until.is_none() && row.note.is_none()) {
        let message = format!("`{}` has no end, and other rows have", short(row.versions.as_printed(), 40));
        let help = "add `until`: a day, a month, or words such as \"TBD\"";
        let finding = rules::UNTIL_MISSING.at(row.versions.span, message).and(told.span, "such as this one");
        diags.push(finding.help(help));
    }
}

pub(super) fn until_format(row: &Support, diags: &mut Diagnostics) {
    let Some(until) = &row.until else { return };
    if let Until::Event(words) = &until.value
        && is_some_date(words)
    {
        let message = format!("`{}` is a date that calendars cannot read", short(words, 40));
        let help =
            "write year, month, day such as `2026-06-23`, or as much of it as is known: `2026-06`, `2026-H2`";
        diags.push(rules::UNTIL_FORMAT.at(until.span, message).help(help));
    }
}

/// "June 2026", "end of Q3 2026": a year, and nothing but words of the calendar around it.
fn is_some_date(words: &str) -> bool {
    let lower = words.to_lowercase();
    let mut year = false;
    let parts = lower.split(|c: char| !c.is_alphanumeric()).filter(|part| !part.is_empty());
    let mut parts = parts.peekable();
    parts.peek().is_some()
        && parts.all(|part| {
            let number = part.trim_end_matches(|c: char| c.is_ascii_alphabetic());
            year |= part.len() == 4 && number.parse::<i16>().is_ok_and(|year| (1990..=2100).contains(&year));
            let ordinal = ["", "st", "nd", "rd", "th"].contains(&&part[number.len()..]) && number.len() <= 4;
            let month = part.len() >= 3 && MONTHS.iter().any(|month| month.to_lowercase().starts_with(part));
            let around = [
                "until", "end", "of", "the", "early", "mid", "late", "in", "by", "q1", "q2", "q3", "q4",
                "sept", "spring", "summer", "autumn", "fall", "winter",
            ];
            !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit()) && ordinal
                || month
                || around.contains(&part)
        })
        && year
}

/// The same in a table that stayed a part of the text.
pub(in crate::site::lint) fn until_format_told(
    subject: &Subject<'_>,
    told: &[Told<'_>],
    diags: &mut Diagnostics,
) {
    for told in told {
        let mut ends: Vec<(usize, usize)> = Vec::new();
        let months_first = told.blocks.iter().any(|block| {
            matches!(block.kind, BlockKind::Cell { .. })
                && printed::dots_begin_with_months(told.words(block.range.clone()))
        });
        for block in &told.blocks {
            let BlockKind::Cell { column, head } = block.kind else { continue };
            let cell = told.words(block.range.clone()).trim();
            let words = ["until", "eol", "eos", "end of", "end date", "support", "expir", "sunset"];
            if head {
                ends.extend(has_any(&cell.to_lowercase(), &words).then_some((block.group, column)));
            } else if is_figures(cell)
                && (months_first || printed::dotted(cell).is_none())
                && ends.contains(&(block.group, column))
            {
                let message = format!("`{}` is not a date that all readers read alike", short(cell, 40));
                let help = "write year, month, day such as `2026-06-23`";
                let span = told.span(block.range.clone(), subject);
                diags.push(rules::UNTIL_FORMAT.at(span, message).help(help));
            }
        }
    }
}

/// `23/06/2026`, `31.06.2021`.
fn is_figures(cell: &str) -> bool {
    let parts: Vec<&str> = cell.split(['/', '.', '-']).collect();
    let figures = |part: &&str| part.bytes().all(|b| b.is_ascii_digit());
    let [day, month, year] = parts.as_slice() else { return false };
    (1..=2).contains(&day.len())
        && (1..=2).contains(&month.len())
        && year.len() == 4
        && parts.iter().all(figures)
}

#[cfg(test)]
mod tests {
    use super::{is_figures, is_some_date};

    #[test]
    fn dates_are_told_from_events() {
        for words in ["June 2026", "end of Q3 2026", "March 5th, 2026", "Until Sept 2026"] {
            assert!(is_some_date(words), "{words}");
        }
        for words in ["36 Months after the release of 5.0 (09 Sep 2026)", "the release of 2.3", "TBD", "2.0"]
        {
            assert!(!is_some_date(words), "{words}");
        }
        assert!(
            is_figures("23/06/2026")
                && is_figures("31.6.2021")
                && !is_figures("1.2.3")
                && !is_figures("2026-01-02")
        );
    }
}
