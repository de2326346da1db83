//! Keys and dates for the tests of this folder.

use jiff::Timestamp;

use super::new_key::{Generated, NewKey};

pub(super) const TEXT: &str = "Contact: mailto:security@example.org\nExpires: 2027-05-01T00:00:00Z\n# end\n";

pub(super) fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

pub(super) fn born() -> Timestamp {
    at("2026-01-01T00:00:00Z")
}

pub(super) fn now() -> Timestamp {
    at("2026-11-22T08:00:00Z")
}

pub(super) fn end() -> Timestamp {
    at("2027-12-31T00:00:00Z")
}

/// A key of 2026 and 2027, without a passphrase.
pub(super) fn key() -> Generated {
    NewKey {
        user_ids: vec!["Example <security@example.org>".into(), "Other <other@example.net>".into()],
        created: born(),
        expires: Some(end()),
        passphrase: None,
    }
    .generate()
    .unwrap()
}
