//! Who can be reached, and how.

use crate::model::policy::contact::{Contact, Kind, Purpose};
use crate::profiles::{Answer, Place, Subject};
use crate::routes;
use crate::site::policy::reporting_contacts;

/// Contacts for reports that somebody confirmed, and their lines in security.txt.
pub(in crate::profiles) fn reports(subject: &Subject<'_>) -> Answer {
    let written = reporting(subject).into_iter().map(|contact| Place::Written(contact.span));
    Answer::at(written.chain(subject.field("Contact")), "confirm a [[contact]] for reports")
}

/// The page that tells how to report.
pub(in crate::profiles) fn report_page(subject: &Subject<'_>) -> Answer {
    reports(subject).and(Answer::at(subject.output(&routes::report()), "add a [[contact]]"))
}

/// A way to report that the public does not read.
pub(in crate::profiles) fn private(subject: &Subject<'_>) -> Answer {
    let closed = |contact: &&Contact| {
        matches!(
            contact.kind,
            Kind::Email
                | Kind::List
                | Kind::Github
                | Kind::Gitlab
                | Kind::Form
                | Kind::Platform
                | Kind::Phone
        )
    };
    let places = reporting(subject).into_iter().filter(closed).map(|contact| Place::Written(contact.span));
    Answer::at(places, "add a [[contact]] that only the team reads, such as an address or a form")
}

/// A way to report without an account and without an address of one's own.
pub(in crate::profiles) fn anonymous(subject: &Subject<'_>) -> Answer {
    let forms = reporting(subject).into_iter().filter(|contact| contact.kind == Kind::Form);
    let help = "add a [[contact]] with `kind = \"form\"`: a page that asks for no login";
    Answer::at(forms.map(|contact| Place::Written(contact.span)), help)
}

/// A contact behind which a person answers.
pub(in crate::profiles) fn people(subject: &Subject<'_>) -> Answer {
    let answers = |contact: &&Contact| matches!(contact.kind, Kind::Email | Kind::Phone | Kind::Person);
    let confirmed = subject.policy().contacts.iter().filter(|contact| contact.confirmed);
    let places = confirmed.filter(answers).map(|contact| Place::Written(contact.span));
    Answer::at(places, "add a [[contact]] with `kind = \"email\"` or `kind = \"phone\"`")
}

/// Two addresses for mail and then a page, in this order.
pub(in crate::profiles) fn two_mails_and_a_page(subject: &Subject<'_>) -> Answer {
    let uris: Vec<&str> = subject.fields("Contact").collect();
    let is = |at: usize, scheme: &str| uris.get(at).is_some_and(|uri| uri.starts_with(scheme));
    if is(0, "mailto:") && is(1, "mailto:") && is(2, "https://") {
        return Answer::at(subject.field("Contact"), "");
    }
    let help = "confirm three [[contact]]s for reports: PSIRT's mail, CSIRT's mail, the page for reports";
    Answer::short(subject.field("Contact"), help)
}

/// Contacts that are named PSIRT and CSIRT.
pub(in crate::profiles) fn both_teams(subject: &Subject<'_>) -> Answer {
    let named = |team: &str| {
        let mut contacts = subject.policy().contacts.iter();
        let contact = contacts.find(|contact| {
            let name = contact.name.as_ref().map(|name| name.as_str().to_uppercase());
            contact.confirmed && name.is_some_and(|name| name.contains(team))
        });
        contact.map(|contact| Place::Written(contact.span))
    };
    let help = "give one [[contact]] a `name` with PSIRT in it, and one with CSIRT";
    Answer::at(named("PSIRT"), help).and(Answer::at(named("CSIRT"), help))
}

/// A key for each address that takes mail, where a reader of security.txt finds it.
pub(in crate::profiles) fn encrypted(subject: &Subject<'_>) -> Answer {
    let mail = |contact: &&Contact| matches!(contact.kind, Kind::Email | Kind::List);
    let bare = reporting(subject).into_iter().filter(mail).find(|contact| contact.key.is_none());
    if let Some(contact) = bare {
        return Answer::short(Some(Place::Written(contact.span)), "name its `key`, one of [[key]]");
    }
    let help = "publish a [[key]] with `purpose = [\"encrypt\"]`";
    Answer::at(subject.field("Encryption"), help)
}

/// That a reporter may stay unnamed.
pub(in crate::profiles) fn unnamed(subject: &Subject<'_>) -> Answer {
    if subject.policy().credit.as_ref().is_some_and(|credit| credit.anonymous) {
        return Answer::at(subject.key("credit.anonymous"), "");
    }
    match anonymous(subject) {
        Answer::Lacking { .. } => {
            Answer::lacking("write `anonymous = true` in [credit], or add a form that asks for no login")
        }
        shown => shown,
    }
}

fn reporting<'s>(subject: &Subject<'s>) -> Vec<&'s Contact> {
    let contacts = reporting_contacts(subject.policy());
    contacts
        .into_iter()
        .map(|(contact, _)| contact)
        .filter(|contact| contact.purposes.contains(&Purpose::Report))
        .collect()
}
