//! Lists of thanks in the text.

use super::Subject;
use super::prose::Told;
use crate::diag::Diagnostics;
use crate::diag::escape::short;
use crate::markdown::{Block, BlockKind};
use crate::rules::text as rules;
use crate::value::sentence::has_any;

/// Headings of lists of people.
const HEADINGS: [&str; 7] =
    ["hall of fame", "wall of fame", "thanks", "acknowledg", "credits", "recognition", "contributors"];

/// A list of thanks that says nobody is in it.
pub(super) fn hof_empty(subject: &Subject<'_>, told: &[Told<'_>], diags: &mut Diagnostics) {
    let credited = subject.advisories.iter().any(|file| !file.front.credits.is_empty());
    if credited || !subject.policy.thanks.is_empty() {
        return;
    }
    for told in told {
        let is_list = |heading: &str| has_any(&heading.to_lowercase(), &HEADINGS);
        // A heading below that of a list, such as a year, is within it.
        let mut list = told.text.heading.filter(|heading| is_list(heading)).map(|_| 0);
        let mut part: Vec<&Block> = Vec::new();
        for block in &told.blocks {
            if let BlockKind::Heading(level) = block.kind {
                report(told, &part, subject, diags);
                part.clear();
                list = list.filter(|above| *above < level);
                if is_list(told.words(block.range.clone())) {
                    list = list.or(Some(level));
                }
            } else if list.is_some() {
                part.push(block);
            }
        }
        report(told, &part, subject, diags);
    }
}

fn report(told: &Told<'_>, part: &[&Block], subject: &Subject<'_>, diags: &mut Diagnostics) {
    let says_nobody = |block: &&&Block| is_nobody(told.words(block.range.clone()));
    let Some(nobody) = part.iter().find(says_nobody) else { return };
    let named = |block: &&Block| block.kind != BlockKind::Paragraph && !says_nobody(&block);
    if !part.iter().any(named) {
        let words = told.words(nobody.range.clone()).trim();
        let message = format!("`{}`: nobody is thanked here", short(words, 60));
        let help = "remove the section until there is somebody to name in [[hall_of_fame]]";
        diags.push(rules::HOF_EMPTY.at(told.span(nobody.range.clone(), subject), message).help(help));
    }
}

/// `(No vulnerabilities reported yet)`, `None so far`.
fn is_nobody(words: &str) -> bool {
    let lower = words.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    let begins = ["no ", "none", "nobody", "no-one", "nothing", "be the first", "your name could be"];
    let yet = ["yet", "so far", "at this time", "at the moment", "currently", "to date"];
    lower.len() < 120
        && begins.iter().any(|word| lower.starts_with(word))
        && (has_any(&lower, &yet) || lower == "none" || !lower.starts_with("no"))
}

#[cfg(test)]
mod tests {
    use super::is_nobody;

    #[test]
    fn nobody_is_told_from_somebody() {
        for words in ["(No vulnerabilities reported yet)", "*None so far.*", "None", "Be the first!"] {
            assert!(is_nobody(words), "{words}");
        }
        for words in
            ["Noah Yett", "No rewards are paid", "Jane Example, for a flaw not fixed yet", "Nonesuch Labs"]
        {
            assert!(!is_nobody(words), "{words}");
        }
    }
}
