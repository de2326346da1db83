//! `osps-2`: what the first two levels of the OSPS Baseline ask of a portal.

use super::evidence::{advisories, contacts, promises};
use super::{Control, Profile, osps_1};
use crate::rules::contact::CONTACT_PUBLIC;
use crate::rules::promise::{RESPONSE_CONFLICT, RESPONSE_MISSING};

pub(super) static PROFILE: Profile = Profile {
    name: "osps-2",
    scheme: "OSPS Baseline v2026.02.19, levels 1 and 2",
    controls: &[osps_1::CONTROLS, CONTROLS],
};

pub(super) const CONTROLS: &[Control] = &[
    Control::required(
        "OSPS-VM-01.01",
        "a policy for coordinated disclosure, with a time for the response",
        promises::disclosure_with_times,
    )
    .unless(const { &[&RESPONSE_MISSING, &RESPONSE_CONFLICT] }),
    Control::required("OSPS-VM-03.01", "a private channel for reports", contacts::private)
        .unless(const { &[&CONTACT_PUBLIC] }),
    Control::required(
        "OSPS-VM-04.01",
        "vulnerabilities made public: versions, how to tell, and the fix",
        advisories::complete,
    ),
];
