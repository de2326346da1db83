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
use crate::value::support;

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
        let mut row = Row::default();
        for block in &told.blocks {
            let words = told.words(block.range.clone());
            match block.kind {
                BlockKind::Heading(_) => heading = words.to_lowercase(),
                BlockKind::Paragraph | BlockKind::Item if words.len() <= LONGEST => {
                    let claim = Claim { told, block, subject };
                    for sentence in sentences(words) {
                        claim.check(&sentence, &heading, diags);
                    }
                    claim.check_versions(diags);
                }
                BlockKind::Cell { column, head } if words.len() <= LONGEST => {
                    let claim = Claim { told, block, subject };
                    if let Some(sentence) = row.read(block.group, column, head, words) {
                        claim.check(&sentence, &heading, diags);
                    }
                    claim.check_versions(diags);
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
    /// Times and addresses of a sentence.
    fn check(&self, sentence: &str, heading: &str, diags: &mut Diagnostics) {
        // What a team does in an incident of its own is promised to nobody who reports.
        if !heading.contains("incident") {
            times::check(sentence, self, diags);
        }
        addresses::check(sentence, heading, self, diags);
    }

    /// Versions of the block. They are often set as code, which is no prose.
    fn check_versions(&self, diags: &mut Diagnostics) {
        for sentence in sentences(&self.told.text.source[self.block.range.clone()]) {
            versions::check(&sentence, self, diags);
        }
    }

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

/// The row of a table whose cells are being read.
#[derive(Default)]
struct Row {
    group: usize,
    heads: Vec<String>,
    label: String,
}

impl Row {
    /// What a cell says, as a sentence: under "Fix" and beside "Critical", `7 days` is "Fix critical: within 7 days". Cells that name
    /// what others tell say nothing themselves.
    fn read(&mut self, group: usize, column: usize, head: bool, words: &str) -> Option<String> {
        if self.group != group {
            *self = Self { group, ..Self::default() };
        }
        let words = words.trim();
        if head {
            self.heads.resize(column, String::new());
            self.heads.push(words.to_owned());
            return None;
        }
        if column == 0 {
            self.label = words.to_owned();
            return None;
        }
        let head = self.heads.get(column).map_or("", String::as_str);
        // An address is labelled by its row alone, and a time binds as if the cell said "within".
        let sentence = match words.contains('@') {
            true => format!("{}: {words}", self.label),
            false => format!("{head} {}: within {words}", self.label),
        };
        (self.label.len() + head.len() + words.len() <= LONGEST).then_some(sentence)
    }
}

/// A cell that prints the opposite of the row's status.
fn printed(subject: &Subject<'_>, diags: &mut Diagnostics) {
    for row in subject.policy.products.iter().flat_map(|product| &product.support) {
        let Some((cell, says)) =
            row.as_printed.as_ref().and_then(|cell| Some((cell, support::printed(cell.as_str())?)))
        else {
            continue;
        };
        let status = row.status.value;
        if says.is_decided() && status.is_decided() && says.gets_fixes() != status.gets_fixes() {
            let message =
                format!("the table prints `{}` for a row that is {status}", short(cell.as_str(), 40));
            let help = "correct `status` or `as_printed`";
            diags.push(rules::PROSE_DISAGREES.at(row.status.span, message).help(help));
        }
    }
}
