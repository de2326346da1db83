//! `badge`: what the Best Practices badge asks of a project's handling of vulnerabilities.

use super::evidence::{advisories, contacts, promises, support};
use super::{Answer, Control, Profile};
use crate::rules::contact::CONTACT_PUBLIC;
use crate::rules::promise::RESPONSE_CONFLICT;

pub(super) static PROFILE: Profile =
    Profile { name: "badge", scheme: "OpenSSF Best Practices badge", controls: &[CONTROLS] };

const CONTROLS: &[Control] = &[
    Control::required(
        "vulnerability_report_process",
        "the address of a page that tells how to report",
        contacts::report_page,
    ),
    Control::required("vulnerability_report_private", "how to report in private", contacts::private)
        .unless(const { &[&CONTACT_PUBLIC] }),
    Control::required("vulnerability_report_response", "a first response within 14 days", |s| {
        promises::acknowledged_within(
            s,
            14.0,
            "add a [[response]] with `stage = \"acknowledgment\"` and `within = \"14 days\"`, or less",
        )
    })
    .unless(const { &[&RESPONSE_CONFLICT] }),
    Control::required(
        "vulnerabilities_fixed_60_days",
        "nothing open for more than 60 days",
        advisories::fixed_in_sixty_days,
    ),
    Control::required("release_notes_vulns", "release notes that name the vulnerabilities they mend", |_| {
        Answer::Outside("release notes are no part of a portal; let them link to the advisories")
    }),
    Control::advised("vulnerability_report_credit", "thanks to those who report (silver)", promises::credit),
    Control::advised("vulnerability_response_process", "how a report is handled (silver)", promises::process),
    Control::advised(
        "maintenance_or_update",
        "older versions, or the way up from them (silver)",
        support::scope,
    ),
];
