//! Supported versions of all products.

use super::page;
use crate::formats::Format;
use crate::plan::Sketch;
use crate::routes;
use crate::site::Site;
use crate::theme::view::head::Head;
use crate::theme::view::support::Support as View;

/// Supported versions of all products.
#[derive(Debug)]
pub struct Support;

impl Format for Support {
    fn name(&self) -> &'static str {
        "support page"
    }

    fn standard(&self) -> &'static str {
        "HTML"
    }

    fn plan(&self, _: &Site, plan: &mut Sketch) {
        page(plan, self.name(), &routes::support(), "support.html", |site| {
            let head = Head::new(site, &routes::support(), "Supported versions", "support").about(format!(
                "Which versions of {} get security fixes, and until when",
                site.policy.project.name.as_str()
            ));
            (head, View::of(site))
        });
    }
}
