//! `rfc9116`: what RFC 9116 asks of security.txt, field by field. It numbers no controls; the names of fields stand for them.

use super::evidence::security_txt::{expires, field, location, signed};
use super::{Control, Profile};
use crate::rules::policy::{BASE_URL_PATH, EXPIRED_REVIEW, LONG_VALIDITY, MISSING_CONTACT};

pub(super) static PROFILE: Profile =
    Profile { name: "rfc9116", scheme: "RFC 9116, security.txt", controls: &[CONTROLS] };

const CONTROLS: &[Control] = &[
    Control::required("location", "/.well-known/security.txt, over https", location)
        .unless(const { &[&BASE_URL_PATH] }),
    Control::required("Contact", "one address or more, in order of preference", |s| {
        field(s, "Contact", "confirm a [[contact]] for reports")
    })
    .unless(const { &[&MISSING_CONTACT] }),
    Control::required("Expires", "one moment, still to come", expires).unless(const { &[&EXPIRED_REVIEW] }),
    Control::advised("Expires within a year", "less than a year ahead", expires)
        .unless(const { &[&EXPIRED_REVIEW, &LONG_VALIDITY] }),
    Control::advised("signature", "an OpenPGP signature in the clear", signed),
    Control::advised("Canonical", "its own address, which the signature covers", |s| {
        field(s, "Canonical", "security.txt is not made: see `location`")
    }),
    Control::advised("Encryption", "the address of a key", |s| {
        field(s, "Encryption", "publish a [[key]] with `purpose = [\"encrypt\"]`")
    }),
    Control::advised("Acknowledgments", "the page of thanks", |s| {
        field(s, "Acknowledgments", "security.txt is not made: see `location`")
    }),
    Control::advised("Policy", "the page of the policy", |s| {
        field(s, "Policy", "security.txt is not made: see `location`")
    }),
    Control::advised("Preferred-Languages", "in which languages to write", |s| {
        field(s, "Preferred-Languages", "write `languages` in [reporting]")
    }),
];
