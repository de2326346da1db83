//! `bsi`: what BSI TR-03183-3 asks of a website for vulnerability handling.

use super::evidence::security_txt::{self, field};
use super::evidence::{advisories, contacts, documents, promises};
use super::{Control, Profile};
use crate::model::policy::response::Stage;
use crate::routes;
use crate::rules::policy::{BASE_URL_PATH, EXPIRED_REVIEW, LONG_VALIDITY};
use crate::rules::text::NDA_WORDING;

pub(super) static PROFILE: Profile =
    Profile { name: "bsi", scheme: "BSI TR-03183-3 v1.0.0", controls: &[CONTROLS] };

const CONTROLS: &[Control] = &[
    Control::required("4.1.1", "a website with security information", |s| {
        documents::output(s, &routes::home())
    }),
    Control::required("4.2.1-4.2.3", "security.txt with Canonical, and three contacts in order", |s| {
        security_txt::location(s)
            .and(field(s, "Canonical", "security.txt is not made"))
            .and(contacts::two_mails_and_a_page(s))
    })
    .unless(const { &[&BASE_URL_PATH] }),
    Control::required("4.2.4", "Encryption for every contact", contacts::encrypted),
    Control::advised("4.2.5", "Acknowledgments", |s| field(s, "Acknowledgments", "security.txt is not made")),
    Control::required("4.2.6", "Preferred-Languages with English", security_txt::english),
    Control::required("4.2.7", "Policy", |s| field(s, "Policy", "security.txt is not made")),
    Control::advised("4.2.8", "CSAF", |s| {
        field(s, "CSAF", "write `base_url` with https, and confirm a [[contact]]")
    }),
    Control::required("4.2.9", "Expires within a year, and a look at the content each quarter", |s| {
        security_txt::expires(s).and(security_txt::reviewed_this_quarter(s))
    })
    .unless(const { &[&EXPIRED_REVIEW, &LONG_VALIDITY] }),
    Control::required("4.2.10", "an OpenPGP signature, a key of at most five years, crawlers let in", |s| {
        security_txt::signed(s)
            .and(security_txt::key_of_five_years(s))
            .and(documents::output(s, &routes::robots()))
    }),
    Control::required("4.3.1", "two roles, PSIRT and CSIRT", contacts::both_teams),
    Control::required("4.3.3", "a web form that takes reports without a name", contacts::anonymous),
    Control::required("4.4.1", "a disclosure policy, reviewed each year", |s| {
        promises::disclosure(s).and(security_txt::reviewed_this_year(s))
    })
    .unless(const { &[&EXPIRED_REVIEW] }),
    Control::required("4.4.4", "no agreement to keep silent", |s| documents::output(s, &routes::policy()))
        .unless(const { &[&NDA_WORDING] }),
    Control::required(
        "4.4.8",
        "a person's first reply within 5 working days, a detailed one within 10",
        |s| {
            let first = "promise it: `stage = \"acknowledgment\"`, `within = \"5 business days\"`";
            let detailed = "promise it: `stage = \"assessment\"`, `within = \"10 business days\"`";
            // Five working days are a week of the calendar.
            promises::acknowledged_within(s, 7.0, first).and(promises::within(
                s,
                Stage::Assessment,
                14.0,
                detailed,
            ))
        },
    ),
    Control::required(
        "4.4.10",
        "what was verified is public within 90 days",
        promises::public_in_ninety_days,
    ),
    Control::required("4.5.1", "advisories on a page that needs no script, and in CSAF 2.0", |s| {
        advisories::listed(s).and(documents::output(s, &routes::csaf_feed()))
    }),
];
