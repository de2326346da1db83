//! One advisory while it is made of a foreign document: in go values of the document, out come keys of the front matter,
//! parts of the text, and what each value became. Which value becomes what is told by each format.
//!
//! Text stays foreign all the way: lines lose what does not show, and the body goes through [`body::fit`].

use toml::value::Datetime;

use super::front_matter::{Affected, Credit, Cvss, FrontMatter, Reference};
use super::host::Host;
use super::json::Node;
use super::loss::{Loss, Outcome};
use super::{Problem, body, interval};
use crate::model::advisory::ReferenceKind;
use crate::model::advisory::history::CreditType;
use crate::source::fields::Words;
use crate::source::text::begin;
use crate::value::cvss::Vector;
use crate::value::cwe::Cwe;
use crate::value::date::When;
use crate::value::id::Alias;
use crate::value::line;
use crate::value::scheme::Scheme;
use crate::value::severity::Severity;
use crate::value::shown::shown;
use crate::value::url::WebUrl;

/// The heading of versions that could not be written as ranges.
pub(super) const UNSAID: &str = "Affected versions";

/// Longest title that is made of a sentence, in characters.
const TITLE: usize = 120;

/// An advisory without an id of its own yet.
pub(super) struct Draft<'s> {
    /// The document, as it was named by the caller.
    pub source: &'s str,
    /// The line where the advisory begins in it.
    pub line: usize,
    /// Its id in the source; empty where it has none.
    pub id: String,
    /// Whether the id is of our making, so that it is nobody's alias.
    pub is_coined: bool,
    pub matter: FrontMatter,
    /// The source's word for the severity, and where it stands. It counts where no vector does.
    pub severity: Option<(Severity, &'s Node)>,
    /// What became of statements that are no single value of the document.
    pub losses: Vec<Loss>,
    pub problems: Vec<Problem>,
    parts: Vec<(Option<String>, String)>,
}

impl<'s> Draft<'s> {
    pub(super) fn new(source: &'s str, line: usize) -> Self {
        Self {
            source,
            line,
            id: String::new(),
            is_coined: false,
            matter: FrontMatter::default(),
            severity: None,
            losses: Vec::new(),
            problems: Vec::new(),
            parts: Vec::new(),
        }
    }

    /// Says what is wrong at a line.
    pub(super) fn problem(&mut self, line: usize, message: impl Into<String>, help: impl Into<String>) {
        let (source, message, help) = (self.source.to_owned(), message.into(), help.into());
        self.problems.push(Problem { source, line, message, help });
    }

    /// Says what became of something that is no single value.
    pub(super) fn note(&mut self, line: usize, statement: &str, outcome: Outcome) {
        let (source, statement) = (self.source.to_owned(), statement.to_owned());
        self.losses.push(Loss { source, line, statement, outcome });
    }

    /// The id in the source.
    pub(super) fn id(&mut self, document: &Node, node: Option<&Node>, key: &str) {
        match node.and_then(|node| Some((node, node.text()?))) {
            Some((node, id)) if line::check(id).is_ok() => {
                // OSV's mark of an id whose prefix its schema does not know; it is no part of the id.
                self.id = id.strip_prefix("x_").unwrap_or(id).to_owned();
                self.line = node.line;
                node.field("id, or aliases");
            }
            _ => {
                let message = format!("the document has no `{key}`");
                self.problem(document.line, message, "check that the file is of the format that you named");
            }
        }
    }

    /// Makes it one of several advisories in a document: the document's id is `related`, and its own is made of that.
    pub(super) fn split(&mut self, number: usize) {
        if let Ok(alias) = Alias::parse(&self.id) {
            self.matter.related.insert(0, alias.as_str().to_owned());
        }
        self.id = format!("{}-{number}", self.id);
        self.is_coined = true;
    }

    /// The title.
    pub(super) fn title(&mut self, node: Option<&Node>) {
        let Some((node, text)) = node.and_then(|node| Some((node, node.text()?))) else { return };
        let (title, whole) = one_line(text);
        self.matter.title = title;
        node.field("title");
        if !whole {
            let why = "a title is one line without hidden characters";
            self.note(node.line, "form of the title", Outcome::nowhere(why));
        }
    }

    /// A title for what has none: the first sentence of its text, else its id.
    pub(super) fn title_from(&mut self, text: Option<&Node>) {
        if !self.matter.title.is_empty() {
            return;
        }
        let line = text.map_or(self.line, |node| node.line);
        let words = text.and_then(Node::text).map(first_sentence).filter(|title| !title.is_empty());
        self.matter.title = words.unwrap_or_else(|| self.id.clone());
        self.note(line, "first sentence of the text", Outcome::Field("title".to_owned()));
    }

