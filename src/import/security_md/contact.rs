//! Ways to reach somebody: in goes the text as it is being read, out come contacts in its order, each once, with what it
//! is for and whether anybody has confirmed it.
//!
//! Addresses in code, in thanks and in lists of keys are taken only where there is no other, as a person would do it.

mod link;
mod retired;
mod words;

use super::facts::{Contact, Reading};
use super::kind::Kind;
use super::obfuscated;
use super::outline::{self, Statement};
use crate::value::sentence::{has_any, negates, sentences};
use crate::value::{duration, line, placeholder};

use link::Found;

/// No policy has more ways to report than this; what follows in a longer list stays prose.
const MOST: usize = 50;

/// Reads the contacts.
pub(super) fn read(reading: &mut Reading<'_>) {
    link::repository(reading);
    let mut spare = Vec::new();
    let statements: Vec<(usize, &Statement)> = reading.outline.statements.iter().enumerate().collect();
    for (at, statement) in statements.into_iter().filter(|(_, statement)| statement.is_short()) {
        let spoken = matches!(
            statement.kind,
            outline::Kind::Paragraph | outline::Kind::Item(_) | outline::Kind::Row(..) | outline::Kind::Html
        );
        let heading = matches!(statement.kind, outline::Kind::Heading(_) | outline::Kind::InnerHeading);
        let aside = matches!(
            reading.kind(at),
            Some(Kind::Thanks | Kind::Practices | Kind::Limitation | Kind::Audit | Kind::Keys)
        );
        let (found, gone) = found(reading, at, statement);
        for address in gone {
            reading.leave(
                at,
                &address,
                "the text says that nobody is to write to it: no contact is made of it",
            );
        }
        let aside = aside || is_for_others(reading, at) || is_key(reading, at, statement);
        if spoken && !aside || heading {
            for (contact, mark) in found {
                add(reading, at, contact, mark);
            }
        } else if statement.kind != outline::Kind::Comment {
            spare.extend(found.into_iter().map(|(contact, mark)| (at, contact, mark)));
        }
        if spoken {
            key(reading, at, statement);
        }
    }
    if !reaches_somebody(reading) {
        for (at, contact, mark) in spare {
            add(reading, at, contact, mark);
        }
    }
    if !reaches_somebody(reading) {
        words::read(reading);
    }
}

/// Whether there is a way to report that is not public.
fn reaches_somebody(reading: &Reading<'_>) -> bool {
    let mut contacts = reading.facts.contacts.iter();
    contacts.any(|contact| contact.purposes.contains(&"report") && contact.kind != "issue-tracker")
}

/// Whether a statement is in a list of people who are told before the public, and who take no reports.
fn is_for_others(reading: &Reading<'_>, at: usize) -> bool {
    let lead = reading.lead(at).map(|lead| lead.text.to_lowercase()).unwrap_or_default();
    has_any(&lead, &["downstream", "packager", "distributor", "ahead of a public", "ahead of public"])
}

/// Whether a statement is of a list of keys that is not about reports: who holds one may only sign releases with it.
fn is_key(reading: &Reading<'_>, at: usize, statement: &Statement) -> bool {
    let here = matches!(
        reading.kind(at),
        Some(Kind::Reporting | Kind::Contact | Kind::Response | Kind::Disclosure | Kind::Include)
    );
    let listed = matches!(statement.kind, outline::Kind::Item(_) | outline::Kind::Row(..));
    listed && !here && has_fingerprint(&statement.text)
}

/// Whether a text holds the fingerprint of a key, in groups or not.
fn has_fingerprint(text: &str) -> bool {
    let mut digits = 0;
    text.chars().any(|c| {
        digits = match c {
            _ if c.is_ascii_hexdigit() => digits + 1,
            ' ' | ':' | '\u{a0}' => digits,
            _ => 0,
        };
        digits >= FINGERPRINT
    })
}

/// Digits of a fingerprint of a key of version 4.
const FINGERPRINT: usize = 40;

