//! The statements of a Markdown text: in goes the text, out come its headings, paragraphs, list items, table rows and
//! code blocks, each with its place and its plain words.
//!
//! This only reads. What a statement means is decided elsewhere, and the text itself is never touched here.

use std::ops::Range;

use pulldown_cmark::{CowStr, Event, LinkType, Options, Parser, Tag, TagEnd};

/// A text and what it consists of.
#[derive(Debug, Default)]
pub(super) struct Outline {
    /// Every statement, in the order of the text.
    pub statements: Vec<Statement>,
    /// The tables; rows are statements too.
    pub tables: Vec<Table>,
    /// The lists at any depth; items are statements too.
    pub lists: Vec<List>,
    /// Link definitions: label as it is compared, and the place of the definition.
    pub definitions: Vec<(String, Range<usize>)>,
    /// Uses of link definitions: label as it is compared, and where.
    pub uses: Vec<(String, usize)>,
}

/// What a statement is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Kind {
    /// A heading outside of lists and quotes, with its level.
    Heading(u8),
    /// A heading inside a list or quote; it opens no section.
    InnerHeading,
    /// A paragraph.
    Paragraph,
    /// An item of `lists[n]`.
    Item(usize),
    /// A row of `tables[n]`; row 0 is the heading.
    Row(usize, usize),
    /// A code block.
    Code,
    /// Raw HTML that is no comment.
    Html,
    /// A comment. It is kept and never obeyed.
    Comment,
    /// A line across.
    Rule,
}

/// One statement.
#[derive(Debug, Clone)]
pub(super) struct Statement {
    /// Its bytes in the text.
    pub range: Range<usize>,
    /// What it is.
    pub kind: Kind,
    /// Its words without markup; code spans hold their content.
    pub text: String,
    /// The destinations of its links and images.
    pub links: Vec<String>,
    /// Its code spans.
    pub codes: Vec<String>,
    /// The statement that it stands under: for an item of an inner list, the outer item.
    pub parent: Option<usize>,
    /// Whether it is a block of its own at the top of the text.
    pub top: bool,
    /// Whether it holds an image.
    pub image: bool,
}

/// A list.
#[derive(Debug)]
pub(super) struct List {
    /// Its bytes.
    pub range: Range<usize>,
    /// Its items, as places in `statements`.
    pub items: Vec<usize>,
    /// Whether it is a block at the top of the text.
    pub top: bool,
    /// Whether an item holds anything but one paragraph.
    pub nested: bool,
}

/// A table.
#[derive(Debug)]
pub(super) struct Table {
    /// Its bytes.
    pub range: Range<usize>,
    /// Its rows, the heading first.
    pub rows: Vec<Vec<Cell>>,
    /// The same rows as places in `statements`.
    pub statements: Vec<usize>,
    /// Whether it is a block at the top of the text.
    pub top: bool,
    /// Whether a row has more cells than there are headings: those are shown nowhere, and stand in no row here.
    pub surplus: bool,
}

/// A cell.
#[derive(Debug, Clone, Default)]
pub(super) struct Cell {
    /// Its words without markup.
    pub text: String,
    /// Whether its source holds more than its words, such as a link.
    pub marked: bool,
}

/// What Markdown means here; the same as on the portal's pages.
pub(super) fn options() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_GFM
}

/// Reads a text.
pub(super) fn outline(text: &str) -> Outline {
    let parser = Parser::new_ext(text, options());
    let definitions = parser.reference_definitions().iter();
    let definitions = definitions.map(|(label, definition)| (key(label), definition.span.clone())).collect();
    let mut reader = Reader { text, out: Outline { definitions, ..Outline::default() }, ..Reader::new(text) };
    for (event, range) in parser.into_offset_iter() {
        reader.event(event, range);
    }
    reader.out.definitions.sort_by_key(|(_, range)| range.start);
    reader.out
}

/// A label as CommonMark §4.7 compares it.
fn key(label: &str) -> String {
    label.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

struct Reader<'t> {
    text: &'t str,
    out: Outline,
    /// Open containers and blocks.
    depth: usize,
    /// The statements that take the words at hand, the innermost last.
    open: Vec<usize>,
    /// The open lists.
    lists: Vec<usize>,
    /// The open items.
    items: Vec<usize>,
    /// The cells of the open row.
    row: Option<Vec<Cell>>,
    /// Where the open cell begins, and its words.
    cell: Option<Cell>,
}

impl<'t> Reader<'t> {
    fn new(text: &'t str) -> Self {
        Self {
            text,
            out: Outline::default(),
            depth: 0,
            open: Vec::new(),
            lists: Vec::new(),
            items: Vec::new(),
            row: None,
            cell: None,
        }
    }

