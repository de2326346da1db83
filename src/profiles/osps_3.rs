//! `osps-3`: what all three levels of the OSPS Baseline ask of a portal.

use super::evidence::words::named;
use super::evidence::{advisories, documents, support};
use super::{Control, Profile, osps_1, osps_2};

pub(super) static PROFILE: Profile = Profile {
    name: "osps-3",
    scheme: "OSPS Baseline v2026.02.19, levels 1 to 3",
    controls: &[osps_1::CONTROLS, osps_2::CONTROLS, CONTROLS],
};

const CONTROLS: &[Control] = &[
    Control::required("OSPS-DO-03.01", "how to verify a release", |s| {
        let help = "tell in a [[section]] how to verify a release";
        let words = [
            "verify a release",
            "verify the release",
            "verify releases",
            "verifying a release",
            "verifying releases",
        ];
        named(s, &words, help)
    }),
    Control::required(
        "OSPS-DO-03.02",
        "who is expected to have signed a release",
        documents::release_signers,
    ),
    Control::required("OSPS-DO-04.01", "what is supported, and for how long", support::scope),
    Control::required("OSPS-DO-05.01", "when security updates stop", support::stops),
    Control::required(
        "OSPS-VM-04.02",
        "VEX for components' vulnerabilities that do no harm",
        advisories::vex,
    ),
    Control::required("OSPS-VM-05.01", "a threshold for findings in dependencies (SCA)", composition),
    Control::required("OSPS-VM-05.02", "what is done about them before a release", composition),
    Control::required("OSPS-VM-06.01", "a threshold for findings of static analysis (SAST)", |s| {
        named(
            s,
            &["static analysis", "sast"],
            "tell in a [[section]] what is done about findings of static analysis",
        )
    }),
];

fn composition(subject: &super::Subject<'_>) -> super::Answer {
    let help = "tell in a [[section]] what is done about findings of software composition analysis";
    named(subject, &["composition analysis", "sca"], help)
}
