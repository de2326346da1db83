//! `cisa`: what CISA's directive 20-01 and its template ask of a disclosure policy. Its elements have no numbers there;
//! their names stand for them.

use super::evidence::documents::{key, output, reviewed};
use super::evidence::{contacts, promises};
use super::{Control, Profile};
use crate::routes;
use crate::rules::policy::MISSING_CONTACT;
use crate::rules::text::NDA_WORDING;

pub(super) static PROFILE: Profile =
    Profile { name: "cisa", scheme: "CISA BOD 20-01, disclosure policy", controls: &[CONTROLS] };

const CONTROLS: &[Control] = &[
    Control::required("address", "/vulnerability-disclosure-policy", |s| {
        output(s, &routes::disclosure_policy())
    }),
    Control::required("scope", "what may be tested", |s| key(s, "scope.in", "write `in` in [scope]")),
    Control::required("allowed tests", "which kinds of tests are allowed", |s| {
        key(s, "safe_harbor.conditions", "write `conditions` in [safe_harbor]")
    }),
    Control::required("reporting", "where and how to report", contacts::report_page)
        .unless(const { &[&MISSING_CONTACT] }),
    Control::required("anonymous reports", "that a reporter may stay unnamed", contacts::unnamed),
    Control::required("no legal action", "that those who keep to it have nothing to fear", |s| {
        key(s, "safe_harbor.statement", "write `statement` in [safe_harbor]")
    })
    .unless(const { &[&NDA_WORDING] }),
    Control::required("expectations", "when reporters are answered", promises::acknowledged),
    Control::required("issue date", "the date of the document", reviewed),
];
