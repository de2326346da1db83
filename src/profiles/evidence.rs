//! Where evidence is looked for; profiles share these, for most schemes ask for the same few things.

pub(super) mod advisories;
pub(super) mod contacts;
pub(super) mod documents;
pub(super) mod promises;
pub(super) mod security_txt;
pub(super) mod support;
pub(super) mod words;
