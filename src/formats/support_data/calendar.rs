//! `/support.ics`: ends of support as whole days.

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::formats::calendar::{self, Event};
use crate::model::policy::product::{Product, Support};
use crate::routes;
use crate::site::Site;
use crate::value::line::Line;

/// The file.
pub(super) fn write(site: &Site) -> String {
    let name = format!("{}: supported versions", site.policy.project.name);
    calendar::write("support", &name, events(site).into_iter().map(|(_, event)| event))
}

/// Every row that ends on a day that is known, with its event.
pub(in crate::formats) fn events(site: &Site) -> Vec<(&Support, Event)> {
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    let mut events = Vec::new();
    for product in &site.policy.products {
        for row in &product.support {
            let Some(day) = row.until.as_ref().and_then(|until| until.last_day()) else { continue };
            let identity = identity(site.policy.project.name.as_str(), product, row);
            let twin = seen.entry(identity.clone()).or_default();
            *twin += 1;
            let uid = if *twin == 1 { identity } else { format!("{identity}-{twin}") };
            events.push((row, event(site, product, row, day, uid)));
        }
    }
    events
}

fn event(site: &Site, product: &Product, row: &Support, day: Date, uid: String) -> Event {
    let facts = [
        Some(row.status.label().to_owned()),
        row.track.as_ref().map(|track| track.as_str().to_owned()),
        row.until.as_ref().map(|until| format!("until {}", until.value)),
        row.note.clone(),
    ];
    let facts: Vec<String> = facts.into_iter().flatten().collect();
    Event {
        uid,
        stamp: site.dated(),
        day,
        summary: format!("{} {}: last day of support", product.name, row.versions.as_printed()),
        description: facts.join("\n"),
        url: site.url(&routes::support()),
    }
}

/// What makes a row the same row next year.
fn identity(project: &str, product: &Product, row: &Support) -> String {
    let track = row.track.as_ref().map(Line::as_str).unwrap_or_default();
    calendar::uid(&[project, product.id.as_str(), row.versions.as_printed(), track])
}
