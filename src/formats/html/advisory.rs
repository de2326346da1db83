//! One page per advisory.

use super::page_after;
use crate::formats::parts::alike;
use crate::formats::{Format, machine};
use crate::markdown;
use crate::plan::Sketch;
use crate::routes;
use crate::site::Site;
use crate::theme::view::advisory::Advisory as View;
use crate::theme::view::head::Head;

/// One page per advisory.
#[derive(Debug)]
pub struct Advisory;

impl Format for Advisory {
    fn name(&self) -> &'static str {
        "advisory page"
    }

    fn standard(&self) -> &'static str {
        "HTML"
    }

    fn plan(&self, site: &Site, plan: &mut Sketch) {
        for (at, advisory) in site.advisories.iter().enumerate() {
            let route = routes::advisory(&advisory.id);
            let page = page_after(plan, self.name(), &route, "advisory.html", move |site, lookup| {
                let advisory = &site.advisories[at];
                let title = &advisory.title;
                let about = advisory
                    .front
                    .impact
                    .as_ref()
                    .map_or_else(|| title.to_string(), |text| markdown::plain(text));
                let head = Head::new(
                    site,
                    &routes::advisory(&advisory.id),
                    format!("{}: {title}", advisory.id),
                    "advisories",
                );
                let files = machine::files(site, advisory, lookup);
                let noindex = site.held.contains_key(advisory.id.as_str());
                let head = Head { noindex, ..head.below().about(about) };
                (head, View::of(site, advisory, files))
            });
            page.about = Some(at);
        }
    }

    fn holds(&self, before: &Site, now: &Site) -> bool {
        alike(before, now, |_, _| true)
    }
}
