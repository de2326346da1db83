//! `osps-1`: what the first level of the OSPS Baseline asks of a portal. Other controls of that level are about the
//! repository and its builds, and no portal can show them.

use super::evidence::contacts;
use super::{Control, Profile};
use crate::rules::contact::CONTACT_INDIRECT;
use crate::rules::policy::MISSING_CONTACT;

pub(super) static PROFILE: Profile =
    Profile { name: "osps-1", scheme: "OSPS Baseline v2026.02.19, level 1", controls: &[CONTROLS] };

pub(super) const CONTROLS: &[Control] =
    &[Control::required("OSPS-VM-02.01", "security contacts", contacts::reports)
        .unless(const { &[&MISSING_CONTACT, &CONTACT_INDIRECT] })];
