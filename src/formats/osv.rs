//! OSV: one record per advisory, the list of them that osv.dev polls, and all of them in one archive.
//!
//! In go published advisories that say of something that it is hit, out come records of the OSV schema 1.8. An id has
//! `x_` before it unless the policy says that the schema knows the prefix. A record's `modified` is its content's, never
//! the build's. An advisory about which nothing is known to be hit is no record: OSV has no word for that.

mod affected;
mod archive;
mod events;
mod record;

#[cfg(test)]
mod tests;

use std::borrow::Cow;

use serde::Serialize;

use super::parts::alike;
use super::{Format, instant, json};
use crate::plan::{Seal, Sketch};
use crate::routes;
use crate::site::Site;
use crate::site::advisory::Advisory;

/// OSV records.
pub struct Osv;

impl Format for Osv {
    fn name(&self) -> &'static str {
        "OSV"
    }

    fn standard(&self) -> &'static str {
        "OSV schema 1.8"
    }

    fn plan(&self, site: &Site, plan: &mut Sketch) {
        for (at, advisory) in site.advisories.iter().enumerate().filter(|(_, it)| has_record(site, it)) {
            let route = routes::osv(&id(site, advisory));
            let record = move |site: &Site| bytes(site, &site.advisories[at]);
            plan.bytes(self.name(), &route, Seal::None, record).about = Some(at);
        }
        plan.bytes(self.name(), &routes::osv_list(), Seal::Detached, list);
        plan.bytes(self.name(), &routes::osv_archive(), Seal::None, archive::write);
    }

    fn holds(&self, before: &Site, now: &Site) -> bool {
        alike(before, now, |old, new| has_record(before, old) == has_record(now, new))
    }
}

/// Whether an advisory is a record: something is hit by versions or commits that can be written down, or it is taken
/// back, which whoever holds the record must learn.
pub fn has_record(site: &Site, advisory: &Advisory) -> bool {
    advisory.is_withdrawn() || advisory.affected.iter().any(|entry| affected::is_written(site, entry))
}

/// The id of an advisory's record. Another database's prefix is not ours to use, whatever the policy says of its own.
pub fn id<'s>(site: &Site, advisory: &'s Advisory) -> Cow<'s, str> {
    let policy = &site.policy.advisories;
    let id = advisory.id.as_str();
    let own = policy
        .prefix
        .as_ref()
        .is_none_or(|prefix| id.strip_prefix(prefix.as_str()).is_some_and(|rest| rest.starts_with('-')));
    if policy.osv_prefix_registered && own { Cow::Borrowed(id) } else { Cow::Owned(["x_", id].concat()) }
}

/// The file of one record.
pub fn bytes(site: &Site, advisory: &Advisory) -> Vec<u8> {
    json::write(&record::of(site, advisory))
}

/// Advisories with a record by its id, in the order of ids.
fn by_id(site: &Site) -> Vec<(Cow<'_, str>, &Advisory)> {
    let held = site.shown().filter(|it| has_record(site, it));
    let mut all: Vec<_> = held.map(|advisory| (id(site, advisory), advisory)).collect();
    all.sort_by(|(a, _), (b, _)| a.cmp(b));
    all
}

#[derive(Serialize)]
struct Line<'a> {
    id: Cow<'a, str>,
    modified: String,
}

/// What osv.dev's REST sources are polled for: ids and when each was last modified.
fn list(site: &Site) -> Vec<u8> {
    let line = |(id, advisory)| Line { id, modified: instant::rfc3339(instant::changed(advisory)) };
    json::write(&by_id(site).into_iter().map(line).collect::<Vec<_>>())
}
