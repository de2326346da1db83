//! `secsite export`: what an operator hands to others so that they read the portal.

mod osv_source;

use super::exit::{Exit, Failure};
use super::globals::Globals;

/// `secsite export`.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, clap::Subcommand)]
enum What {
    /// Print what osv.dev asks of a database that it is to aggregate.
    OsvSource(osv_source::Args),
}

/// Runs it.
pub fn run(args: &Args, globals: &Globals) -> Result<Exit, Failure> {
    match &args.what {
        What::OsvSource(args) => osv_source::run(args, globals),
    }
}