    fn event(&mut self, event: Event<'t>, range: Range<usize>) {
        match event {
            Event::Start(tag) => self.start(tag, range),
            Event::End(tag) => self.end(tag, &range),
            Event::Text(text) => self.words(&text),
            Event::Code(code) => {
                if let Some(at) = self.open.last() {
                    self.out.statements[*at].codes.push(code.to_string());
                }
                self.words(&code);
            }
            Event::InlineHtml(html) => self.html(&html),
            Event::Html(html) => self.words(&html),
            Event::SoftBreak | Event::HardBreak => self.words("\n"),
            Event::Rule => {
                let top = self.depth == 0;
                self.push(Kind::Rule, range, top);
                self.open.pop();
            }
            Event::FootnoteReference(label) => self.words(&format!("[^{label}]")),
            Event::TaskListMarker(_) | Event::InlineMath(_) | Event::DisplayMath(_) => {}
        }
    }

    /// A tag within a line. What is no tag of HTML is most likely a placeholder such as `<your address>`.
    fn html(&mut self, html: &str) {
        let lower = html.to_ascii_lowercase();
        if html.starts_with("<!--") {
            return;
        }
        let disguise = ["<at>", "<dot>", "<@>"].contains(&lower.as_str());
        if lower.starts_with("<br") {
            self.words("\n");
        } else if html.contains(' ') && !html.contains('=') || disguise {
            self.words(html);
        }
        if lower.starts_with("<a ")
            && let (Some(href), Some(at)) = (href(html), self.open.last())
        {
            self.out.statements[*at].links.push(href);
        }
        if let Some(cell) = &mut self.cell {
            cell.marked = true;
        }
    }

    fn words(&mut self, text: &str) {
        if let Some(cell) = &mut self.cell {
            cell.text.push_str(text);
        }
        if let Some(at) = self.open.last() {
            self.out.statements[*at].text.push_str(text);
        }
    }

    fn push(&mut self, kind: Kind, range: Range<usize>, top: bool) -> usize {
        let parent = self.items.last().copied();
        let statement = Statement {
            range,
            kind,
            text: String::new(),
            links: Vec::new(),
            codes: Vec::new(),
            parent,
            top,
            image: false,
        };
        self.out.statements.push(statement);
        let at = self.out.statements.len() - 1;
        self.open.push(at);
        at
    }

    fn start(&mut self, tag: Tag<'t>, range: Range<usize>) {
        let top = self.depth == 0;
        match tag {
            Tag::Heading { level, .. } => {
                self.nests();
                let kind = if top { Kind::Heading(level as u8) } else { Kind::InnerHeading };
                self.push(kind, range, top);
            }
            Tag::Paragraph => self.paragraph(range, top),
            Tag::CodeBlock(_) => {
                self.nests();
                self.push(Kind::Code, range, top);
            }
            Tag::HtmlBlock => {
                let source = self.text[range.clone()].trim();
                let comment = source.starts_with("<!--") && source.find("-->") == source.len().checked_sub(3);
                self.nests();
                self.push(if comment { Kind::Comment } else { Kind::Html }, range, top);
            }
            Tag::List(_) => {
                self.nests();
                self.out.lists.push(List { range, items: Vec::new(), top, nested: false });
                self.lists.push(self.out.lists.len() - 1);
            }
            Tag::Item => {
                let list = self.lists.last().copied().unwrap_or_default();
                let at = self.push(Kind::Item(list), range, false);
                if let Some(list) = self.out.lists.get_mut(list) {
                    list.items.push(at);
                }
                self.items.push(at);
            }
            Tag::Table(_) => {
                self.nests();
                self.out.tables.push(Table {
                    range,
                    rows: Vec::new(),
                    statements: Vec::new(),
                    top,
                    surplus: false,
                });
            }
            Tag::TableHead | Tag::TableRow => {
                let table = self.out.tables.len().saturating_sub(1);
                let row = self.out.tables.last().map_or(0, |table| table.rows.len());
                let at = self.push(Kind::Row(table, row), range, false);
                if let Some(table) = self.out.tables.get_mut(table) {
                    table.statements.push(at);
                }
                self.row = Some(Vec::new());
            }
            Tag::TableCell => {
                if self.row.as_ref().is_some_and(|row| !row.is_empty()) {
                    self.words("\t");
                }
                self.cell = Some(Cell::default());
            }
            Tag::Link { link_type, dest_url, id, .. } => {
                self.link(link_type, &dest_url, &id, range.start);
            }
            Tag::Image { link_type, dest_url, id, .. } => {
                if let Some(at) = self.open.last() {
                    self.out.statements[*at].image = true;
                }
                self.link(link_type, &dest_url, &id, range.start);
            }
            Tag::Emphasis | Tag::Strikethrough => {
                if let Some(cell) = &mut self.cell {
                    cell.marked = true;
                }
            }
            _ => {}
        }
        self.depth += 1;
    }

