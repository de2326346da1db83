//! The pages of the portal, one file each.
//!
//! A page is a route, a template and a view. What it says is decided in [`crate::theme::view`]; here stands only which
//! pages there are.

pub mod advisory;
pub mod advisory_lists;
pub mod aliases;
pub mod content;
pub mod feeds;
pub mod home;
pub mod keys;
pub mod not_found;
pub mod policy;
pub mod report;
pub mod static_files;
pub mod support;
pub mod thanks;
pub mod verify;
pub mod versions;

use std::borrow::Cow;

use serde::Serialize;

use crate::plan::{Entry, Lookup, Seal, Sketch};
use crate::routes::Route;
use crate::site::Site;
use crate::source::Span;
use crate::theme::view::head::Head;

/// Adds the page at `route`, made of a head and a view.
fn page<V, F>(plan: &mut Sketch, owner: &'static str, route: &Route, template: &'static str, make: F)
where
    V: Serialize,
    F: Fn(&Site) -> (Head, V) + Send + Sync + 'static,
{
    page_from(None, plan, owner, route, template, make);
}

/// Adds a page that something in the sources asked for.
fn page_from<V, F>(
    place: impl Into<Option<Span>>,
    plan: &mut Sketch,
    owner: &'static str,
    route: &Route,
    template: &'static str,
    make: F,
) where
    V: Serialize,
    F: Fn(&Site) -> (Head, V) + Send + Sync + 'static,
{
    plan.add_from(place, owner, route, Seal::None, move |site| {
        let (head, view) = make(site);
        Ok(Cow::Owned(site.theme.page(template, &head, &view)?))
    });
}

/// Adds a page that tells what other files came to.
fn page_after<'p, V, F>(
    plan: &'p mut Sketch,
    owner: &'static str,
    route: &Route,
    template: &'static str,
    make: F,
) -> &'p mut Entry
where
    V: Serialize,
    F: Fn(&Site, &Lookup<'_>) -> (Head, V) + Send + Sync + 'static,
{
    plan.add_after(owner, route, move |site, lookup| {
        let (head, view) = make(site, lookup);
        Ok(Cow::Owned(site.theme.page(template, &head, &view)?))
    })
}
