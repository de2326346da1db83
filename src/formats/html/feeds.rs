//! What can be subscribed to.

use super::page;
use crate::formats::{Format, machine};
use crate::plan::Sketch;
use crate::routes;
use crate::site::Site;
use crate::theme::view::feeds::Feeds as View;
use crate::theme::view::head::Head;

/// What can be subscribed to.
#[derive(Debug)]
pub struct Feeds;

impl Format for Feeds {
    fn name(&self) -> &'static str {
        "feeds page"
    }

    fn standard(&self) -> &'static str {
        "HTML"
    }

    fn plan(&self, _: &Site, plan: &mut Sketch) {
        page(plan, self.name(), &routes::feeds(), "feeds.html", |site| {
            let head = Head::new(site, &routes::feeds(), "Feeds", "feeds")
                .about(format!("Feeds of security advisories of {}", site.policy.project.name.as_str()));
            (head, View::of(site, machine::of_all(site)))
        });
    }
}
