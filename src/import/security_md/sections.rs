//! The document as sections: in goes the text with what was read of it, out come title, introduction and sections, whose
//! texts are the source's own but for marks where facts go.
//!
//! Nothing of the text is left out here, and nothing is added that shows on a page.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::facts::Reading;
use super::outline::{Kind, Statement, outline};
use super::whole;
use crate::security_md::NOTICE;
use crate::value::line;

/// The document.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Document {
    /// Its title.
    pub title: String,
    /// Leading comments and front matter.
    pub header: Option<String>,
    /// The text before the first section.
    pub intro: String,
    /// The sections.
    pub sections: Vec<Section>,
    /// Where each section begins in the text; the introduction ends where the first one does.
    pub starts: Vec<usize>,
}

/// One section.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Section {
    pub title: String,
    pub level: u8,
    pub text: Text,
}

/// Where a section's text is.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Text {
    None,
    Body(String),
    /// A file of its own, and its text.
    File(String, String),
}

/// Text of more lines than this goes into a file of its own, if no fact is in it.
const LONG: usize = 24;

/// Splits the document.
pub(super) fn split(reading: &Reading<'_>) -> Document {
    let text = reading.text;
    let top: Vec<&Statement> = reading.outline.statements.iter().filter(|s| s.top).collect();
    let (header, begin) = header(text, &top);
    let content: Vec<&&Statement> = top.iter().filter(|s| s.range.start >= begin).collect();
    let headings: Vec<&Statement> =
        content.iter().filter(|s| matches!(s.kind, Kind::Heading(_))).map(|s| **s).collect();
    let title =
        headings.first().filter(|s| s.kind == Kind::Heading(1)).and_then(|s| Some((*s, name(s, text)?)));
    let level = |s: &Statement| if let Kind::Heading(level) = s.kind { level } else { 6 };
    let others = headings.iter().skip(usize::from(title.is_some()));
    let deepest = others.clone().map(|s| level(s)).min().unwrap_or(2).max(2);
    let opening: Vec<(&Statement, String)> =
        others.filter(|s| level(s) <= deepest).filter_map(|s| Some((*s, name(s, text)?))).collect();

    let pieces = Pieces::new(reading);
    let first = opening.first().map_or(text.len(), |(s, _)| s.range.start);
    let mut intro = String::new();
    if let Some((heading, _)) = &title {
        intro.push_str(pieces.text(begin..heading.range.start).trim_matches('\n'));
        let after = pieces.text(heading.range.end..first);
        if !intro.is_empty() {
            intro.push_str("\n\n");
        }
        intro.push_str(after.trim_matches('\n'));
    } else {
        intro.push_str(&pieces.text(begin..first));
    }
    let mut document = Document {
        title: title.map_or_else(|| "Security Policy".to_owned(), |(_, name)| name),
        header,
        intro: pieces.finish(&intro, begin..first, opening.is_empty()),
        ..Document::default()
    };
    let mut files = BTreeSet::new();
    for (at, (heading, title)) in opening.iter().enumerate() {
        let end = opening.get(at + 1).map_or(text.len(), |(next, _)| next.range.start);
        let last = at + 1 == opening.len();
        let body = pieces.finish(&pieces.text(heading.range.end..end), heading.range.start..end, last);
        document.starts.push(heading.range.start);
        let text = if body.is_empty() {
            Text::None
        } else if body.lines().count() > LONG && !body.contains("<!-- secsite:") && !body.starts_with("+++") {
            Text::File(file(title, &mut files), format!("{body}\n"))
        } else {
            Text::Body(body)
        };
        document.sections.push(Section { title: title.clone(), level: level(heading), text });
    }
    document
}

/// Front matter and the comments before anything else, and where the rest begins.
fn header(text: &str, top: &[&Statement]) -> (Option<String>, usize) {
    let front = front_matter(text).unwrap_or(0);
    let (mut end, mut begin) = (front, front);
    for statement in top.iter().filter(|s| s.range.start >= front) {
        // A definition of a link is no statement, and still no part of the header.
        if statement.kind != Kind::Comment || !text[begin..statement.range.start].trim().is_empty() {
            break;
        }
        begin = statement.range.end;
        // The document's own notice is no comment of the author.
        if text[statement.range.clone()].trim() != NOTICE {
            end = statement.range.end;
        }
    }
    let header = text[..end].trim_end();
    ((!header.trim().is_empty()).then(|| header.to_owned()), begin)
}

/// Where front matter between `---` lines ends.
pub(super) fn front_matter(text: &str) -> Option<usize> {
    let rest = text.strip_prefix("---\n")?;
    let end = rest.find("\n---\n")?;
    let keys = &rest[..end];
    let is_key = |line: &str| line.starts_with([' ', '#', '-']) || line.contains(':') || line.is_empty();
    (keys.lines().all(is_key) && keys.contains(':') && !keys.contains("\n\n"))
        .then_some("---\n".len() + end + 5)
}