    fn paragraph(&mut self, range: Range<usize>, top: bool) {
        match self.items.last() {
            // The first paragraph of an item is what the item says.
            Some(item) if self.out.statements[*item].text.is_empty() => self.open.push(*item),
            Some(_) => {
                self.nests();
                self.push(Kind::Paragraph, range, top);
            }
            None => {
                self.push(Kind::Paragraph, range, top);
            }
        }
    }

    /// A block inside an item: its list holds more than one line after the other.
    fn nests(&mut self) {
        if let Some(list) = self.lists.last() {
            self.out.lists[*list].nested = true;
        }
    }

    fn link(&mut self, link_type: LinkType, dest: &CowStr<'_>, id: &CowStr<'_>, at: usize) {
        if let Some(cell) = &mut self.cell {
            cell.marked |= !matches!(link_type, LinkType::Autolink | LinkType::Email);
        }
        if matches!(link_type, LinkType::Reference | LinkType::Collapsed | LinkType::Shortcut) {
            self.out.uses.push((key(id), at));
        }
        if let Some(open) = self.open.last() {
            let mailto = if link_type == LinkType::Email { "mailto:" } else { "" };
            self.out.statements[*open].links.push(format!("{mailto}{dest}"));
        }
    }

    fn end(&mut self, tag: TagEnd, range: &Range<usize>) {
        self.depth = self.depth.saturating_sub(1);
        match tag {
            TagEnd::Heading(_) | TagEnd::Paragraph | TagEnd::CodeBlock | TagEnd::HtmlBlock => {
                self.open.pop();
            }
            TagEnd::Item => {
                self.items.pop();
                self.open.pop();
            }
            TagEnd::List(_) => {
                if let Some(list) = self.lists.pop() {
                    self.out.lists[list].range = range.clone();
                }
            }
            TagEnd::TableCell => {
                if let (Some(row), Some(mut cell)) = (&mut self.row, self.cell.take()) {
                    cell.text = cell.text.trim().to_owned();
                    row.push(cell);
                }
            }
            TagEnd::TableHead | TagEnd::TableRow => {
                self.open.pop();
                if let (Some(table), Some(row)) = (self.out.tables.last_mut(), self.row.take()) {
                    table.surplus |= cells(&self.text[range.clone()]) > row.len();
                    table.rows.push(row);
                }
            }
            _ => {}
        }
    }
}

/// How many cells the source of a row has: bars part them, also in code, unless a backslash stands before.
fn cells(row: &str) -> usize {
    let row = row.trim();
    let row = row.strip_prefix('|').unwrap_or(row);
    let row = row.strip_suffix('|').filter(|row| !row.ends_with('\\')).unwrap_or(row);
    let bars = row.match_indices('|').filter(|(at, _)| !row[..*at].ends_with('\\')).count();
    bars + 1
}

/// Where an HTML link leads to.
fn href(tag: &str) -> Option<String> {
    let at = tag.to_ascii_lowercase().find("href=")? + "href=".len();
    let rest = &tag[at..];
    let value = match rest.chars().next()? {
        quote @ ('"' | '\'') => rest[1..].split(quote).next()?,
        _ => rest.split([' ', '>', '\t', '\n']).next()?,
    };
    let value = value.replace("&#64;", "@").replace("&amp;", "&");
    (!value.is_empty()).then_some(value)
}

/// A statement of more bytes than this is none that a person makes: it stays prose, and no fact is looked for in it.
const SHORT: usize = 20_000;

impl Statement {
    /// Whether facts are looked for in it.
    pub(super) fn is_short(&self) -> bool {
        self.text.len() <= SHORT && self.links.len() <= SHORT / 100
    }

    /// What stands before the first colon, if that is a name and not half a sentence: "Acknowledgment".
    pub(super) fn label(&self) -> Option<&str> {
        let (label, _) = self.split_label()?;
        Some(label)
    }

    /// What stands after the label.
    pub(super) fn rest(&self) -> &str {
        self.split_label().map_or(self.text.trim(), |(_, rest)| rest)
    }

    fn split_label(&self) -> Option<(&str, &str)> {
        let text = self.text.trim();
        let at = text.find([':', '：', '\t'])?;
        let (label, rest) = text.split_at(at);
        let rest = rest.trim_start_matches([':', '：', '\t']);
        let fits = label.chars().count() <= 60 && !rest.starts_with("//") && !label.contains('\n');
        fits.then(|| (label.trim(), rest.trim()))
    }
}
