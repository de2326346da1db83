//! Further pages of `content/`.

use super::page_from;
use crate::formats::Format;
use crate::plan::Sketch;
use crate::site::Site;
use crate::source::Span;
use crate::theme::view::content::Content as View;
use crate::theme::view::head::Head;

/// Further pages of `content/`.
#[derive(Debug)]
pub struct Content;

impl Format for Content {
    fn name(&self) -> &'static str {
        "content pages"
    }

    fn standard(&self) -> &'static str {
        "HTML"
    }

    fn plan(&self, site: &Site, plan: &mut Sketch) {
        for (at, entry) in site.pages.iter().enumerate() {
            let place = Span::start_of(entry.front.span.file);
            page_from(place, plan, self.name(), &entry.route, "page.html", move |site| {
                let page = &site.pages[at];
                // A page belongs to the entry of the menu whose folder it lies in.
                let entries = site.pages.iter().filter(|other| other.front.menu);
                let above = entries.filter(|other| page.route.as_str().starts_with(other.route.as_str()));
                let nearest = above.max_by_key(|other| other.route.as_str().len());
                let section = nearest.map(|other| site.href(&other.route)).unwrap_or_default();
                let mut head = Head::new(site, &page.route, page.front.title.as_str(), &section);
                head.at_root = page.front.menu;
                let about = page.front.description.as_ref().map_or("", |text| text.as_str());
                (head.about(about), View::of(site, page))
            });
        }
    }
}