    /// A date, for the key of this name.
    pub(super) fn date(&mut self, node: Option<&Node>, name: &str) -> Option<Datetime> {
        let (node, text) = node.and_then(|node| Some((node, node.text()?)))?;
        // Go's zero time, which some databases write for a date that is not known.
        if text == "0001-01-01T00:00:00Z" {
            node.lost("the first day of the first year stands for no date");
            return None;
        }
        match date(text) {
            Some(date) => {
                node.field(name);
                Some(date)
            }
            None => {
                let message = format!("{} is not a date of the years 1990 to 2100", shown(text));
                self.problem(node.line, message, "mend it in the source, or leave the document out");
                None
            }
        }
    }

    /// `published` and `modified`; the other one stands in for one that is missing.
    pub(super) fn dates(&mut self, published: Option<&Node>, modified: Option<&Node>) {
        let line = self.line;
        let first = self.date(published, "published");
        let last = self.date(modified, "modified");
        match (first, last) {
            (Some(first), Some(last)) => {
                self.matter.published = Some(first);
                if is_before(&last, &first) {
                    let why = "no change can be older than the advisory";
                    self.note(line, "last change before the publication", Outcome::nowhere(why));
                } else {
                    self.matter.modified = Some(last);
                }
            }
            (Some(first), None) => self.matter.published = Some(first),
            (None, Some(last)) => {
                self.matter.published = Some(last);
                self.note(
                    line,
                    "date of the last change, for want of the first",
                    Outcome::Field("published".to_owned()),
                );
            }
            (None, None) if self.problems.is_empty() => {
                self.problem(line, "the document has no date", "add the date on which it became public");
            }
            (None, None) => {}
        }
    }

    /// An id of another database, for `aliases`, `related` or `upstream`.
    pub(super) fn other_id(&mut self, node: &Node, key: &str) {
        let Some(id) = node.text() else { return };
        let id = id.trim();
        let bare = id.strip_prefix("x_").unwrap_or(id);
        let matter = &mut self.matter;
        let held = matter.aliases.iter().chain(&matter.related).chain(&matter.upstream);
        if bare == self.id {
            return node.lost("repeats the advisory's own id");
        }
        let Ok(alias) = Alias::parse(bare) else { return node.lost("not an id of any database") };
        if held.into_iter().any(|held| held == alias.as_str()) {
            return node.lost("stands there twice");
        }
        let list = match key {
            "aliases" => &mut matter.aliases,
            "upstream" => &mut matter.upstream,
            _ => &mut matter.related,
        };
        list.push(alias.as_str().to_owned());
        node.field(key);
    }

    /// A link of a kind; an unknown kind is `web`.
    pub(super) fn reference(&mut self, node: &Node, kind: &str) {
        let Some(text) = node.text() else { return };
        let Ok(url) = WebUrl::parse(text.trim()) else {
            return node.lost("not an http or https URL that can stand in a page");
        };
        let kind = word::<ReferenceKind>(kind).unwrap_or("web").to_owned();
        let url = url.as_str().to_owned();
        let held = &mut self.matter.references;
        if held.iter().any(|held| held.url == url && held.kind == kind) {
            return node.lost("stands there twice");
        }
        held.push(Reference { kind, url });
        node.field("reference");
    }

    /// A CVSS vector. Says whether it is one.
    pub(super) fn vector(&mut self, node: &Node, source: Option<&str>, product: Option<&str>) -> bool {
        let Some(text) = node.text() else { return false };
        let Ok(vector) = Vector::parse(text) else {
            node.lost("not a CVSS vector of any version");
            return false;
        };
        let cvss = Cvss {
            vector: vector.as_str().to_owned(),
            source: source.map(|source| one_line(source).0),
            product: product.map(str::to_owned),
        };
        if !self.matter.cvss.contains(&cvss) {
            self.matter.cvss.push(cvss);
        }
        node.field("cvss.vector");
        true
    }

    /// A weakness.
    pub(super) fn weakness(&mut self, node: &Node) {
        let Some(text) = node.text() else { return };
        let Ok(cwe) = Cwe::parse(text.trim()) else { return node.lost("not a CWE id") };
        let cwe = cwe.to_string();
        if !self.matter.cwe.contains(&cwe) {
            self.matter.cwe.push(cwe);
        }
        node.field("cwe");
    }

    /// A word for the severity.
    pub(super) fn severity(&mut self, node: Option<&'s Node>) {
        let Some((node, text)) = node.and_then(|node| Some((node, node.text()?))) else { return };
        match Severity::recognise(text) {
            Some(word) => self.severity = Some((word, node)),
            None => node.lost("not a severity"),
        }
    }

