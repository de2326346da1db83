//! The policy, and the legacy address that disclosure schemes ask for.

use std::borrow::Cow;

use serde::Serialize;

use super::page;
use crate::formats::Format;
use crate::plan::{Plan, Seal};
use crate::routes;
use crate::site::Site;
use crate::theme::view::head::Head;
use crate::theme::view::link::Link;
use crate::theme::view::policy::Policy as View;

/// The policy, and the legacy address that disclosure schemes ask for.
#[derive(Debug)]
pub struct Policy;

impl Format for Policy {
    fn name(&self) -> &'static str {
        "policy page"
    }

    fn standard(&self) -> &'static str {
        "HTML"
    }

    fn plan(&self, _: &Site, plan: &mut Plan) {
        plan.add(self.name(), &routes::policy(), Seal::None, |site| {
            let title = site.policy.document.title.as_str();
            let about = format!("The security policy of {}", site.policy.project.name.as_str());
            let head = Head::new(site, &routes::policy(), title, "policy").about(about);
            Ok(Cow::Owned(site.theme.page("policy.html", &head, &View::of(site)?)?))
        });
        page(plan, self.name(), &routes::disclosure_policy(), "redirect.html", |site| {
            let title = site.policy.document.title.as_str();
            let head = Head { noindex: true, ..Head::new(site, &routes::policy(), title, "policy").below() };
            (head, Redirect { heading: title.to_owned(), target: Link::to(site, &routes::policy(), title) })
        });
    }
}

/// A page that leads to another.
#[derive(Debug, Serialize)]
struct Redirect {
    heading: String,
    target: Link,
}
