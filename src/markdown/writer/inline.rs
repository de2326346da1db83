//! Running text, code spans and links.

use std::ops::Range;

use memchr::memchr;
use pulldown_cmark::LinkType;

use super::super::destination::{Destination, encoded, judge};
use super::super::{MAX_EMPHASIS, Target, autolink, escape, ids, problem::ProblemKind, problem::Refusal};
use super::{Open, Writer};

/// Where a link or image leads once the site has been asked.
pub(super) enum Place {
    /// Outside: `https` or `http`.
    External(String),
    /// `mailto`.
    Mail(String),
    /// Within the site or the page.
    Local(String),
}

impl Writer<'_> {
    /// Keeps text until markup follows.
    pub(super) fn gather(&mut self, text: &str, range: Range<usize>) {
        if self.in_html {
            self.html.push_str(text);
            return;
        }
        if self.text.is_empty() {
            self.text_range.start = range.start;
        }
        self.text.push_str(text);
        self.text_range.end = range.end;
    }

    /// Writes the text gathered so far.
    pub(super) fn flush(&mut self) {
        if self.text.is_empty() {
            return;
        }
        let text = std::mem::take(&mut self.text);
        if self.in_code {
            escape::text(&mut self.out, &text);
        } else {
            if !text.trim_start().is_empty() {
                self.seen += 1;
            }
            if let Some(heading) = &mut self.heading {
                heading.push_str(&text);
            }
            if self.in_link {
                escape::text(&mut self.out, &text);
            } else {
                self.prose(&text);
            }
        }
        // The buffer is used again: most texts never allocate a second one.
        self.text = text;
        self.text.clear();
    }

    /// Writes text and makes links of its bare addresses.
    fn prose(&mut self, text: &str) {
        let (mut done, mut from) = (0, 0);
        while let Some(colon) = memchr(b':', &text.as_bytes()[from..]) {
            let colon = from + colon;
            from = colon + 1;
            let Some(found) = autolink::at_colon(text, done, colon) else { continue };
            let url = &text[found.url.clone()];
            from = found.end;
            let Ok(Destination::External(target)) = judge(url) else { continue };
            escape::text(&mut self.out, &text[done..found.url.start]);
            done = found.url.end;
            // Without escapes and entities the text lies in the source as it is.
            let exact = text.len() == self.text_range.len();
            let at = self.text_range.start;
            let range =
                if exact { at + found.url.start..at + found.url.end } else { self.text_range.clone() };
            self.open_anchor(Place::External(target), "", range);
            escape::text(&mut self.out, url);
            self.out.push_str("</a>");
        }
        escape::text(&mut self.out, &text[done..]);
    }

    pub(super) fn code(&mut self, code: &str) {
        self.seen += 1;
        if let Some(heading) = &mut self.heading {
            heading.push_str(code);
        }
        self.out.push_str("<code>");
        escape::text(&mut self.out, code);
        self.out.push_str("</code>");
    }

    pub(super) fn line_break(&mut self, html: &str) {
        if let Some(heading) = &mut self.heading {
            heading.push(' ');
        }
        self.out.push_str(html);
    }

    pub(super) fn emphasis(&mut self, tag: &str, close: &'static str) -> Open {
        if self.emphasis >= MAX_EMPHASIS {
            return Open::Nothing;
        }
        self.emphasis += 1;
        self.out.push_str(tag);
        Open::Emphasis(close)
    }

    pub(super) fn link(&mut self, kind: LinkType, raw: &str, title: &str, range: Range<usize>) -> Open {
        // The parser lets `<a@example.org>` stand within a link's text.
        if self.in_link {
            return Open::Nothing;
        }
        let mail = kind == LinkType::Email;
        let place = if mail { self.place(&format!("mailto:{raw}"), &range) } else { self.place(raw, &range) };
        match place {
            Some(place) => {
                self.in_link = true;
                let index = self.open_anchor(place, title, range);
                Open::Link { index, seen: self.seen }
            }
            // `<std::vec>` was no link in its author's mind.
            None if mail || kind == LinkType::Autolink => {
                self.out.push_str("&lt;");
                Open::BadAutolink
            }
            None => Open::Nothing,
        }
    }

    pub(super) fn end_link(&mut self, index: usize, seen: usize) {
        self.in_link = false;
        // A link without words is shown by its address.
        if self.seen == seen {
            self.seen += 1;
            if let Some(link) = self.done.links.get(index) {
                escape::text(&mut self.out, &link.target);
            }
        }
        self.out.push_str("</a>");
    }

    /// Writes the opening tag of a link and remembers it.
    pub(super) fn open_anchor(&mut self, place: Place, title: &str, range: Range<usize>) -> usize {
        let external = matches!(place, Place::External(_));
        let (Place::External(target) | Place::Mail(target) | Place::Local(target)) = place;
        self.out.push_str("<a href=\"");
        escape::attribute(&mut self.out, &target);
        self.out.push_str(if external { "\" rel=\"noopener noreferrer\"" } else { "\"" });
        self.title(title);
        self.out.push('>');
        self.add_link(target, range)
    }

    pub(super) fn title(&mut self, title: &str) {
        if !title.trim().is_empty() {
            self.out.push_str(" title=\"");
            escape::attribute(&mut self.out, title);
            self.out.push('"');
        }
    }

    /// Judges a destination and asks the site about those within it; what is refused is reported.
    pub(super) fn place(&mut self, raw: &str, range: &Range<usize>) -> Option<Place> {
        match judge(raw) {
            Ok(Destination::Empty) => None,
            Ok(Destination::External(url)) => Some(Place::External(url)),
            Ok(Destination::Mail(url)) => Some(Place::Mail(url)),
            Ok(Destination::Relative) => self.local(raw.trim_matches(' '), range),
            Err(why) => self.refuse(raw, why, range),
        }
    }

    fn local(&mut self, raw: &str, range: &Range<usize>) -> Option<Place> {
        if let Some(fragment) = raw.strip_prefix('#') {
            self.anchors.push((fragment.to_owned(), range.clone()));
            return Some(Place::Local(format!("#{}{}", self.options.id_prefix, ids::slug(fragment))));
        }
        match (self.options.resolve)(raw) {
            Target::Unchanged => Some(Place::Local(encoded(raw))),
            // Even the site's own answer may be made of foreign text.
            Target::Href(href) => match judge(&href) {
                Ok(Destination::Empty) => None,
                Ok(Destination::External(url)) => Some(Place::External(url)),
                Ok(Destination::Mail(url)) => Some(Place::Mail(url)),
                Ok(Destination::Relative) => Some(Place::Local(encoded(&href))),
                Err(why) => self.refuse(raw, why, range),
            },
            Target::Missing { help } => {
                self.problem(ProblemKind::MissingTarget { target: raw.to_owned(), help }, range.clone());
                None
            }
        }
    }

    fn refuse(&mut self, raw: &str, why: Refusal, range: &Range<usize>) -> Option<Place> {
        self.problem(ProblemKind::BadLink { target: raw.to_owned(), why }, range.clone());
        None
    }
}
