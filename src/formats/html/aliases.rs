//! Other ids of advisories: each leads to its page, or lists the advisories that share it.

use std::borrow::Cow;
use std::collections::HashSet;

use crate::formats::Format;
use crate::formats::parts::{alike, same_aliases};
use crate::plan::Sketch;
use crate::routes;
use crate::site::Site;
use crate::theme::view::alias::Alias as View;
use crate::theme::view::head::Head;

/// Other ids of advisories.
#[derive(Debug)]
pub struct Aliases;

/// Most rows of a page that is known to be small.
const FEW: usize = 100;

impl Format for Aliases {
    fn name(&self) -> &'static str {
        "alias pages"
    }

    fn standard(&self) -> &'static str {
        "HTML"
    }

    fn plan(&self, site: &Site, plan: &mut Sketch) {
        let aliases = site.advisories.iter().flat_map(|advisory| &advisory.front.aliases);
        let embedded = site.theme.is_embedded();
        let mut done = HashSet::new();
        for alias in aliases {
            let Some(members) = site.aliases.get(alias.as_str()).filter(|_| done.insert(alias.as_str()))
            else {
                continue;
            };
            let (route, name) = (routes::alias(alias), alias.as_str().to_owned());
            // A template of ours takes any row, and a page of this many is far from too large.
            let sure = embedded && members.len() <= FEW;
            let page = plan.bounded(alias.span, self.name(), &route.clone(), sure, move |site| {
                let members = site.aliases.get(&name).map_or(&[] as &[usize], Vec::as_slice);
                let canonical = match members {
                    [one] => routes::advisory(&site.advisories[*one].id),
                    _ => route.clone(),
                };
                let head = Head::new(site, &canonical, name.clone(), "advisories").below();
                let head = Head { noindex: members.len() == 1, ..head };
                Ok(Cow::Owned(site.theme.page("alias.html", &head, &View::of(site, &name, members))?))
            });
            page.leads_elsewhere = true;
        }
    }

    fn holds(&self, before: &Site, now: &Site) -> bool {
        alike(before, now, same_aliases)
    }
}
