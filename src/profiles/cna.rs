//! `cna`: what the rules of the CVE programme ask of the pages of a numbering authority.

use super::evidence::{advisories, documents, promises};
use super::{Answer, Control, Profile};
use crate::rules::guard::{VANISHED_ADDRESS, VANISHED_ADVISORY};
use crate::rules::output::FORMATS_DISAGREE;
use crate::rules::text::NDA_WORDING;

pub(super) static PROFILE: Profile =
    Profile { name: "cna", scheme: "CNA Rules 4.1.0, numbers of 4.0", controls: &[CONTROLS] };

const CONTROLS: &[Control] = &[
    Control::required("3.2.6.1", "a published policy for assignment", |s| {
        documents::key(s, "disclosure.cve", "write `cve` in [disclosure]: who assigns ids, and when")
    }),
    Control::required("3.2.6.2", "a published disclosure policy", promises::disclosure),
    Control::advised("4.5.1.3", "a record within 24 hours of disclosure", |_| Answer::Outside(SENDING)),
    Control::required("4.5.1.4", "a record within 72 hours of disclosure", |_| Answer::Outside(SENDING)),
    Control::required("4.5.3.11", "what is disputed says so", advisories::disputed),
    Control::required(
        "5.1.3-5.1.10",
        "product, affected and fixed versions, type, description, public reference",
        advisories::complete_for_cve,
    )
    .unless(const { &[&FORMATS_DISAGREE] }),
    Control::required("5.3.1", "a page that is there before the record, or with it", advisories::pages),
    Control::required("5.3.2", "a page that stays", |_| {
        Answer::Outside("only time shows it; `secsite check --against URL` finds what is gone")
    })
    .unless(const { &[&VANISHED_ADDRESS, &VANISHED_ADVISORY] }),
    Control::required("5.3.3", "no login, no restrictive terms, enough content", advisories::complete)
        .unless(const { &[&NDA_WORDING] }),
];

const SENDING: &str = "a build makes the record with the page; only the CVE list shows when it got it";
