//! Sentences that an empty line breaks in two.

use super::Subject;
use super::prose::Told;
use crate::diag::Diagnostics;
use crate::diag::escape::short;
use crate::markdown::{Block, BlockKind};
use crate::rules::text as rules;

/// A paragraph without an end, before one without a beginning.
pub(super) fn broken_sentence(subject: &Subject<'_>, told: &[Told<'_>], diags: &mut Diagnostics) {
    for told in told {
        let pairs = told.blocks.iter().zip(told.blocks.iter().skip(1));
        for (first, second) in pairs.filter(|(first, second)| is_broken(told, first, second)) {
            let source = told.text.source;
            let line = source[first.range.clone()].rsplit('\n').next().unwrap_or_default();
            let next = source[second.range.clone()].split_whitespace().next().unwrap_or_default();
            let last = line.split_whitespace().next_back().unwrap_or_default();
            let message =
                format!("the sentence stops at `{}` and goes on at `{}`", short(last, 40), short(next, 40));
            let help = "remove the empty line between the two, or end the first with a full stop";
            let part = first.range.end - line.len()..first.range.end;
            diags.push(rules::BROKEN_SENTENCE.at(told.span(part, subject), message).help(help));
        }
    }
}

fn is_broken(told: &Told<'_>, first: &Block, second: &Block) -> bool {
    let source = told.text.source;
    let between = source.get(first.range.end..second.range.start).unwrap_or("-");
    let words = |block: &Block| source[block.range.clone()].split_whitespace().take(4).count();
    first.kind == BlockKind::Paragraph
        && second.kind == BlockKind::Paragraph
        && between.trim().is_empty()
        // Two or three words are a heading in disguise.
        && words(first) == 4
        && words(second) >= 3
        && is_open(&source[first.range.clone()])
        && goes_on(&source[second.range.clone()])
}

/// Ends in the middle: with a word in small letters, or a comma.
fn is_open(text: &str) -> bool {
    let last = text.split_whitespace().next_back().unwrap_or_default();
    let word = last.strip_suffix(',').unwrap_or(last);
    !word.is_empty() && word.chars().all(char::is_lowercase)
}

/// Begins with a word in small letters, and not with the name of a command.
fn goes_on(text: &str) -> bool {
    let first = text.split_whitespace().next().unwrap_or_default();
    let word = first.trim_end_matches([',', ';']);
    word.chars().count() > 1 && word.chars().all(char::is_lowercase)
}

#[cfg(test)]
mod tests {
    use super::{goes_on, is_open};

    #[test]
    fn halves_of_sentences_are_told_from_wholes() {
        assert!(is_open("It should not be used in production") && is_open("With regard to this,"));
        for whole in
            ["Done.", "as follows:", "see https://example.org/a", "**Note**", "write to a@b.example", "報告"]
        {
            assert!(!is_open(whole), "{whole}");
        }
        assert!(goes_on("environments without testing") && goes_on("however, it may"));
        for start in ["Environments", "`x` is", "e.g. this", "macOS is", "a)", "報告する"] {
            assert!(!goes_on(start), "{start}");
        }
    }
}
