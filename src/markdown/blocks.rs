//! A text as its blocks of words, for readers of prose.

use std::ops::Range;

use pulldown_cmark::{Event, Parser, Tag, TagEnd};

use super::{check_limits, dialect};

/// Words that stand together: a paragraph, the own words of an item, a heading, a cell. Code and HTML are none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    /// What kind of words.
    pub kind: BlockKind,
    /// Their bytes in the source, markup included.
    pub range: Range<usize>,
    /// The innermost list or table that they are in, counted from 1 through the text; 0 outside of all.
    pub group: usize,
    /// Whether a link is among them.
    pub linked: bool,
}

/// Kinds of words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BlockKind {
    /// A heading of this level.
    Heading(u8),
    /// A paragraph, also the second one of an item.
    Paragraph,
    /// An item of a list, without the items below it.
    Item,
    /// A cell of a table in this column; `head` in its first row.
    Cell {
        /// From 0.
        column: usize,
        /// Whether the cell is a heading.
        head: bool,
    },
}

/// The blocks of a text, in its order. A text that is too long or too deep to be parsed has none.
pub fn blocks(source: &str) -> Vec<Block> {
    if check_limits(source).is_some() {
        return Vec::new();
    }
    let mut reader = Reader::default();
    for (event, range) in Parser::new_ext(source, dialect()).into_offset_iter() {
        match event {
            Event::Start(tag) if is_inline(&tag) => {
                reader.linked |= matches!(tag, Tag::Link { .. });
                reader.words(range);
            }
            Event::Start(tag) => reader.begin(&tag),
            Event::End(tag) if is_inline_end(tag) => {}
            Event::End(tag) => reader.end(tag),
            Event::Text(_) | Event::Code(_) | Event::InlineHtml(_) | Event::FootnoteReference(_) => {
                reader.words(range);
            }
            _ => {}
        }
    }
    reader.close();
    reader.found
}

#[derive(Default)]
struct Reader {
    found: Vec<Block>,
    open: Option<Range<usize>>,
    groups: Vec<usize>,
    counted: usize,
    /// For each item around, whether its own words are still to come.
    fresh: Vec<bool>,
    heading: Option<u8>,
    linked: bool,
    cell: Option<(usize, bool)>,
    /// Code and HTML.
    silent: bool,
}

impl Reader {
    fn begin(&mut self, tag: &Tag<'_>) {
        self.close();
        match tag {
            Tag::Heading { level, .. } => self.heading = Some(*level as u8),
            Tag::List(_) | Tag::Table(_) => {
                self.counted += 1;
                self.groups.push(self.counted);
            }
            Tag::Item => self.fresh.push(true),
            Tag::TableHead => self.cell = Some((0, true)),
            Tag::TableRow => self.cell = Some((0, false)),
            Tag::CodeBlock(_) | Tag::HtmlBlock => self.silent = true,
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        self.close();
        match tag {
            TagEnd::Heading(_) => self.heading = None,
            TagEnd::List(_) => {
                self.groups.pop();
            }
            TagEnd::Table => {
                self.groups.pop();
                self.cell = None;
            }
            TagEnd::TableCell => {
                if let Some((column, _)) = &mut self.cell {
                    *column += 1;
                }
            }
            TagEnd::Item => {
                self.fresh.pop();
            }
            TagEnd::CodeBlock | TagEnd::HtmlBlock => self.silent = false,
            _ => {}
        }
    }

    fn words(&mut self, range: Range<usize>) {
        if self.silent {
            return;
        }
        match &mut self.open {
            Some(open) => open.end = open.end.max(range.end),
            None => self.open = Some(range),
        }
    }

    fn close(&mut self) {
        let linked = std::mem::take(&mut self.linked);
        let Some(range) = self.open.take() else { return };
        let kind = match (self.heading, self.cell, self.fresh.last_mut()) {
            (Some(level), ..) => BlockKind::Heading(level),
            (_, Some((column, head)), _) => BlockKind::Cell { column, head },
            (.., Some(fresh)) if *fresh => {
                *fresh = false;
                BlockKind::Item
            }
            _ => BlockKind::Paragraph,
        };
        self.found.push(Block {
            kind,
            range,
            group: self.groups.last().copied().unwrap_or_default(),
            linked,
        });
    }
}

fn is_inline(tag: &Tag<'_>) -> bool {
    matches!(tag, Tag::Emphasis | Tag::Strong | Tag::Strikethrough | Tag::Link { .. } | Tag::Image { .. })
}

fn is_inline_end(tag: TagEnd) -> bool {
    matches!(tag, TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough | TagEnd::Link | TagEnd::Image)
}

#[cfg(test)]
mod tests {
    use super::{BlockKind, blocks};

    #[test]
    fn words_are_told_apart_by_where_they_stand() {
        let source = "# A\n\none\ntwo\n\n- **b**: c\n  - d\n\n  e\n\n```\nf\n```\n\n| g | h |\n|---|---|\n| i | *j* |\n";
        let found: Vec<(&str, BlockKind, usize)> =
            blocks(source).into_iter().map(|block| (&source[block.range], block.kind, block.group)).collect();
        let cell = |column, head| BlockKind::Cell { column, head };
        assert_eq!(
            found,
            [
                ("A", BlockKind::Heading(1), 0),
                ("one\ntwo", BlockKind::Paragraph, 0),
                ("**b**: c", BlockKind::Item, 1),
                ("d", BlockKind::Item, 2),
                ("e", BlockKind::Paragraph, 1),
                ("g", cell(0, true), 3),
                ("h", cell(1, true), 3),
                ("i", cell(0, false), 3),
                ("*j*", cell(1, false), 3),
            ]
        );
        let links: Vec<bool> =
            blocks("a [b]\n\nc\n\n[b]: /d").into_iter().map(|block| block.linked).collect();
        assert_eq!(links, [true, false]);
    }
}
