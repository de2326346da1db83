//! The texts of a site, each with the way back from its bytes to a place in a file.

use std::cell::Cell;
use std::ops::Range;

use super::Subject;
use crate::markdown::{self, Block};
use crate::model::policy::section::SectionText;
use crate::source::{FileId, Span, Spanned};

/// One text.
pub(super) struct Text<'a> {
    /// As it was written.
    pub source: &'a str,
    /// Whether it is part of the policy, and not of a page beside it.
    pub policy: bool,
    /// The heading of the section that it is the text of.
    pub heading: Option<&'a str>,
    /// The level of the heading above it: 1 is the title, and 6 leaves no lower one.
    pub level: u8,
    place: Place<'a>,
}

enum Place<'a> {
    /// A value of `policy.toml`, whose escapes may shift offsets.
    Value(&'a Spanned<String>),
    /// A file, from this byte on.
    File(FileId, usize),
}

impl Text<'_> {
    /// Where a part of it stands.
    pub(super) fn span(&self, part: Range<usize>, subject: &Subject<'_>) -> Span {
        match self.place {
            Place::Value(value) => crate::site::prose::within(value, part, subject.sources),
            Place::File(file, offset) => Span::new(file, part.start + offset..part.end + offset),
        }
    }

    /// Whether it has a file of its own.
    pub(super) fn is_file(&self) -> bool {
        matches!(self.place, Place::File(..))
    }

    /// What a reader sees of it as prose: code and comments are blanks, and the rest stands where it stood.
    pub(super) fn read(&self) -> String {
        without_comments(markdown::without_code(self.source))
    }
}

/// A text of the policy as its readers take it in: block by block.
pub(super) struct Told<'t> {
    /// The text itself.
    pub text: &'t Text<'t>,
    /// Its blocks of words.
    pub blocks: Vec<Block>,
    read: String,
    /// How many places were looked for; each takes a walk over the file.
    placed: Cell<usize>,
}

impl<'t> Told<'t> {
    /// The texts of the policy among `texts`.
    pub(super) fn all(texts: &'t [Text<'t>]) -> Vec<Self> {
        let policy = texts.iter().filter(|text| text.policy);
        policy
            .map(|text| Self {
                text,
                blocks: markdown::blocks(text.source),
                read: text.read(),
                placed: Cell::new(0),
            })
            .collect()
    }

    /// Where a part of the text stands. What is wrong a hundred times is shown by its first places; after them it is the text
    /// as a whole.
    pub(super) fn span(&self, part: Range<usize>, subject: &Subject<'_>) -> Span {
        const MOST: usize = 100;
        let placed = self.placed.replace(self.placed.get() + 1);
        self.text.span(if placed < MOST { part } else { 0..0 }, subject)
    }

    /// The prose of a part, where code and comments are blanks.
    pub(super) fn words(&self, part: Range<usize>) -> &str {
        self.read.get(part).unwrap_or_default()
    }

    /// Whether a block leads somewhere, by a link or a bare address.
    pub(super) fn leads(&self, block: &Block) -> bool {
        block.linked || self.words(block.range.clone()).contains("://")
    }

    /// The lines of a block, each with its place.
    pub(super) fn lines(&self, block: &Block) -> impl Iterator<Item = (usize, &str)> {
        let start = block.range.start;
        let mut at = start;
        self.words(block.range.clone()).split_inclusive('\n').map(move |line| {
            let begins = at;
            at += line.len();
            (begins, line)
        })
    }
}

/// What stands before the first colon of a line, and what after it, without the marks of emphasis: `**Acknowledgment**:
/// within 48 hours`. Where the second begins in the line is told too.
pub(super) fn labelled(line: &str) -> Option<(&str, usize, &str)> {
    let (label, value) = line.split_once(':')?;
    let marks = |c: char| c.is_whitespace() || matches!(c, '*' | '_' | '>' | '#');
    let begins = line.len() - value.trim_start_matches(marks).len();
    Some((label.trim_matches(marks), begins, value.trim_matches(marks)))
}

/// All texts of the policy, then those of pages.
pub(super) fn all<'a>(subject: &Subject<'a>) -> Vec<Text<'a>> {
    let policy = subject.policy;
    let value = |text: &'a Spanned<String>| Text {
        source: text,
        policy: true,
        heading: None,
        level: 6,
        place: Place::Value(text),
    };
    let intro = policy.document.intro.iter();
    let mut texts: Vec<Text<'a>> = intro.map(|text| Text { level: 1, ..value(text) }).collect();
    let scope = policy.scope.iter().flat_map(|scope| scope.included.iter().chain(&scope.excluded));
    let items = scope.chain(policy.safe_harbor.iter().flat_map(|harbor| &harbor.conditions));
    let items = items.chain(&policy.reporting.include).filter_map(|item| item.text.as_ref());
    texts.extend(items.map(value));
    texts.extend(policy.reporting.exclude.iter().chain(&policy.reporting.ai).map(value));
    texts.extend(policy.safe_harbor.iter().filter_map(|harbor| harbor.statement.as_ref()).map(value));
    texts.extend(policy.disclosure.iter().flat_map(|disclosure| &disclosure.steps).map(value));
    texts.extend(policy.limitations.iter().flat_map(|l| l.text.iter().chain(&l.mitigation)).map(value));
    let mut included = Vec::new();
    for section in &policy.sections {
        let (heading, level) = (Some(section.title.as_str()), section.level);
        match &section.text {
            SectionText::Body(body) => texts.push(Text { heading, level, ..value(body) }),
            SectionText::File(file) => {
                let found = subject.sources.find(file.as_str()).zip(subject.fragments.get(file.as_str()));
                let Some(((id, source), text)) = found else { continue };
                // A page that is a section too has its text after its front matter.
                let offset = source.bytes.len().saturating_sub(text.len());
                texts.push(Text {
                    source: text,
                    policy: true,
                    heading,
                    level,
                    place: Place::File(id, offset),
                });
                included.push(id);
            }
            SectionText::Empty => {}
        }
    }
    let pages = subject.pages.iter().filter(|page| !included.contains(&page.id));
    texts.extend(pages.map(|page| Text {
        source: &page.body,
        policy: false,
        heading: None,
        level: 1,
        place: Place::File(page.id, page.body_offset),
    }));
    texts
}

/// Comments as blanks. One that is never closed is a finding of its own, and stays.
fn without_comments(text: String) -> String {
    let mut bytes = text.into_bytes();
    let mut from = 0;
    while let Some(start) = find(&bytes, from, b"<!--") {
        let Some(end) = find(&bytes, start, b"-->") else { break };
        bytes[start..end + 3].fill(b' ');
        from = end + 3;
    }
    // Comments begin and end with ASCII, so no character was cut.
    String::from_utf8_lossy(&bytes).into_owned()
}

fn find(bytes: &[u8], from: usize, wanted: &[u8]) -> Option<usize> {
    bytes.get(from..)?.windows(wanted.len()).position(|window| window == wanted).map(|at| from + at)
}
