//! The last resort: a policy kept elsewhere, a person who is named in words, a public tracker. In goes a text in which no
//! address was found, out comes what a reader would try then. Who is asked to "mail the maintainer" and is told no address
//! has nobody to write to, and the report says so.

mod elsewhere;
mod kept;
mod languages;
mod somebody;
mod tracker;

use crate::import::security_md::facts::{Contact, Reading};
use crate::import::security_md::kind::Kind;
use crate::value::line;
use crate::value::sentence::has_any;

pub(super) fn read(reading: &mut Reading<'_>) {
    // A chat that is named for anything is a way to reach somebody.
    if let Some(chat) = reading.facts.contacts.iter_mut().find(|contact| contact.kind == "chat") {
        chat.purposes.insert(0, "report");
        return;
    }
    elsewhere::read(reading);
    if super::reaches_somebody(reading) || kept::read(reading) || !is_about_reports(reading) {
        return;
    }
    // Where people are asked to report in private, a public tracker is for other things.
    if tracker::outright(reading) || !somebody::read(reading) {
        tracker::read(reading);
    }
    let has = |purpose| move |contact: &Contact| contact.purposes.contains(&purpose);
    if !reading.facts.contacts.iter().any(has("report")) {
        // Where nobody else is named, who answers questions is who a finder would ask.
        let mut asked = reading.facts.contacts.iter_mut();
        if let Some(asked) = asked.find(|contact| contact.kind == "email" && has("question")(contact)) {
            asked.purposes.insert(0, "report");
        }
    }
}

/// The words of a sentence in place of an address, if they stand on one line. More characters are no help to anybody.
fn cited(sentence: &str) -> Option<String> {
    let words: String = sentence.chars().take(200).collect();
    line::check(&words).is_ok().then_some(words)
}

/// Whether a text asks anybody to report anything. A long manual about security does not, whatever words it holds.
fn is_about_reports(reading: &Reading<'_>) -> bool {
    let spoken: Vec<_> = reading.spoken().collect();
    spoken.len() <= MANUAL
        || spoken.iter().any(|(at, statement)| {
            let kind = reading.kind(*at);
            matches!(kind, Some(Kind::Reporting | Kind::Contact | Kind::Response | Kind::Disclosure))
                || has_any(
                    &statement.text.to_lowercase(),
                    &["vulnerabilit", "security issue", "security bug"],
                )
        })
}

/// More statements than policies have that ask for reports in passing.
const MANUAL: usize = 60;

fn push(reading: &mut Reading<'_>, at: usize, kind: &'static str, address: String) {
    let contact = Contact {
        kind,
        address: Some(address),
        purposes: vec!["report"],
        confirmed: true,
        ..Contact::default()
    };
    super::add(reading, at, contact, "contacts");
}