/// A heading's words, if they are all that it holds: a title is no Markdown.
fn name(heading: &Statement, text: &str) -> Option<String> {
    let words = heading.text.trim();
    let source = &text[heading.range.clone()];
    let sound = !words.is_empty()
        && !words.contains('\n')
        && heading.links.is_empty()
        && heading.codes.is_empty()
        && !source.contains('<')
        && line::check(words).is_ok();
    if !sound {
        return None;
    }
    let again = outline(&format!("# {words}\n"));
    let same =
        matches!(again.statements.as_slice(), [only] if only.kind == Kind::Heading(1) && only.text == words);
    (same && again.statements.iter().all(|s| s.links.is_empty() && s.codes.is_empty()))
        .then(|| words.to_owned())
}

/// A path below `content/` that is not taken.
fn file(title: &str, taken: &mut BTreeSet<String>) -> String {
    let words = title.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    let words: String = words.collect::<Vec<_>>().join("-").to_lowercase().chars().take(48).collect();
    let stem = words.trim_matches('-');
    let stem = if stem.is_empty() || stem == "index" || crate::value::slug::Slug::parse(stem).is_err() {
        "section"
    } else {
        stem
    };
    let names = std::iter::once(stem.to_owned()).chain((2..).map(|n| format!("{stem}-{n}")));
    let name = names.map(|name| format!("content/{name}.md")).find(|name| !taken.contains(name));
    let name = name.unwrap_or_default();
    taken.insert(name.clone());
    name
}

/// Pieces of the text with marks in them.
struct Pieces<'r, 't> {
    reading: &'r Reading<'t>,
    marks: Vec<&'r (Range<usize>, String)>,
    /// The first definition of each label.
    definitions: BTreeMap<&'r str, Range<usize>>,
    /// Marks that a replaced block stands for.
    marked: BTreeSet<&'r str>,
    /// Where each fact is told, in the order of the text.
    evidence: Vec<(usize, &'static str)>,
}

impl<'r, 't> Pieces<'r, 't> {
    fn new(reading: &'r Reading<'t>) -> Self {
        let mut marks: Vec<_> = reading.marks.iter().collect();
        marks.sort_by_key(|(range, _)| range.start);
        let mut definitions = BTreeMap::new();
        for (label, range) in &reading.outline.definitions {
            definitions.entry(label.as_str()).or_insert_with(|| range.clone());
        }
        let marked = reading.marks.iter().map(|(_, mark)| mark.as_str()).collect();
        let place = |at: usize| reading.outline.statements[at].range.start;
        let mut evidence: Vec<(usize, &'static str)> =
            reading.evidence.iter().map(|(at, mark, _)| (place(*at), *mark)).collect();
        evidence.sort_unstable();
        Self { reading, marks, definitions, marked, evidence }
    }

    /// A part of the text, its replaced blocks as marks.
    fn text(&self, range: Range<usize>) -> String {
        let mut out = String::new();
        let mut at = range.start;
        for (block, mark) in
            self.marks.iter().filter(|(block, _)| range.start <= block.start && block.end <= range.end)
        {
            out.push_str(&self.reading.text[at..block.start]);
            out.push_str(&format!("<!-- secsite:{mark} -->\n"));
            at = block.end;
            if !self.reading.text[at..].starts_with('\n') {
                out.push('\n');
            }
        }
        out.push_str(&self.reading.text[at..range.end]);
        out
    }

    /// The text of a section: what its links refer to, and the facts that it tells in its own words.
    fn finish(&self, text: &str, range: Range<usize>, last: bool) -> String {
        let mut body = text.trim_matches('\n').to_owned();
        if body.trim().is_empty() {
            body.clear();
        }
        let open = if last { whole::end_of(&body).unwrap_or_default() } else { "" };
        if !open.is_empty() {
            body.push('\n');
            body.push_str(open);
        }
        let mut needed = BTreeSet::new();
        let uses = &self.reading.outline.uses;
        let first = uses.partition_point(|(_, at)| *at < range.start);
        for (label, _) in uses[first..].iter().take_while(|(_, at)| *at < range.end) {
            if let Some(place) = self.definitions.get(label.as_str())
                && !range.contains(&place.start)
            {
                needed.insert((place.start, place.end));
            }
        }
        if !needed.is_empty() {
            // Only the first definition of a label is known; the section may hold another of the same.
            for (label, _) in outline(&body).definitions {
                if let Some(place) = self.definitions.get(label.as_str()) {
                    needed.remove(&(place.start, place.end));
                }
            }
        }
        for (at, (start, end)) in needed.into_iter().enumerate() {
            body.push_str(if at == 0 { "\n\n" } else { "\n" });
            body.push_str(self.reading.text[start..end].trim_end());
        }
        let mut told = BTreeSet::new();
        let first = self.evidence.partition_point(|(at, _)| *at < range.start);
        for (_, mark) in self.evidence[first..].iter().take_while(|(at, _)| *at < range.end) {
            if !mark.is_empty() && !self.marked.contains(mark) {
                told.insert(*mark);
            }
        }
        for (at, mark) in told.into_iter().enumerate() {
            body.push_str(if at == 0 && !body.is_empty() {
                "\n\n"
            } else if at == 0 {
                ""
            } else {
                "\n"
            });
            body.push_str(&format!("<!-- secsite:{mark} told -->"));
        }
        body
    }
}
