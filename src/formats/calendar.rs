//! Calendars of whole days (RFC 5545): in go events, out come content lines, escaped and folded.
//!
//! Nothing here comes from a clock: an event is stamped with the day on which a person last said so.

#[cfg(test)]
mod tests;

use jiff::ToSpan;
use jiff::civil::Date;
use sha2::{Digest, Sha256};

use super::manifest::hex;

/// The longest line in bytes, its end aside (§3.1).
const WIDEST: usize = 75;

/// Something that happens on a day.
pub(super) struct Event {
    /// Stays the same when the day, the words or the portal's address change, so that a calendar that is subscribed to
    /// moves the event and does not double it.
    pub uid: String,
    /// When this was last said by a person, not when it was built.
    pub stamp: Date,
    /// The day.
    pub day: Date,
    /// In a line.
    pub summary: String,
    /// More words; may be empty.
    pub description: String,
    /// Where to read on.
    pub url: String,
}

/// A UID of what makes an event the same event next year.
pub(super) fn uid(parts: &[&str]) -> String {
    let digest: [u8; 32] = Sha256::digest(parts.join("\0")).into();
    let mut hex = hex(&digest);
    hex.truncate(32);
    hex
}

/// A calendar file. `product` names the kind of calendar to programs, `name` to people.
pub(super) fn write(product: &str, name: &str, events: impl IntoIterator<Item = Event>) -> String {
    let mut calendar = Calendar(String::new());
    calendar.line("BEGIN", "VCALENDAR");
    calendar.line("VERSION", "2.0");
    calendar.line("PRODID", &format!("-//secsite//{product}//EN"));
    calendar.line("CALSCALE", "GREGORIAN");
    calendar.text("X-WR-CALNAME", name);
    events.into_iter().for_each(|event| calendar.event(&event));
    calendar.line("END", "VCALENDAR");
    calendar.0
}

/// `20290115`.
fn basic(day: Date) -> String {
    day.strftime("%Y%m%d").to_string()
}

/// Content lines, folded.
struct Calendar(String);

impl Calendar {
    /// A property whose value is ours and needs no escape.
    fn line(&mut self, name: &str, value: &str) {
        self.fold(&format!("{name}:{value}"));
    }

    /// A property of type TEXT (§3.3.11).
    fn text(&mut self, name: &str, value: &str) {
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

    fn event(&mut self, event: &Event) {
        self.line("BEGIN", "VEVENT");
        self.line("UID", &event.uid);
        self.line("DTSTAMP", &format!("{}T000000Z", basic(event.stamp)));
        self.line("DTSTART;VALUE=DATE", &basic(event.day));
        if let Ok(after) = event.day.checked_add(1.day()) {
            self.line("DTEND;VALUE=DATE", &basic(after));
        }
        self.text("SUMMARY", &event.summary);
        self.text("DESCRIPTION", &event.description);
        self.line("URL", &event.url);
        self.line("TRANSP", "TRANSPARENT");
        self.line("END", "VEVENT");
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
