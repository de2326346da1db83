//! Facts that a text tells again, and tells otherwise than the tables: `prose-disagrees`.
//!
//! A miss costs nothing, a false alarm trust: a sentence is believed to make a claim only where it makes a single one,
//! in words that policies use for it, and where the tables speak of the same thing.

mod addresses;
mod times;
mod versions;

use std::ops::Range;

use super::Subject;
use super::prose::Told;
use crate::diag::Diagnostics;
use crate::diag::escape::short;
use crate::markdown::{Block, BlockKind};
use crate::rules::text as rules;
use crate::source::Span;
use crate::value::sentence::sentences;
use crate::value::support::{self, Status};

/// A longer block is an essay, and its sentences make no promises.
const LONGEST: usize = 4000;

/// No policy that was met has more contacts or promises.
const MOST_ROWS: usize = 100;

/// All claims of the policy's texts.
pub(super) fn check(subject: &Subject<'_>, told: &[Told<'_>], diags: &mut Diagnostics) {
    printed(subject, diags);
    // Each sentence is held against each row. Who has more rows than anybody reads has written no sentences.
    let policy = subject.policy;
    if policy.contacts.len().max(policy.promises.len()) > MOST_ROWS {
        return;
    }
    for told in told {
        let mut heading = told.text.heading.unwrap_or_default().to_lowercase();
        for block in &told.blocks {
            let words = told.words(block.range.clone());
            match block.kind {
                BlockKind::Heading(_) => heading = words.to_lowercase(),
                BlockKind::Paragraph | BlockKind::Item if words.len() <= LONGEST => {
                    let claim = Claim { told, block, subject };
                    for sentence in sentences(words) {
                        // What a team does in an incident of its own is promised to nobody who reports.
                        if !heading.contains("incident") {
                            times::check(&sentence, &claim, diags);
                        }
                        addresses::check(&sentence, &heading, &claim, diags);
                    }
                    // Versions are often set as code.
                    for sentence in sentences(&told.text.source[block.range.clone()]) {
                        versions::check(&sentence, &claim, diags);
                    }
                }
                _ => {}
            }
        }
    }
}

/// A block that makes a claim, for findings about it.
struct Claim<'c> {
    told: &'c Told<'c>,
    block: &'c Block,
    subject: &'c Subject<'c>,
}

impl Claim<'_> {
    /// Reports that `words` of the block say something else than the table at `fact`.
    fn disagrees(&self, words: &str, fact: Span, message: String, diags: &mut Diagnostics) {
        let help = "correct the one that is wrong, or let the text leave it to the table";
        let finding = rules::PROSE_DISAGREES.at(self.span(words), message);
        diags.push(finding.and(fact, "the table").help(help));
    }

    /// Where words of a sentence stand; the block, where they were broken by a line.
    fn span(&self, words: &str) -> Span {
        let Range { start, end } = self.block.range;
        let at = self.told.text.source[start..end].find(words);
        let part = at.map_or(start..end, |at| start + at..start + at + words.len());
        self.told.span(part, self.subject)
    }
}

/// A cell that prints the opposite of the row's status.
fn printed(subject: &Subject<'_>, diags: &mut Diagnostics) {
    let released = |status: Status| !matches!(status, Status::Development | Status::Planned);
    for row in subject.policy.products.iter().flat_map(|product| &product.support) {
        let Some((cell, says)) =
            row.as_printed.as_ref().and_then(|cell| Some((cell, support::printed(cell.as_str())?)))
        else {
            continue;
        };
        let status = row.status.value;
        if released(says) && released(status) && says.gets_fixes() != status.gets_fixes() {
            let message =
                format!("the table prints `{}` for a row that is {status}", short(cell.as_str(), 40));
            let help = "correct `status` or `as_printed`";
            diags.push(rules::PROSE_DISAGREES.at(row.status.span, message).help(help));
        }
    }
}
