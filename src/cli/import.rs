//! `secsite import`: policies and advisories of other formats become ours.

mod documents;
mod rustsec;
pub(super) mod security_md;
mod site;

use super::exit::{Exit, Failure};
use super::globals::Globals;
use crate::import::documents::Format;

/// `secsite import`.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    source: Source,
}

#[derive(Debug, clap::Subcommand)]
enum Source {
    /// Import a clone of a RustSec advisory database.
    Rustsec(rustsec::Args),
    /// Import a hand-written security policy, such as SECURITY.md.
    SecurityMd(security_md::Args),
    /// Import OSV records.
    Osv(documents::Args),
    /// Import GitHub Security Advisories.
    Ghsa(documents::Args),
    /// Import CSAF 2.0 documents.
    Csaf(documents::Args),
    /// Import CVE records of version 5.
    Cve(documents::Args),
}

/// Runs it.
pub fn run(args: &Args, globals: &Globals) -> Result<Exit, Failure> {
    match &args.source {
        Source::Rustsec(args) => rustsec::run(args, globals),
        Source::SecurityMd(args) => security_md::run(args, globals),
        Source::Osv(args) => documents::run(Format::Osv, args, globals),
        Source::Ghsa(args) => documents::run(Format::Ghsa, args, globals),
        Source::Csaf(args) => documents::run(Format::Csaf, args, globals),
        Source::Cve(args) => documents::run(Format::Cve, args, globals),
    }
}