    /// Somebody who helped. Their type is spelled as in OSV or CVE; unknown ones are `other`.
    pub(super) fn credit(&mut self, node: &Node, kind: Option<&str>, contact: Vec<String>) {
        let Some(name) = node.text() else { return };
        let kind = kind.unwrap_or("other").trim().to_ascii_lowercase().replace(['_', ' '], "-");
        let kind = word::<CreditType>(&kind).unwrap_or("other").to_owned();
        let credit = Credit { name: one_line(name).0, kind: Some(kind), contact, anonymous: false };
        if !self.matter.credits.contains(&credit) {
            self.matter.credits.push(credit);
        }
        node.field("credit.name");
    }

    /// A part of the text, under a heading unless it is the first.
    pub(super) fn part(&mut self, node: &Node, heading: Option<&str>, text: &str) {
        if text.trim().is_empty() {
            return;
        }
        let (fit, changes) = body::fit(clean(text).trim_end());
        self.told(node.line, &changes);
        node.section(heading.unwrap_or("body"));
        self.append(heading, &fit);
    }

    /// The same for words of ours that quote the document.
    pub(super) fn quote(&mut self, heading: &str, text: &str) {
        self.append(Some(heading), &body::fit(&clean(text)).0);
    }

    fn append(&mut self, heading: Option<&str>, text: &str) {
        let text = text.trim_end();
        let same = |part: &&mut (Option<String>, String)| part.0.as_deref() == heading;
        if let Some((_, held)) = self.parts.iter_mut().find(same) {
            held.push_str("\n\n");
            held.push_str(text);
            return;
        }
        self.parts.push((heading.map(str::to_owned), text.to_owned()));
    }

    /// What a piece of Markdown lost to our renderer.
    fn told(&mut self, line: usize, changes: &[body::Change]) {
        let kinds: std::collections::BTreeSet<_> = changes.iter().map(|change| change.what).collect();
        for what in kinds {
            let (statement, place) = match what {
                body::What::Html => ("raw HTML", "body, shown as text"),
                body::What::Image => ("image", "body, as a link"),
                body::What::Link => ("link that is not http, https or mailto", "body, shown as text"),
            };
            self.note(line, statement, Outcome::Section(place.to_owned()));
        }
    }

    /// Markdown for a key of the front matter.
    pub(super) fn prose(&mut self, node: &Node, name: &str) -> Option<String> {
        let text = node.text()?;
        let (text, changes) = body::fit(clean(text).trim());
        self.told(node.line, &changes);
        node.field(name);
        Some(text)
    }

    /// Adds an entry; ranges of the same package that differ in nothing else join.
    pub(super) fn entry(&mut self, entry: Affected) {
        // A package is listed once for each of its modules at times; the same again says nothing new.
        if self.matter.affected.contains(&entry) {
            return;
        }
        let bare = |entry: &Affected| Affected { versions: Vec::new(), ..entry.clone() };
        let held = self.matter.affected.iter_mut().find(|held| {
            held.git.is_none()
                && entry.git.is_none()
                && !held.versions.is_empty()
                && !entry.versions.is_empty()
                && bare(held) == bare(&entry)
        });
        match held {
            Some(held) => held.versions.extend(entry.versions),
            None => self.matter.affected.push(entry),
        }
    }

    /// Entries of one package have joined, and their ranges may touch now.
    pub(super) fn settle_entries(&mut self, host: &Host) {
        for entry in &mut self.matter.affected {
            if let Ok(settled) = interval::settle(entry.versions.clone(), host.scheme(entry)) {
                entry.versions = settled;
            }
        }
    }

    /// Brings the ranges of an entry in order; those that its scheme cannot take go into the text, beside `unsaid`.
    pub(super) fn settle_versions(&mut self, entry: &mut Affected, scheme: Scheme, mut unsaid: Vec<String>) {
        let ranges = std::mem::take(&mut entry.versions);
        match interval::settle(ranges.clone(), scheme) {
            Ok(settled) => entry.versions = settled,
            Err(_) => {
                for range in ranges {
                    let words = range.comparators();
                    let together = entry.versions.iter().cloned().chain([range]).collect();
                    match interval::settle(together, scheme) {
                        Ok(settled) => entry.versions = settled,
                        Err(_) => unsaid.push(words),
                    }
                }
            }
        }
        if unsaid.is_empty() {
            return;
        }
        let name = entry.product.as_deref().or(entry.package.as_deref()).unwrap_or_default().replace('`', "");
        let lines: String =
            unsaid.iter().map(|words| format!("- `{}`\n", one_line(words).0.replace('`', ""))).collect();
        self.quote(UNSAID, &format!("Of `{name}`, as the source has it:\n\n{lines}"));
    }

