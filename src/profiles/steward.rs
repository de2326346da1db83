//! `steward`: what the EU Cyber Resilience Act asks of stewards of open-source software.

use super::evidence::words::named;
use super::evidence::{advisories, contacts, documents, promises, security_txt};
use super::{Answer, Control, Profile};
use crate::rules::policy::{EXPIRED_REVIEW, MISSING_CONTACT};

pub(super) static PROFILE: Profile =
    Profile { name: "steward", scheme: "Regulation (EU) 2024/2847, stewards", controls: &[CONTROLS] };

const CONTROLS: &[Control] = &[
    Control::required(
        "Art. 24(1) policy",
        "a cybersecurity policy: document, address, remediate, share",
        |s| promises::disclosure(s).and(promises::process(s)).and(advisories::listed(s)),
    ),
    Control::required("Art. 24(1) verifiable", "that it is dated, has a version, and is signed", |s| {
        documents::dated(s).and(security_txt::signed(s))
    })
    .unless(const { &[&EXPIRED_REVIEW] }),
    Control::required("Art. 24(1), 15", "voluntary reports are welcome", contacts::report_page)
        .unless(const { &[&MISSING_CONTACT] }),
    Control::required("Art. 24(2) name", "who the steward is, and how authorities reach them", |s| {
        documents::publisher(s)
            .and(named(s, &["steward"], "tell in a [[section]] who the steward is"))
            .and(contacts::people(s))
    }),
    Control::required("Art. 24(2)", "documents for authorities", |_| {
        Answer::Outside("they are handed over when an authority asks")
    }),
    Control::required("Art. 24(3)", "reports as far as the steward is involved", |_| {
        Answer::Outside("they are filed on the reporting platform of the authorities, by a person")
    }),
];
