//! How to verify the portal.

use super::page;
use crate::formats::Format;
use crate::plan::Sketch;
use crate::routes;
use crate::site::Site;
use crate::theme::view::head::Head;
use crate::theme::view::verify::Verify as View;

/// How to verify the portal.
#[derive(Debug)]
pub struct Verify;

impl Format for Verify {
    fn name(&self) -> &'static str {
        "verify page"
    }

    fn standard(&self) -> &'static str {
        "HTML"
    }

    fn plan(&self, _: &Site, plan: &mut Sketch) {
        page(plan, self.name(), &routes::verify(), "verify.html", |site| {
            let head = Head::new(site, &routes::verify(), "Verify this site", "verify")
                .about("How to check that this site is what its owner published");
            (head, View::of(site))
        });
    }
}