    /// The word for the severity stands only where no vector gives it, and must agree with them.
    pub(super) fn settle_severity(&mut self) {
        let Some((word, node)) = self.severity.take() else { return };
        let vectors: Vec<Vector> =
            self.matter.cvss.iter().filter_map(|cvss| Vector::parse(&cvss.vector).ok()).collect();
        if vectors.is_empty() {
            self.matter.severity = Some(word.as_str().to_owned());
            node.field("severity");
        } else if vectors.iter().any(|vector| vector.severity() == word) {
            node.field("cvss.vector");
        } else {
            node.lost("contradicts the vectors, and those are what is believed");
        }
    }

    /// The parts, in order.
    pub(super) fn text(&self) -> String {
        let mut text = String::new();
        for (place, (heading, part)) in self.parts.iter().enumerate() {
            if place > 0 {
                text.push('\n');
            }
            if let Some(heading) = heading {
                text.push_str(&format!("## {heading}\n\n"));
            }
            text.push_str(part);
            // What comes next must not become a part of a code block that nobody closed.
            if let Some(fence) = open_fence(part).filter(|_| place + 1 < self.parts.len()) {
                text.push('\n');
                text.push_str(&fence);
            }
            text.push('\n');
        }
        text
    }
}

/// The word, if it is one of a closed set.
pub(super) fn word<W: Words>(text: &str) -> Option<&'static str> {
    W::ALL.iter().map(|value| value.word()).find(|word| *word == text)
}

/// Text of several lines, ended by LF, without control characters.
fn clean(text: &str) -> String {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    text.chars().filter(|c| !c.is_control() || matches!(c, '\n' | '\t')).collect()
}

/// The fence that would close the text's last code block, where that is open.
fn open_fence(text: &str) -> Option<String> {
    use pulldown_cmark::{CodeBlockKind, Event, Parser, Tag};
    let mut last = None;
    for (event, range) in Parser::new(text).into_offset_iter() {
        if let Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(_))) = event {
            last = Some(range);
        }
    }
    let block = text.get(last.filter(|block| block.end >= text.trim_end().len())?)?;
    let mark = block.chars().next().filter(|mark| matches!(mark, '`' | '~'))?;
    let fence: String = block.chars().take_while(|c| *c == mark).collect();
    let end = block.trim_end().lines().skip(1).last().map(str::trim);
    let closed = end.is_some_and(|end| end.len() >= fence.len() && end.chars().all(|c| c == mark));
    (!closed).then_some(fence)
}

/// Foreign words as a heading: one line without markup.
pub(super) fn heading(text: &str) -> String {
    let (line, _) = one_line(text);
    let plain: String = line
        .chars()
        .filter(|c| !matches!(c, '<' | '>' | '[' | ']' | '`' | '#' | '!' | '\\'))
        .take(TITLE)
        .collect();
    if plain.trim().is_empty() { "Note".to_owned() } else { plain.trim().to_owned() }
}

/// Text as one line that shows all it holds, and whether that is all it was.
pub(super) fn one_line(text: &str) -> (String, bool) {
    let spaced: String = text.chars().map(|c| if c.is_whitespace() { ' ' } else { c }).collect();
    let shown: String = spaced.chars().filter(|c| !line::is_hidden(*c)).collect();
    let mut words: String = shown.split(' ').filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ");
    if let Err(_too_long) = line::check(&words) {
        words.truncate(begin(&words, 1900).len());
        words.push('…');
    }
    let whole = words == text.trim();
    (words, whole)
}

/// The first sentence, or as many of its words as a title may have.
fn first_sentence(text: &str) -> String {
    let text = text.trim().trim_start_matches(['#', ' ']);
    let paragraph = text.split("\n\n").next().unwrap_or_default();
    let (words, _) = one_line(paragraph.lines().next().filter(|line| line.len() > 30).unwrap_or(paragraph));
    let end = words.find(". ").unwrap_or(words.len());
    let sentence = words[..end].trim_end_matches('.');
    if sentence.chars().count() <= TITLE {
        return sentence.to_owned();
    }
    let cut: String = sentence.chars().take(TITLE).collect();
    format!("{}…", cut.rsplit_once(' ').map_or(cut.as_str(), |(head, _)| head))
}

/// A date or an instant of RFC 3339; what has no zone is in UTC, as the CVE Record Format says of its own.
pub(super) fn date(text: &str) -> Option<Datetime> {
    let text = text.trim();
    let fine = |text: &str| text.parse::<Datetime>().ok().filter(|date| When::from_toml(date).is_ok());
    fine(text).or_else(|| fine(&format!("{text}Z"))).or_else(|| {
        let instant: jiff::Timestamp = text.parse().ok()?;
        fine(&instant.to_string())
    })
}

/// Whether one date lies before another.
pub(super) fn is_before(a: &Datetime, b: &Datetime) -> bool {
    match (When::from_toml(a), When::from_toml(b)) {
        (Ok(When::Instant(a)), Ok(When::Instant(b))) => a < b,
        (Ok(a), Ok(b)) => a.day() < b.day(),
        _ => false,
    }
}
