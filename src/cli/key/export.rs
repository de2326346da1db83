//! `secsite key export`.
#![allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "I/O boundary")]

use std::io::IsTerminal;
use std::path::PathBuf;

use crate::cli::exit::{Exit, Failure};
use crate::cli::globals::{Globals, print_data};
use crate::io;
use crate::openpgp::new_key::export_signing_subkey;
use crate::openpgp::signer::problem::SignerProblem;
use crate::openpgp::{Certificate, transferable};

/// `secsite key export`.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// File with the secret key.
    #[arg(value_name = "SECRET")]
    secret: PathBuf,
    /// Print the secret of the signing subkey alone, for CI; protected as it was.
    #[arg(long)]
    signing_subkey: bool,
}

pub(super) fn run(args: &Args, globals: &Globals) -> Result<Exit, Failure> {
    let bytes = crate::openpgp::Secret::from(io::read::read_named(&args.secret, super::CAP)?);
    if args.signing_subkey {
        if std::io::stdout().is_terminal() {
            let help = "send it to a file or a pipe: `… > ci.asc`, or into your forge's secret store";
            return Err(Failure::usage("a secret is not printed on a terminal", help));
        }
        let secret = export_signing_subkey(&bytes, io::clock::now())?;
        print_data(&secret)?;
        globals.say("this is a secret: store it as SECSITE_SIGNING_KEY, and delete the copy");
        return Ok(Exit::Clean);
    }
    let cert = transferable::read_one(&bytes).map_err(SignerProblem::Unreadable)?;
    let certificate = Certificate::from_cert(cert).ok_or(SignerProblem::Engine)?;
    print_data(&certificate.armored())?;
    Ok(Exit::Clean)
}
