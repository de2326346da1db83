//! The publish guard: what would be published against what is public already.
//!
//! In go a site with its plan and a place where its last release lies, a folder or a host; out come findings: an advisory
//! or an address that would be gone, a `published` that moved, a `modified` that does not rise when the content changes, an
//! OSV record that importers would skip. Whatever the place says is a stranger's word: sizes are bounded, a damaged file is
//! a finding, and no name from there is ever asked for; only files of our own advisories are read. Who signed it is not
//! asked here: [`crate::verify`] does that.

mod address;
mod case;
mod document;
mod facts;
mod public;
mod record;
#[cfg(test)]
mod tests;

use std::collections::BTreeSet;

use rayon::prelude::*;

use crate::diag::{Diagnostic, Diagnostics};
use crate::plan::Plan;
use crate::site::Site;
use crate::verify::place::Place;
use case::Case;
use public::Public;

/// What could be compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// The place has nothing that a site would have.
    Nothing,
    /// Only which addresses there are: the list of OSV records is not there.
    Addresses,
    /// Everything.
    All,
}

/// The place did not answer: the disk or the network is at fault, not the site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unreachable {
    /// What was asked for.
    pub path: String,
    /// Why it was not given, fit to be printed.
    pub why: String,
}

/// Compares the site with what is public.
///
/// A file whose hash is in the public manifest, and is that of ours, is not asked for. So a host is asked for the list of OSV
/// records, the manifest, and what differs; without a manifest, for one or two files of each advisory. `broken` are names
/// of advisories' files with errors, which may be why they are missing: those say enough.
///
/// # Errors
/// The first file that the place could not be asked for.
pub fn guard(
    place: &dyn Place,
    site: &Site,
    plan: &Plan,
    broken: &BTreeSet<String>,
    diags: &mut Diagnostics,
) -> Result<Outcome, Unreachable> {
    let public = Public::open(place, diags)?;
    if public.is_nothing() {
        return Ok(Outcome::Nothing);
    }
    let newest = public.newest();
    let judged: Vec<Vec<Diagnostic>> = site
        .advisories
        .par_iter()
        .map(|advisory| Case { site, advisory, public: &public, newest }.judge())
        .collect::<Result<_, _>>()?;
    judged.into_iter().flatten().for_each(|finding| diags.push(finding));
    address::check(&public, site, plan, broken, diags);
    Ok(if public.list.is_some() { Outcome::All } else { Outcome::Addresses })
}
