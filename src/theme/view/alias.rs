//! The page of another id: it moves on to the advisory at once, or lists the advisories that share the id.
//!
//! A static host has no redirects to give, so the page does it, without delay (WCAG 2.2, technique H76), and says where
//! to for whoever stays.

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
    /// Where it leads, if to one advisory.
    pub target: Option<Link>,
    /// The advisories, as rows.
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
            rows: advisories.iter().map(|advisory| Row::of(site, advisory)).collect(),
            target,
        }
    }
}
