//! `cra`: what the EU Cyber Resilience Act asks a manufacturer to publish. Duties towards authorities, and those inside
//! a company, cannot be seen in a portal.

use super::evidence::words::named;
use super::evidence::{advisories, contacts, documents, promises, security_txt, support};
use super::{Answer, Control, Profile};
use crate::rules::contact::CONTACT_INDIRECT;
use crate::rules::policy::{MISSING_CONTACT, UNTIL_PAST};

pub(super) static PROFILE: Profile =
    Profile { name: "cra", scheme: "Regulation (EU) 2024/2847, manufacturers", controls: &[CONTROLS] };

const CONTROLS: &[Control] = &[
    Control::advised("Annex I Part II (1)", "an SBOM, whose publishing is optional", |s| {
        named(
            s,
            &["sbom", "sboms", "bill of materials", "cyclonedx"],
            "tell in a [[section]] where the SBOM of a release is",
        )
    }),
    Control::required("Annex I Part II (2)", "fixes without delay", promises::fixes),
    Control::required(
        "Annex I Part II (4)",
        "advisories: product, effect, severity, and what to do",
        advisories::complete,
    ),
    Control::required("Annex I Part II (5)", "a policy for coordinated disclosure", promises::disclosure),
    Control::required("Annex I Part II (6)", "a contact address for reports", contacts::reports)
        .unless(const { &[&MISSING_CONTACT] }),
    Control::required("Annex I Part II (7), (8)", "updates distributed securely, and free of charge", |s| {
        let words = ["free of charge", "at no cost", "without charge", "updates are free"];
        named(
            s,
            &words,
            "tell in a [[section]] that security updates are free of charge, and how to get them",
        )
    }),
    Control::required("Annex II (1)", "name, postal and digital address", |s| {
        documents::publisher(s).and(named(
            s,
            &["imprint", "postal address"],
            "add a page with the postal address",
        ))
    }),
    Control::required("Annex II (2)", "one point of contact, and where the policy is", |s| {
        contacts::report_page(s).and(security_txt::field(s, "Policy", "security.txt is not made"))
    }),
    Control::required(
        "Annex II (6), (8), (9)",
        "declaration of conformity, instructions, place of the SBOM",
        |_| Answer::Outside("they come with the product; a page of content/ may hold them"),
    ),
    Control::required("Annex II (7)", "the kind of support, and its end", support::ends)
        .unless(const { &[&UNTIL_PAST] }),
    Control::required(
        "Art. 13(6)",
        "vulnerabilities of components are reported upstream",
        advisories::upstream,
    ),
    Control::advised("Art. 13(8)", "support for five years or more", support::five_years),
    Control::required("Art. 13(9), (10)", "each security update stays available", |_| {
        Answer::Outside("the place where releases are kept shows it")
    }),
    Control::advised(
        "Art. 13(11)",
        "a warning at versions that are no longer supported",
        support::old_versions,
    ),
    Control::required("Art. 13(17)", "a contact behind which a person answers", contacts::people)
        .unless(const { &[&CONTACT_INDIRECT] }),
    Control::required("Art. 13(18)", "information for users, online for ten years", |_| {
        Answer::Outside("only time shows it; `secsite check --against URL` finds what is gone")
    }),
    Control::required("Art. 13(19)", "the end of support, with month and year", support::ends),
    Control::required(
        "Art. 14(1)-(4)",
        "reports of exploited vulnerabilities within 24 and 72 hours",
        |_| Answer::Outside("they are filed on the reporting platform of the authorities, by a person"),
    ),
    Control::required("Art. 14(8)", "users are told, also in a form for programs", documents::for_programs),
];
