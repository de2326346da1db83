//! CVE: for each CVE id that an advisory names, what its CNA publishes about it.
//!
//! In go advisories with a CVE id, out come files in the CVE Record Format 5.2. Only a CNA has an organisation's id: where
//! the policy names one (`[disclosure] cve.org_id`), the file is a full record; elsewhere it is a draft of the CNA
//! container, in the form in which CVE Services takes it.

mod affected;
mod container;
mod metric;
mod words;

use serde::Serialize;

use super::parts::{alike, same_aliases};
use super::{Format, instant, json};
use crate::plan::{Seal, Sketch};
use crate::routes;
use crate::site::Site;
use crate::site::advisory::Advisory;
use crate::value::alias::{Alias, AliasKind};
use crate::value::line::Line;

use container::Container;

/// CVE records and drafts.
pub struct Cve;

impl Format for Cve {
    fn name(&self) -> &'static str {
        "CVE"
    }

    fn standard(&self) -> &'static str {
        "CVE Record Format 5.2"
    }

    fn plan(&self, site: &Site, plan: &mut Sketch) {
        for (at, advisory) in site.advisories.iter().enumerate() {
            for id in of(advisory).into_iter().filter(|id| speaks_for(site, advisory, id)) {
                let route = routes::cve(&id);
                let record = move |site: &Site| bytes(site, &site.advisories[at], &id);
                plan.bytes(self.name(), &route, Seal::None, record).about = Some(at);
            }
        }
    }

    fn holds(&self, before: &Site, now: &Site) -> bool {
        let ranks = |old: &Advisory, new: &Advisory| {
            old.published == new.published && old.is_withdrawn() == new.is_withdrawn()
        };
        alike(before, now, |old, new| ranks(old, new) && of(old) == of(new) && same_aliases(old, new))
    }
}

/// Whether an advisory is the one that a CVE id's file is made of. Of several with that id, one that stands goes before
/// one that was taken back, and then the older one; one whose own id it is goes before all.
pub fn speaks_for(site: &Site, advisory: &Advisory, id: &Alias) -> bool {
    if site.links.has_advisory(id.as_str()) {
        return advisory.id.as_str() == id.as_str();
    }
    let rank = |it: &Advisory| (it.is_withdrawn(), it.published, it.id.clone());
    let sharing = site.aliases.get(id.as_str()).into_iter().flatten().map(|at| &site.advisories[*at]);
    let mut sharing = sharing.filter(|it| it.id != advisory.id && of(it).contains(id));
    sharing.all(|other| rank(advisory) < rank(other))
}

/// The CVE ids of an advisory that can have a record: something must be said to be affected or not.
pub fn of(advisory: &Advisory) -> Vec<Alias> {
    if advisory.affected.is_empty() && !container::is_rejected(advisory) {
        return Vec::new();
    }
    let own = Alias::parse(advisory.id.as_str()).ok();
    let aliases = advisory.front.aliases.iter().map(|alias| &alias.value);
    let all = own.iter().chain(aliases).filter(|alias| alias.kind() == AliasKind::Cve);
    words::once(all.cloned())
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Record<'a> {
    data_type: &'static str,
    data_version: &'static str,
    cve_metadata: Metadata<'a>,
    containers: Containers<'a>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Metadata<'a> {
    cve_id: &'a str,
    assigner_org_id: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    assigner_short_name: Option<&'a str>,
    state: &'static str,
    date_published: String,
    date_updated: String,
}

#[derive(Serialize)]
struct Containers<'a> {
    cna: Container<'a>,
}

/// What CVE Services takes for an id: it adds the provider itself.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Draft<'a> {
    cna_container: Container<'a>,
}

/// The file of a CVE id, made of the advisory that speaks for it.
pub fn bytes(site: &Site, advisory: &Advisory, id: &Alias) -> Vec<u8> {
    let cna_container = container::of(site, advisory);
    let cve = site.policy.disclosure.as_ref().and_then(|disclosure| disclosure.cve.as_ref());
    let Some((cve, org)) = cve.and_then(|cve| Some((cve, cve.org_id.as_ref()?))) else {
        return json::write(&Draft { cna_container });
    };
    let short_name = cve.short_name.as_ref().map(Line::as_str);
    let updated = instant::rfc3339(instant::changed(advisory));
    json::write(&Record {
        data_type: "CVE_RECORD",
        data_version: "5.2.0",
        cve_metadata: Metadata {
            cve_id: id.as_str(),
            assigner_org_id: org.as_str(),
            assigner_short_name: short_name,
            state: if container::is_rejected(advisory) { "REJECTED" } else { "PUBLISHED" },
            date_published: instant::rfc3339(instant::whole(advisory.published)),
            date_updated: updated.clone(),
        },
        containers: Containers { cna: cna_container.provided_by(org.as_str(), short_name, updated) },
    })
}
