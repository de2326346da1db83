//! The home page.

use super::page;
use crate::formats::Format;
use crate::plan::Sketch;
use crate::routes;
use crate::site::Site;
use crate::theme::view::head::Head;
use crate::theme::view::home::Home as View;

/// The home page.
#[derive(Debug)]
pub struct Home;

impl Format for Home {
    fn name(&self) -> &'static str {
        "home page"
    }

    fn standard(&self) -> &'static str {
        "HTML"
    }

    fn plan(&self, _: &Site, plan: &mut Sketch) {
        page(plan, self.name(), &routes::home(), "home.html", |site| {
            let head = Head::new(site, &routes::home(), "", "").about(format!(
                "Security advisories, supported versions, keys and policy of {}",
                site.policy.project.name.as_str()
            ));
            (head, View::of(site))
        });
    }
}
