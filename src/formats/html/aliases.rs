//! Other ids of advisories: each leads to its page, or lists the advisories that share it.

use super::page_from;
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

impl Format for Aliases {
    fn name(&self) -> &'static str {
        "alias pages"
    }

    fn standard(&self) -> &'static str {
        "HTML"
    }

    fn plan(&self, site: &Site, plan: &mut Sketch) {
        let aliases = site.advisories.iter().flat_map(|advisory| &advisory.front.aliases);
        let mut done = std::collections::BTreeSet::new();
        for alias in aliases {
            if !site.aliases.contains_key(alias.as_str()) || !done.insert(alias.as_str()) {
                continue;
            }
            let (route, name) = (routes::alias(alias), alias.as_str().to_owned());
            page_from(alias.span, plan, self.name(), &route.clone(), "alias.html", move |site| {
                let members = site.aliases.get(&name).map_or(&[] as &[usize], Vec::as_slice);
                let canonical = match members {
                    [one] => routes::advisory(&site.advisories[*one].id),
                    _ => route.clone(),
                };
                let head = Head::new(site, &canonical, name.clone(), "advisories").below();
                (Head { noindex: members.len() == 1, ..head }, View::of(site, &name, members))
            });
        }
    }

    fn holds(&self, before: &Site, now: &Site) -> bool {
        alike(before, now, same_aliases)
    }
}
