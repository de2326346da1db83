//! Images: of this site alone. One from elsewhere becomes a link, so that nothing is loaded unasked.

use std::ops::Range;

use pulldown_cmark::Event;

use super::super::{escape, problem::ProblemKind};
use super::Writer;
use super::inline::Place;

/// An image whose description is being read.
pub(super) struct Image {
    raw: String,
    title: String,
    range: Range<usize>,
    /// The description: what its markup says, without the markup.
    alt: String,
    /// Elements open within the description.
    depth: usize,
}

impl Image {
    pub(super) fn new(raw: String, title: String, range: Range<usize>) -> Self {
        Self { raw, title, range, alt: String::new(), depth: 0 }
    }
}

impl Writer<'_> {
    /// Reads the description; its end writes the image.
    pub(super) fn within_image(&mut self, event: Event<'_>) {
        let Some(image) = &mut self.image else { return };
        match event {
            Event::Text(text) | Event::Code(text) | Event::InlineHtml(text) => image.alt.push_str(&text),
            Event::SoftBreak | Event::HardBreak => image.alt.push(' '),
            Event::Start(_) => image.depth += 1,
            Event::End(_) if image.depth > 0 => image.depth -= 1,
            Event::End(_) => {
                self.open.pop();
                if let Some(image) = self.image.take() {
                    self.image(image);
                }
            }
            _ => {}
        }
    }

    fn image(&mut self, image: Image) {
        let Image { raw, title, range, alt, .. } = image;
        let alt = alt.trim();
        if !alt.is_empty() {
            self.seen += 1;
            if let Some(heading) = &mut self.heading {
                heading.push_str(alt);
            }
        }
        match self.place(&raw, &range) {
            Some(Place::Local(target)) if !target.starts_with('#') => {
                if alt.is_empty() {
                    self.problem(ProblemKind::MissingAlt(raw), range.clone());
                }
                self.out.push_str("<img src=\"");
                escape::attribute(&mut self.out, &target);
                self.out.push_str("\" alt=\"");
                escape::attribute(&mut self.out, alt);
                self.out.push('"');
                self.title(&title);
                self.out.push('>');
                self.add_link(target, range);
            }
            Some(place @ Place::External(_)) => {
                self.problem(ProblemKind::RemoteImage(raw), range.clone());
                if self.in_link {
                    escape::text(&mut self.out, alt);
                    return;
                }
                let index = self.open_anchor(place, &title, range);
                escape::text(&mut self.out, alt);
                let seen = if alt.is_empty() { self.seen } else { self.seen - 1 };
                self.end_link(index, seen);
            }
            Some(_) | None => escape::text(&mut self.out, alt),
        }
    }
}
