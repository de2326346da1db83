//! Those who found something and told us first.

use super::page;
use crate::formats::Format;
use crate::plan::Sketch;
use crate::routes;
use crate::site::Site;
use crate::theme::view::head::Head;
use crate::theme::view::thanks::Thanks as View;

/// Those who found something and told us first.
#[derive(Debug)]
pub struct Thanks;

impl Format for Thanks {
    fn name(&self) -> &'static str {
        "thanks page"
    }

    fn standard(&self) -> &'static str {
        "HTML"
    }

    fn plan(&self, _: &Site, plan: &mut Sketch) {
        page(plan, self.name(), &routes::thanks(), "thanks.html", |site| {
            let head = Head::new(site, &routes::thanks(), "Thanks", "thanks")
                .about(format!("Who has helped to make {} safer", site.policy.project.name.as_str()));
            (head, View::of(site))
        });
    }
}
