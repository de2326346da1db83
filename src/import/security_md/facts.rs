//! The facts that were read from a policy, before they are written as TOML. Values are plain words; what must be a word of
//! the format is one already.

use std::ops::Range;

use jiff::civil::Date;

use super::kind::Kind;
use super::outline::{Outline, Statement};
use crate::diag::escape::short;
use crate::value::date::printed;

/// Every fact that an import can find.
#[derive(Debug, Default)]
pub(super) struct Facts {
    pub language: &'static str,
    pub updated: Option<Date>,
    pub reviewed_by: Vec<String>,
    pub repository: Option<String>,
    pub products: Vec<Product>,
    pub public_issues: Option<&'static str>,
    pub subject: Option<String>,
    pub include: Vec<Item>,
    pub contacts: Vec<Contact>,
    pub key_on_request: bool,
    pub promises: Vec<Promise>,
    pub severities: Vec<(&'static str, String)>,
    pub coordinated: bool,
    pub deadline: Option<String>,
    pub deadline_from: Option<&'static str>,
    pub steps: Vec<String>,
    pub phases: Vec<(String, String)>,
    pub in_scope: Vec<Item>,
    pub out_of_scope: Vec<Item>,
    pub harbor: Option<String>,
    pub conditions: Vec<Item>,
    pub bounty: Option<bool>,
    pub credit: Option<Credit>,
    pub published: Vec<String>,
    pub limitations: Vec<Limitation>,
}

/// A point of a list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Item {
    pub title: Option<String>,
    pub text: Option<String>,
    pub required: bool,
}

/// `[[product]]`.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Product {
    pub name: Option<String>,
    pub words_only: bool,
    pub rule: Option<(&'static str, Option<u32>, String)>,
    pub columns: Vec<(&'static str, String)>,
    pub rows: Vec<Row>,
}

/// `[[product.support]]`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Row {
    pub versions: String,
    pub status: &'static str,
    pub as_printed: Option<String>,
    pub track: Option<String>,
    pub until: Option<String>,
    pub note: Option<String>,
    pub extra: Vec<(String, String)>,
}

/// `[[contact]]`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Contact {
    pub kind: &'static str,
    pub address: Option<String>,
    pub purposes: Vec<&'static str>,
    pub after: Option<String>,
    pub confirmed: bool,
    pub key: bool,
}

/// `[[response]]`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Promise {
    pub stage: &'static str,
    pub severity: Option<&'static str>,
    pub key: &'static str,
    pub value: String,
}

/// `[credit]`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Credit {
    pub anonymous: bool,
    pub places: Vec<&'static str>,
}

/// `[[limitation]]`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Limitation {
    pub title: String,
    pub text: Option<String>,
    pub mitigation: Option<String>,
    pub planned: Option<String>,
}

/// What is known of a statement besides its words.
#[derive(Debug, Clone, Default)]
pub(super) struct Place {
    /// The kind of the nearest heading that has one.
    pub kind: Option<Kind>,
    /// The nearest heading.
    pub heading: Option<usize>,
    /// The paragraph that leads to the list that it is in.
    pub lead: Option<usize>,
}

/// Enough to show what kind of words were left.
const MOST_LEFT: usize = 20;

/// A text that is being read.
pub(super) struct Reading<'t> {
    pub text: &'t str,
    pub outline: &'t Outline,
    /// For each statement.
    pub places: Vec<Place>,
    pub facts: Facts,
    /// Which statement says what: its place, the mark of the fact, and the key it went to.
    pub evidence: Vec<(usize, &'static str, String)>,
    /// Blocks that give way to a mark, because the fact says every word of them.
    pub marks: Vec<(Range<usize>, String)>,
    /// Whether dots stand behind the day: no date of the text puts the month before the first.
    pub dots: bool,
    /// What was seen and left as text, and why: its statement, its words, the reason.
    pub left: Vec<(usize, String, &'static str)>,
}

impl<'t> Reading<'t> {
    pub(super) fn new(text: &'t str, outline: &'t Outline) -> Self {
        let mut above: Vec<(u8, usize, Option<Kind>)> = Vec::new();
        let mut lead = None;
        let mut places = Vec::with_capacity(outline.statements.len());
        for (at, statement) in outline.statements.iter().enumerate() {
            if let super::outline::Kind::Heading(level) = statement.kind {
                above.retain(|(other, ..)| *other < level);
                // The title of the whole document says what all of it is about, and so nothing of a part.
                let kind = if level == 1 { None } else { super::kind::kind(&statement.text) };
                above.push((level, at, kind));
            }
            let item =
                matches!(statement.kind, super::outline::Kind::Item(_) | super::outline::Kind::Row(..));
            places.push(Place {
                kind: above.iter().rev().find_map(|(_, _, kind)| *kind),
                heading: above.last().map(|(_, at, _)| *at),
                lead: lead.filter(|_| item),
            });
            if !item {
                lead = Some(at).filter(|_| statement.kind == super::outline::Kind::Paragraph);
            }
        }
        Self {
            text,
            outline,
            places,
            facts: Facts::default(),
            evidence: Vec::new(),
            marks: Vec::new(),
            dots: !printed::dots_begin_with_months(text),
            left: Vec::new(),
        }
    }

    /// The statements that speak to readers, with their places: no comment, no code.
    pub(super) fn spoken(&self) -> impl Iterator<Item = (usize, &'t Statement)> + use<'t> {
        use super::outline::Kind as K;
        let spoken = |(_, statement): &(usize, &Statement)| {
            statement.is_short() && matches!(statement.kind, K::Paragraph | K::Item(_) | K::Row(..) | K::Html)
        };
        self.outline.statements.iter().enumerate().filter(spoken)
    }

    pub(super) fn kind(&self, at: usize) -> Option<Kind> {
        self.places[at].kind
    }

    /// The words that lead to a statement: the outer item, else the paragraph before the list.
    pub(super) fn lead(&self, at: usize) -> Option<&'t Statement> {
        let outer = self.outline.statements[at].parent.or(self.places[at].lead)?;
        self.outline.statements.get(outer)
    }

    /// Whether a block holds a definition of a link, which no fact says.
    pub(super) fn defines(&self, block: &Range<usize>) -> bool {
        self.outline.definitions.iter().any(|(_, place)| block.contains(&place.start))
    }

    /// Whether a mark stands for a block already.
    pub(super) fn is_marked(&self, block: &Range<usize>) -> bool {
        self.marks.iter().any(|(other, _)| other.start < block.end && block.start < other.end)
    }

    /// Notes that words of a statement were understood, and that no fact was made of them.
    pub(super) fn leave(&mut self, at: usize, words: &str, why: &'static str) {
        let left = (at, short(words, 60), why);
        if self.left.len() < MOST_LEFT && !self.left.contains(&left) {
            self.left.push(left);
        }
    }

    pub(super) fn say(&mut self, at: usize, mark: &'static str, key: impl Into<String>) {
        let said = (at, mark, key.into());
        // What is said twice is said by one statement, so the last few are all that can be equal.
        if !self.evidence.iter().rev().take(32).any(|other| *other == said) {
            self.evidence.push(said);
        }
    }
}
