//! `secsite key`: keys to sign the site with, made, shown and exported.

mod expiry;
mod export;
mod new;
mod place;
mod show;

use super::exit::{Exit, Failure};
use super::globals::Globals;

/// `secsite key`.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, clap::Subcommand)]
enum Command {
    /// Make a key: certificate for the site, secret and revocation elsewhere.
    New(new::Args),
    /// Print what the key page says of a certificate.
    Show(show::Args),
    /// Print the certificate of a secret key, or the part of it that CI needs.
    Export(export::Args),
}

/// The largest key file that is read.
const CAP: u64 = 256 << 10;

/// Runs it.
pub fn run(args: &Args, globals: &Globals) -> Result<Exit, Failure> {
    match &args.command {
        Command::New(args) => new::run(args, globals),
        Command::Show(args) => show::run(args, globals),
        Command::Export(args) => export::run(args, globals),
    }
}
