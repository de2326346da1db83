//! The list of advisories, and the same by severity, state, product and year: filters that work without script.

use std::borrow::Cow;
use std::sync::Arc;

use crate::formats::Format;
use crate::plan::Sketch;
use crate::routes;
use crate::site::Site;
use crate::theme::view::head::Head;
use crate::theme::view::list::{self, Filter, Group, List};
use crate::theme::view::row::Rows;

/// The list of advisories, and the same by severity, state, product and year.
#[derive(Debug)]
pub struct AdvisoryLists;

/// What all lists need.
struct Shared {
    groups: Vec<Group>,
    rows: Rows,
    /// Whether no page can fail: a template of ours takes any row, and a page has so many at most.
    sure: bool,
}

impl Format for AdvisoryLists {
    fn name(&self) -> &'static str {
        "advisory lists"
    }

    fn standard(&self) -> &'static str {
        "HTML"
    }

    fn plan(&self, site: &Site, plan: &mut Sketch) {
        let filters = list::filters(site);
        let sure = site.theme.is_embedded();
        let shared = Arc::new(Shared { groups: list::groups(site, &filters), rows: Rows::new(site), sure });
        for filter in filters {
            let filter = Arc::new(filter);
            for number in 1..=filter.pages() {
                self.page(plan, &filter, &shared, number);
            }
        }
    }
}

impl AdvisoryLists {
    fn page(&self, plan: &mut Sketch, filter: &Arc<Filter>, shared: &Arc<Shared>, number: usize) {
        let (filter, shared) = (Arc::clone(filter), Arc::clone(shared));
        let route = routes::paged(&filter.route, number);
        plan.bounded(None, self.name(), &route.clone(), shared.sure, move |site| {
            let mut title = filter.heading.clone();
            if number > 1 {
                title = format!("{title}, page {number}");
            }
            let mut head = Head::new(site, &route, title, "advisories");
            head.at_root = filter.kind == "all" && number == 1;
            let view = List::of(site, &filter, &shared.groups, &shared.rows, number);
            Ok(Cow::Owned(site.theme.page("advisories.html", &head, &view)?))
        });
    }
}
