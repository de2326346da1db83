//! Lines of the text that date the policy: `Last Updated: …`, `Next Review: …`.

use jiff::civil::Date;

use super::Subject;
use super::prose::{Told, labelled};
use crate::diag::Diagnostics;
use crate::diag::escape::short;
use crate::markdown::BlockKind;
use crate::rules::policy as rules;
use crate::value::date::printed;
use crate::value::placeholder;
use crate::value::sentence::has_any;
use crate::value::support::Until;

const NEXT: [&str; 6] = [
    "next review",
    "next review date",
    "next scheduled review",
    "next policy review",
    "review due",
    "review by",
];

const LAST: [&str; 8] = [
    "last updated",
    "last update",
    "last reviewed",
    "last review",
    "last modified",
    "last revised",
    "reviewed on",
    "effective date",
];

/// What stands for a day: how often, or where to look.
const KNOWN: [&str; 16] = [
    "annual",
    "year",
    "quarter",
    "month",
    "week",
    "every",
    "daily",
    "git",
    "commit",
    "history",
    "log",
    "see ",
    "http",
    "above",
    "below",
    "upon each",
];

/// `review-overdue` and `review-undated`.
pub(super) fn check(subject: &Subject<'_>, told: &[Told<'_>], today: Date, diags: &mut Diagnostics) {
    for told in told {
        let words = |kind| matches!(kind, BlockKind::Paragraph | BlockKind::Item);
        for block in told.blocks.iter().filter(|block| words(block.kind)) {
            for (at, line) in told.lines(block) {
                let Some((label, begins, value)) = labelled(line) else { continue };
                let label = label.to_lowercase();
                let next = NEXT.contains(&label.as_str());
                if value.is_empty() || !next && !LAST.contains(&label.as_str()) {
                    continue;
                }
                let span = || told.span(at + begins..at + begins + value.len(), subject);
                match last_day(value) {
                    Some(day) if next && day < today => {
                        let message =
                            format!("the next review was to be on {}", crate::value::date::in_words(day));
                        let help = "review the policy and set `reviewed`, then write the next day or remove the line";
                        diags.push(rules::REVIEW_OVERDUE.at(span(), message).help(help));
                    }
                    None if !tells_a_time(value) => {
                        let message = format!("`{}` is no day", short(value, 60));
                        let help = "write the day, such as `2027-06-01`, or remove the line: the portal prints `reviewed`";
                        diags.push(rules::REVIEW_UNDATED.at(span(), message).help(help));
                    }
                    _ => {}
                }
            }
        }
    }
}

fn last_day(value: &str) -> Option<Date> {
    // "May 8, 2026 (quarterly)"
    let value = value.split('(').next().unwrap_or_default().trim().trim_end_matches('.');
    let dated = |text: &str| Until::parse(text).ok().and_then(|until| until.last_day());
    printed::day(value).or_else(|| dated(value)).or_else(|| dated(&printed::month(value)?))
}

/// A year or a number is some time, and a placeholder is a finding of its own.
fn tells_a_time(value: &str) -> bool {
    value.contains(char::is_numeric)
        || has_any(&value.to_lowercase(), &KNOWN)
        || placeholder::find(value).is_some()
}

#[cfg(test)]
mod tests {
    use super::tells_a_time;

    #[test]
    fn what_is_no_day_is_told_from_what_stands_for_one() {
        for value in
            ["2026", "March 5th, 2026", "annually", "see the git history", "[INSERT DATE]", "every release"]
        {
            assert!(tells_a_time(value), "{value}");
        }
        assert!(!tells_a_time("Before production deployment"));
    }
}
