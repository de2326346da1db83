//! What a host shows for an address that is not there.

use super::page;
use crate::formats::Format;
use crate::plan::Sketch;
use crate::routes;
use crate::site::Site;
use crate::theme::view::empty::Empty;
use crate::theme::view::head::Head;

/// What a host shows for an address that is not there.
#[derive(Debug)]
pub struct NotFound;

impl Format for NotFound {
    fn name(&self) -> &'static str {
        "404 page"
    }

    fn standard(&self) -> &'static str {
        "HTML"
    }

    fn plan(&self, _: &Site, plan: &mut Sketch) {
        page(plan, self.name(), &routes::not_found(), "404.html", |_| {
            // It stands at every address that is not there, so it has none of its own.
            (Head { title: "Not found".into(), noindex: true, ..Head::default() }, Empty {})
        });
    }
}
