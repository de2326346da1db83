//! The texts of a site, each with the way back from its bytes to a place in a file.

use std::ops::Range;

use super::Subject;
use crate::markdown;
use crate::model::policy::section::SectionText;
use crate::source::{FileId, Span, Spanned};

/// One text.
pub(super) struct Text<'a> {
    /// As it was written.
    pub source: &'a str,
    /// Whether it is part of the policy, and not of a page beside it.
    pub policy: bool,
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

/// All texts of the policy, then those of pages.
pub(super) fn all<'a>(subject: &Subject<'a>) -> Vec<Text<'a>> {
    let policy = subject.policy;
    let value = |text: &'a Spanned<String>| Text { source: text, policy: true, place: Place::Value(text) };
    let mut texts: Vec<Text<'a>> = policy.document.intro.iter().map(value).collect();
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
        match &section.text {
            SectionText::Body(body) => texts.push(value(body)),
            SectionText::File(file) => {
                let found = subject.sources.find(file.as_str()).zip(subject.fragments.get(file.as_str()));
                let Some(((id, source), text)) = found else { continue };
                // A page that is a section too has its text after its front matter.
                let offset = source.bytes.len().saturating_sub(text.len());
                texts.push(Text { source: text, policy: true, place: Place::File(id, offset) });
                included.push(id);
            }
            SectionText::Empty => {}
        }
    }
    let pages = subject.pages.iter().filter(|page| !included.contains(&page.id));
    texts.extend(pages.map(|page| Text {
        source: &page.body,
        policy: false,
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
