//! `/support.ics`: ends of support as whole days (RFC 5545).
//!
//! An event keeps its UID when its date, its words or the portal's address change, so a calendar that is subscribed to
//! moves the event and does not double it.

use std::collections::BTreeMap;

use jiff::ToSpan;
use jiff::civil::Date;
use sha2::{Digest, Sha256};

use crate::formats::manifest::hex;
use crate::model::policy::product::{Product, Support};
use crate::routes;
use crate::site::Site;
use crate::value::line::Line;

/// The longest line in bytes, its end aside (§3.1).
const WIDEST: usize = 75;

/// The file.
pub(super) fn write(site: &Site) -> String {
    let mut calendar = Calendar(String::new());
    let project = site.policy.project.name.as_str();
    calendar.line("BEGIN", "VCALENDAR");
    calendar.line("VERSION", "2.0");
    calendar.line("PRODID", "-//secsite//support//EN");
    calendar.line("CALSCALE", "GREGORIAN");
    calendar.text("X-WR-CALNAME", &format!("{project}: supported versions"));
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    for product in &site.policy.products {
        for row in &product.support {
            let Some(day) = row.until.as_ref().and_then(|until| until.last_day()) else { continue };
            let identity = identity(project, product, row);
            let twin = seen.entry(identity.clone()).or_default();
            *twin += 1;
            let uid = if *twin == 1 { identity } else { format!("{identity}-{twin}") };
            event(&mut calendar, site, product, row, day, &uid);
        }
    }
    calendar.line("END", "VCALENDAR");
    calendar.0
}

fn event(calendar: &mut Calendar, site: &Site, product: &Product, row: &Support, day: Date, uid: &str) {
    calendar.line("BEGIN", "VEVENT");
    calendar.line("UID", uid);
    // When this was last said by a person, not when it was built.
    calendar.line("DTSTAMP", &format!("{}T000000Z", basic(site.policy.document.reviewed.value)));
    calendar.line("DTSTART;VALUE=DATE", &basic(day));
    if let Ok(after) = day.checked_add(1.day()) {
        calendar.line("DTEND;VALUE=DATE", &basic(after));
    }
    calendar.text("SUMMARY", &format!("{} {}: last day of support", product.name, row.versions.as_printed()));
    let facts = [
        Some(row.status.label().to_owned()),
        row.track.as_ref().map(|track| track.as_str().to_owned()),
        row.until.as_ref().map(|until| format!("until {}", until.value)),
        row.note.clone(),
    ];
    let facts: Vec<String> = facts.into_iter().flatten().collect();
    calendar.text("DESCRIPTION", &facts.join("\n"));
    calendar.line("URL", &site.url(&routes::support()));
    calendar.line("TRANSP", "TRANSPARENT");
    calendar.line("END", "VEVENT");
}

/// What makes a row the same row next year.
fn identity(project: &str, product: &Product, row: &Support) -> String {
    let track = row.track.as_ref().map(Line::as_str).unwrap_or_default();
    let parts = [project, product.id.as_str(), row.versions.as_printed(), track];
    let digest: [u8; 32] = Sha256::digest(parts.join("\0")).into();
    let mut hex = hex(&digest);
    hex.truncate(32);
    hex
}

/// `20290115`.
fn basic(day: Date) -> String {
    day.strftime("%Y%m%d").to_string()
}

/// Content lines, folded.
pub(super) struct Calendar(pub String);

impl Calendar {
    /// A property whose value is ours and needs no escape.
    fn line(&mut self, name: &str, value: &str) {
        self.fold(&format!("{name}:{value}"));
    }

    /// A property of type TEXT (§3.3.11).
    pub(super) fn text(&mut self, name: &str, value: &str) {
        let mut escaped = String::with_capacity(value.len());
        for c in value.chars() {
            match c {
                '\\' | ';' | ',' => escaped.extend(['\\', c]),
                '\n' => escaped.push_str("\\n"),
                '\t' => escaped.push(' '),
                c if c.is_control() => {}
                c => escaped.push(c),
            }
        }
        self.line(name, &escaped);
    }

    /// Breaks a line between characters so that no piece is longer than [`WIDEST`] bytes; the next one begins with a
    /// blank.
    fn fold(&mut self, line: &str) {
        let mut width = 0;
        for c in line.chars() {
            if width + c.len_utf8() > WIDEST {
                self.0.push_str("\r\n ");
                width = 1;
            }
            self.0.push(c);
            width += c.len_utf8();
        }
        self.0.push_str("\r\n");
    }
}
