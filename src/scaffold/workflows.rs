//! Workflows for GitHub: one that builds, signs, publishes and verifies, and one that looks ahead.
//!
//! In goes the portal's address, out come two files for `.github/workflows/`. Each action in them stands by the commit of a
//! release; no value of an event reaches a shell.

use crate::value::url::BaseUrl;

/// Where they lie, from the top of the repository.
const WORKFLOWS: [(&str, &str); 2] = [
    (".github/workflows/portal.yml", include_str!("workflows/portal.yml")),
    (".github/workflows/portal-renewal.yml", include_str!("workflows/renew.yml")),
];

/// Where `cargo install` takes this version from.
const SOURCE: &str = concat!("--git ", env!("CARGO_PKG_REPOSITORY"), " --tag v", env!("CARGO_PKG_VERSION"));

/// The workflows of a portal, by path.
pub fn workflows(base: &BaseUrl) -> [(&'static str, String); 2] {
    WORKFLOWS.map(|(path, text)| (path, text.replace("@SITE@", base.as_str()).replace("@SOURCE@", SOURCE)))
}
