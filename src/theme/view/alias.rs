//! The page of another id: it leads to the advisory, or lists the advisories that share the id.

use serde::Serialize;

use super::link::Link;
use super::row::Row;
use crate::routes;
use crate::site::Site;

/// The page.
#[derive(Debug, Serialize)]
pub struct Alias {
    /// The id.
    pub alias: String,
    /// A sentence before the link or list.
    pub lead: &'static str,
    /// Where it leads, if to one advisory.
    pub target: Option<Link>,
    /// The advisories that share it.
    pub rows: Vec<Row>,
}

impl Alias {
    /// The page of an id; `members` are places in `site.advisories`.
    pub fn of(site: &Site, alias: &str, members: &[usize]) -> Self {
        let advisories: Vec<_> = members.iter().filter_map(|at| site.advisories.get(*at)).collect();
        let target = match advisories.as_slice() {
            [one] => Some(Link::to(site, &routes::advisory(&one.id), one.id.as_str())),
            _ => None,
        };
        Self {
            alias: alias.to_owned(),
            lead: if target.is_some() {
                "This vulnerability is described in"
            } else {
                "Several advisories speak of it."
            },
            rows: if target.is_some() {
                Vec::new()
            } else {
                advisories.iter().map(|a| Row::of(site, a)).collect()
            },
            target,
        }
    }
}
