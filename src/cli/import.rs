//! `secsite import`: policies and advisories of other formats become ours.

mod documents;
mod rustsec;
mod security_md;
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
}

/// Runs it.
pub fn run(args: &Args, globals: &Globals) -> Result<Exit, Failure> {
    match &args.source {
        Source::Rustsec(args) => rustsec::run(args, globals),
        Source::SecurityMd(args) => security_md::run(args, globals),
        Source::Osv(args) => documents::run(Format::Osv, args, globals),
    }
}
