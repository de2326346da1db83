//! The last resort: a policy kept elsewhere, a person who is named in words, a public tracker. In goes a text in which no
//! address was found, out comes what a reader would try then. Who is asked to "mail the maintainer" and is told no address
//! has nobody to write to, and the report says so.

mod elsewhere;
mod languages;
mod somebody;

use crate::import::security_md::facts::{Contact, Reading};
use crate::import::security_md::kind::Kind;
use crate::value::line;
use crate::value::sentence::{has_any, negates, sentences};

pub(super) fn read(reading: &mut Reading<'_>) {
    // A chat that is named for anything is a way to reach somebody.
    if let Some(chat) = reading.facts.contacts.iter_mut().find(|contact| contact.kind == "chat") {
        chat.purposes.insert(0, "report");
        return;
    }
    elsewhere::read(reading);
    // Where people are asked to report in private, a public tracker is for other things.
    if !super::reaches_somebody(reading) && !somebody::read(reading) {
        tracker(reading);
    }
}

/// A public issue, where that is what the text asks for.
fn tracker(reading: &mut Reading<'_>) {
    let spoken: Vec<_> = reading.spoken().collect();
    for (at, statement) in spoken {
        for sentence in sentences(&statement.text) {
            let lower = sentence.to_lowercase();
            let asked = has_any(
                &lower,
                &[
                    "open an issue",
                    "open a new issue",
                    "create an issue",
                    "create a new issue",
                    "file an issue",
                    "file a bug",
                    "raise an issue",
                    "submit an issue",
                    "open issue",
                    "issue tracker",
                    "github issue",
                    "post an issue",
                    "make an issue",
                    "report an issue",
                    "log an issue",
                    "as an issue",
                    "in an issue",
                    "via an issue",
                    "through an issue",
                    "by an issue",
                    "an issue on ",
                    "an issue in this",
                    "with an issue",
                    "pull request",
                    "open a discussion",
                    "start a discussion",
                    "create a discussion",
                    "github discussion",
                    "in discussions",
                ],
            );
            if !asked || negates(&lower) || reading.kind(at) == Some(Kind::Support) {
                continue;
            }
            let known = reading.facts.contacts.iter_mut().find(|contact| contact.kind == "issue-tracker");
            if let Some(known) = known {
                known.purposes.insert(0, "report");
                return;
            }
            let words: String = sentence.chars().take(200).collect();
            if line::check(&words).is_ok() {
                let address = reading.facts.repository.as_ref().map_or(words, |url| format!("{url}/issues"));
                push(reading, at, "issue-tracker", address);
                return;
            }
        }
    }
}

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
