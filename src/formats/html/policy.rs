//! The policy, and the legacy address that disclosure schemes ask for.

use std::borrow::Cow;

use crate::formats::Format;
use crate::plan::{Baked, Seal, Sketch};
use crate::routes;
use crate::site::Site;
use crate::theme::view::head::Head;
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

    fn plan(&self, _: &Site, plan: &mut Sketch) {
        plan.add(self.name(), &routes::policy(), Seal::None, |site| bake(site, false));
        // The same page under both addresses; search engines are told which is the one.
        plan.add(self.name(), &routes::disclosure_policy(), Seal::None, |site| bake(site, true));
    }
}

fn bake(site: &Site, second: bool) -> Baked<'_> {
    let about = format!("The security policy of {}", site.policy.project.name.as_str());
    let head = Head::new(site, &routes::policy(), site.policy.document.title.as_str(), "policy").about(about);
    let head = Head { noindex: second, at_root: !second, ..head };
    Ok(Cow::Owned(site.theme.page("policy.html", &head, &View::of(site)?)?))
}
