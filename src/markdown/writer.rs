//! The renderer: CommonMark events in, HTML out.
//!
//! One pass without recursion. Text is gathered until markup interrupts it, since a bare address may come in several
//! events. An element whose opening tag depends on its content (a heading's id, an empty table head) gets that tag
//! when it ends. Nothing foreign reaches the output but through `escape`, nothing foreign an attribute but through
//! `destination` or `escape::attribute`.

mod image;
mod inline;
mod raw;

use std::ops::Range;

use pulldown_cmark::{Alignment, BlockQuoteKind, CodeBlockKind, Event, Parser, Tag};

use super::footnotes::Footnotes;
use super::ids::Ids;
use super::limits::MAX_DEPTH;
use super::{Heading, Link, Options, Problem, ProblemKind, Rendered, escape};
use image::Image;

/// What an end event has to do.
enum Open {
    /// Write nothing: the element was refused, or needs no tag.
    Nothing,
    /// Write this.
    Tag(&'static str),
    /// Write this, one emphasis less.
    Emphasis(&'static str),
    /// Write this, one container less.
    Container(&'static str),
    Paragraph {
        start: usize,
    },
    Heading {
        source: u8,
        start: usize,
        seen: usize,
        range: Range<usize>,
    },
    Code,
    Html {
        range: Range<usize>,
    },
    Table {
        alignments: Vec<Alignment>,
        column: usize,
        head: bool,
        body: bool,
    },
    Cell {
        start: usize,
        seen: usize,
    },
    Link {
        index: usize,
        seen: usize,
    },
    BadAutolink,
    Footnote {
        label: String,
        before: String,
    },
}

/// The state of one rendering.
pub(super) struct Writer<'s> {
    source: &'s str,
    options: &'s Options<'s>,
    out: String,
    done: Rendered,
    open: Vec<Open>,
    /// The run of text not yet written, and where it is in the source.
    text: String,
    text_range: Range<usize>,
    /// The raw HTML block being read.
    html: String,
    image: Option<Image>,
    /// How many things a reader can perceive have been written.
    seen: usize,
    in_link: bool,
    in_code: bool,
    in_html: bool,
    in_footnote: bool,
    /// The words of the heading being written.
    heading: Option<String>,
    /// The source's levels of the headings that enclose this place.
    levels: Vec<u8>,
    ids: Ids,
    /// Links to headings, judged at the end.
    anchors: Vec<(String, Range<usize>)>,
    footnotes: Footnotes,
    containers: usize,
    emphasis: usize,
    tables: usize,
    too_deep: bool,
}

impl<'s> Writer<'s> {
    pub(super) fn new(source: &'s str, options: &'s Options<'s>) -> Self {
        Self {
            source,
            options,
            out: String::with_capacity(source.len() * 3 / 2 + 64),
            done: Rendered::default(),
            open: Vec::with_capacity(16),
            text: String::with_capacity(256),
            text_range: 0..0,
            html: String::new(),
            image: None,
            seen: 0,
            in_link: false,
            in_code: false,
            in_html: false,
            in_footnote: false,
            heading: None,
            levels: Vec::new(),
            ids: Ids::default(),
            anchors: Vec::new(),
            footnotes: Footnotes::default(),
            containers: 0,
            emphasis: 0,
            tables: 0,
            too_deep: false,
        }
    }

    pub(super) fn run(mut self) -> Rendered {
        for (event, range) in Parser::new_ext(self.source, super::dialect()).into_offset_iter() {
            self.event(event, range);
        }
        self.flush();
        std::mem::take(&mut self.footnotes).write(self.options.id_prefix, &mut self.out);
        for (fragment, range) in std::mem::take(&mut self.anchors) {
            if !self.ids.has(&super::ids::slug(&fragment)) {
                self.problem(ProblemKind::MissingHeading(fragment), range);
            }
        }
        self.done.problems.sort_by_key(|problem| problem.range.start);
        self.done.html = self.out;
        self.done
    }

    fn event(&mut self, event: Event<'s>, range: Range<usize>) {
        if self.image.is_some() {
            return self.within_image(event);
        }
        if let Event::Text(text) = &event {
            return self.gather(text, range);
        }
        self.flush();
        match event {
            Event::Start(tag) => {
                let open = self.start(tag, range);
                self.open.push(open);
            }
            Event::End(_) => {
                // Events are balanced: every end has its start.
                let open = self.open.pop().unwrap_or(Open::Nothing);
                self.end(open);
            }
            Event::Code(code) => self.code(&code),
            Event::Html(html) => self.html.push_str(&html),
            Event::InlineHtml(html) => self.inline_html(&html, range),
            Event::FootnoteReference(label) => {
                self.seen += 1;
                self.footnotes.refer(&label, self.options.id_prefix, self.in_link, &mut self.out);
            }
            Event::SoftBreak => self.line_break("\n"),
            Event::HardBreak => self.line_break("<br>\n"),
            Event::Rule => self.out.push_str("<hr>\n"),
            // An `<input>` would need a label; a sign and a word need nothing.
            Event::TaskListMarker(true) => self.task("☑", "done"),
            Event::TaskListMarker(false) => self.task("☐", "open"),
            // Math is off in our dialect; text was gathered above.
            Event::Text(text) | Event::InlineMath(text) | Event::DisplayMath(text) => {
                escape::text(&mut self.out, &text);
            }
        }
    }

    fn start(&mut self, tag: Tag<'s>, range: Range<usize>) -> Open {
        match tag {
            Tag::Paragraph => {
                let start = self.out.len();
                self.out.push_str("<p>");
                Open::Paragraph { start }
            }
            Tag::Heading { level, .. } => {
                self.heading = Some(String::new());
                Open::Heading { source: level as u8, start: self.out.len(), seen: self.seen, range }
            }
            Tag::BlockQuote(kind) => self.quote(kind, &range),
            Tag::CodeBlock(kind) => self.code_block(&kind),
            Tag::HtmlBlock => {
                self.html.clear();
                self.in_html = true;
                Open::Html { range }
            }
            Tag::List(start) => self.list(start, &range),
            Tag::Item if self.containers >= MAX_DEPTH => Open::Nothing,
            Tag::Item => self.container("<li>", "</li>\n"),
            Tag::FootnoteDefinition(label) => {
                self.in_footnote = true;
                Open::Footnote { label: label.into_string(), before: std::mem::take(&mut self.out) }
            }
            Tag::Table(alignments) => self.table(alignments),
            Tag::TableHead => {
                self.out.push_str("<thead>\n<tr>");
                Open::Tag("</tr>\n</thead>\n")
            }
            Tag::TableRow => {
                if let Some(Open::Table { column, head, body, .. }) = self.open.last_mut() {
                    *column = 0;
                    *head = false;
                    if !std::mem::replace(body, true) {
                        self.out.push_str("<tbody>\n");
                    }
                }
                self.out.push_str("<tr>");
                Open::Tag("</tr>\n")
            }
            Tag::TableCell => Open::Cell { start: self.out.len(), seen: self.seen },
            Tag::Emphasis => self.emphasis("<em>", "</em>"),
            Tag::Strong => self.emphasis("<strong>", "</strong>"),
            Tag::Strikethrough => self.emphasis("<del>", "</del>"),
            Tag::Link { link_type, dest_url, title, .. } => self.link(link_type, &dest_url, &title, range),
            Tag::Image { dest_url, title, .. } => {
                self.image = Some(Image::new(dest_url.into_string(), title.into_string(), range));
                // An image's end is seen by `within_image`, which takes this off again.
                Open::Nothing
            }
            // Off in our dialect.
            Tag::DefinitionList
            | Tag::DefinitionListTitle
            | Tag::DefinitionListDefinition
            | Tag::Superscript
            | Tag::Subscript
            | Tag::MetadataBlock(_) => Open::Nothing,
        }
    }

    fn end(&mut self, open: Open) {
        match open {
            Open::Nothing => {}
            Open::Tag(close) => self.out.push_str(close),
            Open::Emphasis(close) => {
                self.emphasis -= 1;
                self.out.push_str(close);
            }
            Open::Container(close) => {
                self.containers -= 1;
                self.out.push_str(close);
            }
            Open::Paragraph { start } => {
                // A paragraph of comments alone is none.
                if self.out.len() == start + "<p>".len() {
                    self.out.truncate(start);
                } else {
                    self.out.push_str("</p>\n");
                }
            }
            Open::Heading { source, start, seen, range } => self.end_heading(source, start, seen, range),
            Open::Code => {
                self.in_code = false;
                self.out.push_str("</code></pre>\n");
            }
            Open::Html { range } => {
                self.in_html = false;
                self.html_block(range);
            }
            Open::Table { body, .. } => {
                self.out.push_str(if body { "</tbody>\n</table></div>\n" } else { "</table></div>\n" });
            }
            Open::Cell { start, seen } => self.end_cell(start, seen),
            Open::Link { index, seen } => self.end_link(index, seen),
            Open::BadAutolink => self.out.push_str("&gt;"),
            Open::Footnote { label, before } => {
                let body = std::mem::replace(&mut self.out, before);
                self.footnotes.define(&label, &body);
                self.in_footnote = self.open.iter().any(|open| matches!(open, Open::Footnote { .. }));
            }
        }
    }

    fn problem(&mut self, kind: ProblemKind, range: Range<usize>) {
        self.done.problems.push(Problem { range, kind });
    }

    fn container(&mut self, tag: &str, close: &'static str) -> Open {
        self.containers += 1;
        self.out.push_str(tag);
        Open::Container(close)
    }

    fn flatten(&mut self, range: &Range<usize>) -> Open {
        if !std::mem::replace(&mut self.too_deep, true) {
            self.problem(ProblemKind::TooDeep, range.clone());
        }
        Open::Nothing
    }

    fn quote(&mut self, kind: Option<BlockQuoteKind>, range: &Range<usize>) -> Open {
        if self.containers >= MAX_DEPTH {
            return self.flatten(range);
        }
        let (class, title) = match kind {
            None => return self.container("<blockquote>\n", "</blockquote>\n"),
            Some(BlockQuoteKind::Note) => ("note", "Note"),
            Some(BlockQuoteKind::Tip) => ("tip", "Tip"),
            Some(BlockQuoteKind::Important) => ("important", "Important"),
            Some(BlockQuoteKind::Warning) => ("warning", "Warning"),
            Some(BlockQuoteKind::Caution) => ("caution", "Caution"),
        };
        for part in
            ["<div class=\"alert alert-", class, "\" role=\"note\">\n<p class=\"alert-title\">", title]
        {
            self.out.push_str(part);
        }
        self.container("</p>\n", "</div>\n")
    }

    /// A list at the limit has no items of its own, so it gets no tag either.
    fn list(&mut self, start: Option<u64>, range: &Range<usize>) -> Open {
        if self.containers >= MAX_DEPTH {
            return self.flatten(range);
        }
        match start {
            None => {
                self.out.push_str("<ul>\n");
                Open::Tag("</ul>\n")
            }
            Some(1) => {
                self.out.push_str("<ol>\n");
                Open::Tag("</ol>\n")
            }
            Some(number) => {
                self.out.push_str(&format!("<ol start=\"{number}\">\n"));
                Open::Tag("</ol>\n")
            }
        }
    }

    fn task(&mut self, sign: &str, word: &str) {
        for part in [
            "<span aria-hidden=\"true\">",
            sign,
            " </span><span class=\"visually-hidden\">",
            word,
            ": </span>",
        ] {
            self.out.push_str(part);
        }
    }

    fn code_block(&mut self, kind: &CodeBlockKind<'_>) -> Open {
        self.in_code = true;
        self.out.push_str("<pre tabindex=\"0\"><code");
        if let CodeBlockKind::Fenced(info) = kind
            && let Some(language) = language(info)
        {
            self.out.push_str(" class=\"language-");
            self.out.push_str(language);
            self.out.push('"');
        }
        self.out.push('>');
        Open::Code
    }

    /// A wide table scrolls within its own region, which a keyboard reaches and a screen reader names.
    fn table(&mut self, alignments: Vec<Alignment>) -> Open {
        self.tables += 1;
        self.out.push_str("<div class=\"table\" role=\"region\" tabindex=\"0\" aria-label=\"table");
        if self.tables > 1 {
            self.out.push_str(&format!(" {}", self.tables));
        }
        self.out.push_str("\"><table>\n");
        Open::Table { alignments, column: 0, head: true, body: false }
    }

    fn end_cell(&mut self, start: usize, seen: usize) {
        // The row or head is open around the cell, the table around that.
        let Some(at) = self.open.len().checked_sub(2) else { return };
        let Some(Open::Table { alignments, column, head, .. }) = self.open.get_mut(at) else { return };
        // A header that says nothing is no header.
        let (tag, close) =
            if *head && self.seen > seen { ("<th scope=\"col\"", "</th>") } else { ("<td", "</td>") };
        let class = match alignments.get(*column) {
            Some(Alignment::Left) => " class=\"align-left\">",
            Some(Alignment::Center) => " class=\"align-center\">",
            Some(Alignment::Right) => " class=\"align-right\">",
            Some(Alignment::None) | None => ">",
        };
        *column += 1;
        self.out.insert_str(start, class);
        self.out.insert_str(start, tag);
        self.out.push_str(close);
    }

    fn end_heading(&mut self, source: u8, start: usize, seen: usize, range: Range<usize>) {
        let text = self.heading.take().unwrap_or_default();
        let wordless = self.seen == seen;
        // A heading without words is an empty entry in a screen reader's list: it is dropped, an image in it kept.
        if wordless && !self.out[start..].contains("<img") {
            return self.out.truncate(start);
        }
        // The notes stand below the text's last section, where a heading would break the order of levels.
        if wordless || self.in_footnote {
            self.out.insert_str(start, "<p><strong>");
            self.out.push_str("</strong></p>\n");
            return;
        }
        while self.levels.last().is_some_and(|level| *level >= source) {
            self.levels.pop();
        }
        // At most six levels are on the stack, for they strictly increase.
        let depth = u8::try_from(self.levels.len()).unwrap_or(6);
        self.levels.push(source);
        let level = (self.options.top_level.clamp(1, 6) + depth).min(6);
        let id = format!("{}{}", self.options.id_prefix, self.ids.claim(&text));
        self.out.insert_str(start, &format!("<h{level} id=\"{id}\">"));
        self.out.push_str(&format!("</h{level}>\n"));
        self.done.headings.push(Heading { level, text: text.trim().to_owned(), id, range });
    }

    fn add_link(&mut self, target: String, range: Range<usize>) -> usize {
        self.done.links.push(Link { target, range });
        self.done.links.len() - 1
    }
}

/// The language of a fence's info string: `rust` for `rust,no_run`, nothing that is not one plain word.
fn language(info: &str) -> Option<&str> {
    let word = info.split(|c: char| c.is_whitespace() || matches!(c, ',' | '{')).next()?;
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"+#_.-".contains(&byte);
    ((1..=32).contains(&word.len()) && word.bytes().all(plain)).then_some(word)
}