/// The contacts of one statement, and the addresses that it says not to write to.
fn found(
    reading: &Reading<'_>,
    at: usize,
    statement: &Statement,
) -> (Vec<(Contact, &'static str)>, Vec<String>) {
    let (mut found, mut gone) = (Vec::new(), Vec::new());
    let doubted = placeholder::find(&statement.text).is_some();
    let (text, mut emails) = obfuscated::emails(&disguised(statement));
    let mut hidden = Vec::new();
    for link in &statement.links {
        let address = link.strip_prefix("mailto:").and_then(|link| link.split('?').next());
        let address = address.map(percent_decoded).unwrap_or_default();
        for (_, email) in obfuscated::emails(&address).1 {
            if !emails.iter().any(|(_, other)| *other == email) {
                hidden.push(email.clone());
                emails.push((0, email));
            }
        }
    }
    for (place, email) in emails {
        let example = matches!(email.domain(), "example.com" | "example.org" | "example.net");
        // An address of nobody within a line of code is a sample, and no placeholder of this policy.
        let address = email.to_string();
        if example
            && statement.codes.iter().any(|code| code.contains(&address) && code.len() > address.len() + 8)
        {
            continue;
        }
        if !hidden.contains(&email)
            && retired::is_retired(before(&text, place), behind(&text, place + address.len()))
        {
            gone.push(address);
            continue;
        }
        let announces = email.local().contains("announce") || email.local().ends_with("-ann");
        let purpose = if announces { "announcement" } else { purpose(reading, at, &text, place) };
        let list = email.domain().starts_with("lists.") || email.domain().starts_with("googlegroups.");
        let contact = Contact {
            kind: if list || purpose == "announcement" { "list" } else { "email" },
            address: Some(address),
            after: (purpose == "escalation").then(|| after(&text, place)).flatten(),
            purposes: if purpose == "question" && is_alternative(before(&text, place)) {
                vec!["report", purpose]
            } else {
                vec![purpose]
            },
            confirmed: !doubted && !example,
            key: false,
        };
        found.push((contact, "contacts"));
    }
    for Found { kind, address, purpose } in link::links(reading, at, statement) {
        let contact =
            Contact { kind, address, purposes: vec![purpose], confirmed: true, ..Contact::default() };
        found.push((contact, if purpose == "published" { "advisories" } else { "contacts" }));
    }
    if found.is_empty() && doubted {
        found.extend(blank(reading, at, statement).map(|contact| (contact, "contacts")));
    }
    (found, gone)
}

/// The words of a statement; "name `at` acme.example" is a disguise that its marks give away.
fn disguised(statement: &Statement) -> String {
    if statement.codes.iter().any(|code| code == "at") {
        statement.text.replace(" at ", " [at] ")
    } else {
        statement.text.clone()
    }
}

/// "Alternatively, or if you have a question": such an address is for both.
fn is_alternative(before: &str) -> bool {
    has_any(&before.to_lowercase(), &["alternativ", ", or if you", "also if you", "or for questions"])
}

/// A placeholder where an address should be.
fn blank(reading: &Reading<'_>, at: usize, statement: &Statement) -> Option<Contact> {
    let lower = statement.text.to_lowercase();
    let asked = has_any(&lower, &["mail", "contact", "team", "@", "report to", "address"]);
    let here = matches!(reading.kind(at), Some(Kind::Reporting | Kind::Contact | Kind::Response) | None);
    if !asked || !here || lower.contains("pgp") || statement.text.len() > 2000 {
        return None;
    }
    let range = placeholder::find(&statement.text)?;
    let open = statement.text[..=range.start].rfind(['[', '<', '{'])?;
    let close = statement.text[range.start..].find([']', '>', '}']).map(|end| range.start + end + 1)?;
    let words = statement.text.get(open..close)?.trim();
    line::check(words).ok()?;
    Some(Contact {
        kind: "email",
        address: Some(words.to_owned()),
        purposes: vec!["report"],
        ..Contact::default()
    })
}

/// What an address is for, by the sentence that it stands in, and the words that lead to it.
fn purpose(reading: &Reading<'_>, at: usize, text: &str, place: usize) -> &'static str {
    let near = before(text, place).to_lowercase();
    let lead = reading.lead(at).map(|lead| lead.text.to_lowercase()).unwrap_or_default();
    let words = format!("{lead} {near}");
    // "If you have heard nothing for a week:" speaks for the list below it.
    if is_escalation(&near) || sentences(&lead).last().is_some_and(|last| is_escalation(last)) {
        return "escalation";
    }
    if has_any(&near, &["announce", "subscribe", "mailing list for", "notified", "notification"])
        || reading.kind(at) == Some(Kind::Announce)
    {
        return "announcement";
    }
    if has_any(&words, &["bounty", "reward"]) && !words.contains("report") {
        return "bounty";
    }
    let report = has_any(&near, &["report", "vulnerab", "disclos", "issue"]);
    if !report && has_any(&words, &["question", "inquir", "enquir"]) {
        return "question";
    }
    let besides = [
        "non-security",
        "general ",
        "other matters",
        "another reason",
        "other reason",
        "other purpose",
        "anything else",
        "all other",
        "commercial",
        "sales",
        "billing",
        "support request",
        "press ",
        "suggestion",
        "improve this policy",
        "feedback on this policy",
    ];
    if !report && has_any(&near, &besides) {
        return "other";
    }
    "report"
}

/// Whether a link stands in a sentence about reports that nobody answered; where its place is not known, the statement tells.
fn escalates(reading: &Reading<'_>, statement: &Statement, url: &str) -> bool {
    let source = &reading.text[statement.range.clone()];
    let place = Some(url).filter(|url| !url.is_empty()).and_then(|url| source.find(url));
    let words = place.map_or(statement.text.as_str(), |place| before(source, place));
    is_escalation(&words.to_lowercase())
}

pub(super) fn is_escalation(lower: &str) -> bool {
    has_any(
        lower,
        &[
            "escalat",
            "no response",
            "not receive",
            "not received",
            "haven't heard",
            "not heard",
            "don't hear",
            "do not hear",
            "no reply",
            "no acknowledg",
            "not get a response",
            "not get a reply",
            "without a response",
            "fail to respond",
            "don't receive",
            "doesn't respond",
            "not respond",
        ],
    )
}

/// The words of the sentence before a place.
fn before(text: &str, place: usize) -> &str {
    let mut from = place.saturating_sub(600);
    while !text.is_char_boundary(from) {
        from += 1;
    }
    let head = &text[from..place];
    let cut = head.rfind(". ").map_or(0, |at| at + 2).max(head.rfind('\n').map_or(0, |at| at + 1));
    // A line that was only wrapped belongs to the sentence.
    let cut = if head[cut..].trim().is_empty() { head.rfind(". ").map_or(0, |at| at + 2) } else { cut };
    &head[cut..]
}

/// The words of the sentence behind a place.
fn behind(text: &str, place: usize) -> &str {
    let rest = text.get(place..).unwrap_or_default();
    let end = rest
        .match_indices('.')
        .map(|(at, _)| at)
        .find(|at| !rest[at + 1..].starts_with(|c: char| c.is_alphanumeric()));
    let end = end.map_or(rest.len(), |at| at + 1).min(rest.find("\n\n").unwrap_or(rest.len()));
    &rest[..end]
}

fn after(text: &str, place: usize) -> Option<String> {
    duration::find(before(text, place)).into_iter().next().map(|found| found.value)
}

/// Adds a contact, or what is new of one that is there.
fn add(reading: &mut Reading<'_>, at: usize, contact: Contact, mark: &'static str) {
    if mark == "advisories" {
        if let Some(url) = contact.address
            && !reading.facts.published.contains(&url)
        {
            reading.facts.published.push(url);
        }
        reading.say(at, mark, "[advisories].published");
        return;
    }
    if contact.address.as_ref().is_some_and(|address| line::check(address).is_err()) {
        return;
    }
    let same = |other: &&mut Contact| match (&other.address, &contact.address) {
        (Some(a), Some(b)) => a.eq_ignore_ascii_case(b),
        (None, None) => other.kind == contact.kind,
        _ => false,
    };
    let full = reading.facts.contacts.len() >= MOST;
    let shown = contact.address.clone().unwrap_or_else(|| contact.kind.to_owned());
    match reading.facts.contacts.iter_mut().find(same) {
        Some(known) => {
            for purpose in contact.purposes {
                if !known.purposes.contains(&purpose) {
                    known.purposes.push(purpose);
                }
            }
            known.confirmed &= contact.confirmed;
            if known.after.is_none() {
                known.after = contact.after;
            }
        }
        None if full => return,
        None => reading.facts.contacts.push(contact),
    }
    reading.say(at, mark, format!("[[contact]] `{}`", crate::diag::escape::short(&shown, 60)));
}

/// "PGP key available on request".
fn key(reading: &mut Reading<'_>, at: usize, statement: &Statement) {
    for sentence in sentences(&statement.text) {
        let lower = sentence.to_lowercase();
        let key = has_any(&lower, &["pgp", "gpg", "encryption key", "public key"]);
        if key && has_any(&lower, &["on request", "upon request", "by request"]) && !negates(&lower) {
            reading.facts.key_on_request = true;
            for contact in &mut reading.facts.contacts {
                contact.key |= contact.kind == "email" && contact.purposes.contains(&"report");
            }
            reading.say(at, "keys", "[[key]].available = \"on-request\"");
        }
    }
}

/// `mailto:` addresses are percent-encoded at times.
fn percent_decoded(text: &str) -> String {
    text.replace("%40", "@").replace("%2B", "+").replace("%2b", "+")
}
