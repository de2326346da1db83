//! OpenPGP keys, with fingerprints to compare.

use super::page;
use crate::formats::Format;
use crate::plan::Sketch;
use crate::routes;
use crate::site::Site;
use crate::theme::view::head::Head;
use crate::theme::view::key::Keys as View;

/// OpenPGP keys, with fingerprints to compare.
#[derive(Debug)]
pub struct Keys;

impl Format for Keys {
    fn name(&self) -> &'static str {
        "key page"
    }

    fn standard(&self) -> &'static str {
        "HTML"
    }

    fn plan(&self, _: &Site, plan: &mut Sketch) {
        page(plan, self.name(), &routes::keys(), "keys.html", |site| {
            let head = Head::new(site, &routes::keys(), "Keys", "keys").about(format!(
                "OpenPGP keys of {} and their fingerprints",
                site.policy.project.name.as_str()
            ));
            (head, View::of(site))
        });
    }
}
