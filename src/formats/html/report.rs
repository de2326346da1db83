//! How to report a vulnerability.

use super::page;
use crate::formats::Format;
use crate::plan::Sketch;
use crate::routes;
use crate::site::Site;
use crate::theme::view::head::Head;
use crate::theme::view::report::Report as View;

/// How to report a vulnerability.
#[derive(Debug)]
pub struct Report;

impl Format for Report {
    fn name(&self) -> &'static str {
        "report page"
    }

    fn standard(&self) -> &'static str {
        "HTML"
    }

    fn plan(&self, _: &Site, plan: &mut Sketch) {
        page(plan, self.name(), &routes::report(), "report.html", |site| {
            let head = Head::new(site, &routes::report(), "Report a vulnerability", "report").about(format!(
                "How to report a vulnerability in {} in private",
                site.policy.project.name.as_str()
            ));
            (head, View::of(site))
        });
    }
}
