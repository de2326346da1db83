//! Times by severity in the text: whether each line is for a level that there is.

use super::Subject;
use super::prose::{Told, labelled};
use crate::diag::Diagnostics;
use crate::diag::escape::short;
use crate::markdown::{Block, BlockKind};
use crate::rules::promise as rules;
use crate::source::fields::nearest;
use crate::value::duration;

const LEVELS: [&str; 5] = ["critical", "high", "medium", "moderate", "low"];

/// Words of other scales, and those that stand beside a level.
const BESIDE: [&str; 46] = [
    "severe",
    "important",
    "urgent",
    "major",
    "minor",
    "normal",
    "none",
    "negligible",
    "informational",
    "info",
    "severity",
    "severities",
    "risk",
    "risks",
    "priority",
    "impact",
    "level",
    "rating",
    "cvss",
    "score",
    "issue",
    "issues",
    "vulnerability",
    "vulnerabilities",
    "bug",
    "bugs",
    "flaw",
    "flaws",
    "finding",
    "findings",
    "fix",
    "fixes",
    "patch",
    "patches",
    "security",
    "response",
    "resolution",
    "time",
    "very",
    "extremely",
    "for",
    "and",
    "or",
    "of",
    "to",
    "all",
];

/// A line among lines by severity, for a severity that there is not.
pub(super) fn severity_unknown(subject: &Subject<'_>, told: &[Told<'_>], diags: &mut Diagnostics) {
    for told in told {
        let mut rows = rows(told);
        // Rows of a list may stand apart, with items of other lists between them.
        rows.sort_by_key(|row| row.group);
        for group in rows.chunk_by(|a, b| a.group == b.group) {
            if group.iter().filter(|row| LEVELS.contains(&row.label.to_lowercase().as_str())).count() < 2 {
                continue;
            }
            for row in group.iter().filter(|row| row.timed) {
                let Some(level) = slip(row.label) else { continue };
                let message = format!("`{}` is no level of severity", short(row.label, 40));
                let help = format!("write `{level}`, if that is what was meant");
                let part = row.at..row.at + row.label.len();
                diags.push(rules::SEVERITY_UNKNOWN.at(told.span(part, subject), message).help(help));
            }
        }
    }
}

/// A line of a list, or a row of a table.
struct Row<'t> {
    group: usize,
    at: usize,
    label: &'t str,
    /// Whether a time is promised in it.
    timed: bool,
}

fn rows<'t>(told: &'t Told<'_>) -> Vec<Row<'t>> {
    let mut rows: Vec<Row<'t>> = Vec::new();
    for block in &told.blocks {
        let words = told.words(block.range.clone());
        match block.kind {
            BlockKind::Item => {
                rows.extend(labelled(words).map(|(label, _, value)| row(block, words, label, value)));
            }
            BlockKind::Cell { column: 0, head: false } => {
                let label = words.trim_matches(|c: char| c.is_whitespace() || matches!(c, '*' | '_'));
                rows.push(row(block, words, label, ""));
            }
            BlockKind::Cell { head: false, .. } => {
                if let Some(row) = rows.last_mut().filter(|row| row.group == block.group) {
                    row.timed |= is_timed(words);
                }
            }
            _ => {}
        }
    }
    rows
}

fn row<'t>(block: &Block, words: &str, label: &'t str, value: &str) -> Row<'t> {
    let at = block.range.start + words.find(label).unwrap_or_default();
    Row { group: block.group, at, label, timed: is_timed(value) }
}

fn is_timed(words: &str) -> bool {
    // A longer text is no promise of a time, and would be searched for nothing.
    words.len() <= 500 && !duration::find(words).is_empty()
}

/// The level that a label seems to mean and does not say: `Medium Page`, `Critcal`.
fn slip(label: &str) -> Option<&'static str> {
    if label.len() > 40 || label.contains(['(', '/', '`']) {
        return None;
    }
    let lower = label.to_lowercase();
    let words: Vec<&str> =
        lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let level = |word: &str| LEVELS.into_iter().find(|level| *level == word);
    let known = |word: &&str| {
        level(word).is_some() || BESIDE.contains(word) || word.contains(|c: char| c.is_ascii_digit())
    };
    let strange = words.iter().filter(|word| !known(word)).count();
    match words.as_slice() {
        [only] if strange == 1 && only.len() > 3 => nearest(only, LEVELS.into_iter())
            .filter(|level| level.as_bytes().first() == only.as_bytes().first()),
        [_, _] if strange == 1 => words.iter().find_map(|word| level(word)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::slip;

    #[test]
    fn slips_are_told_from_scales() {
        assert_eq!(slip("Medium Page"), Some("medium"));
        assert_eq!(slip("Critcal"), Some("critical"));
        for label in [
            "Medium",
            "High severity",
            "Critical (CVSS 9)",
            "Low/Info",
            "Important",
            "P1",
            "Others",
            "High P2",
        ] {
            assert_eq!(slip(label), None, "{label}");
        }
    }
}
