//! `psti`: what schedule 1 of the United Kingdom's SI 2023/1007 asks a manufacturer to publish.

use super::evidence::{contacts, promises, security_txt, support};
use super::{Control, Profile};
use crate::routes;
use crate::rules::contact::CONTACT_INDIRECT;
use crate::rules::policy::{MISSING_CONTACT, UNTIL_PAST};

pub(super) static PROFILE: Profile =
    Profile { name: "psti", scheme: "UK PSTI, SI 2023/1007 schedule 1", controls: &[CONTROLS] };

const CONTROLS: &[Control] = &[
    Control::required("paragraph 2 contact", "a contact for reports", contacts::reports)
        .unless(const { &[&MISSING_CONTACT] }),
    Control::required("paragraph 2 acknowledgment", "when a report is acknowledged", promises::acknowledged),
    Control::required("paragraph 2 updates", "when there is news, until it is resolved", promises::updates),
    Control::required("paragraph 2 English", "in English", |s| {
        let document = &s.policy().document;
        if document.language.as_str().split('-').next() == Some("en") {
            return super::evidence::documents::output(s, &routes::policy());
        }
        security_txt::english(s)
    }),
    Control::required(
        "paragraph 2 access",
        "free, without a request before, without data of the reader",
        |s| super::evidence::documents::output(s, &routes::report()),
    )
    .unless(const { &[&CONTACT_INDIRECT] }),
    Control::required("paragraph 3", "a period of support, with its end", support::ends)
        .unless(const { &[&UNTIL_PAST] }),
];
