//! The command line: words to values, values to a library call, results to an exit code.
//!
//! One file per command, each an `Args` and a `run`. What several commands share (which folder, how findings are
//! printed) lies in [`globals`]. stdout is for data and stderr for talk, so that a pipe gets only what was asked for.
#![allow(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "I/O boundary"
)]

pub mod build;
pub mod check;
pub mod exit;
pub mod globals;
pub mod load;
pub mod progress;
pub mod secret;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

use exit::Exit;
use globals::Globals;

/// Builds a signed static portal for security policies and advisories.
#[derive(Debug, Parser)]
#[command(name = "secsite", version, arg_required_else_help = true, subcommand_required = true)]
pub struct Cli {
    #[command(flatten)]
    globals: Globals,
    #[command(subcommand)]
    command: Command,
}

/// What secsite can do.
#[derive(Debug, Subcommand)]
enum Command {
    /// Print all findings, build nothing.
    Check(check::Args),
    /// Build the whole site, signed and verified, then swap it into place.
    Build(build::Args),
}

/// Runs the command that the arguments name. `arguments` holds the program's name first.
pub fn run(arguments: impl Iterator<Item = std::ffi::OsString>) -> ExitCode {
    let cli = match Cli::try_parse_from(arguments) {
        Ok(cli) => cli,
        Err(error) => {
            // Help and version are data; a usage error is talk. clap knows which is which.
            let _ = error.print();
            return if error.use_stderr() { Exit::Usage.into() } else { Exit::Clean.into() };
        }
    };
    let globals = cli.globals;
    let result = match cli.command {
        Command::Check(args) => check::run(&args, &globals),
        Command::Build(args) => build::run(&args, &globals),
    };
    match result {
        Ok(exit) => exit.into(),
        Err(failure) => {
            if let Some(text) = failure.text() {
                globals.error(&text);
            }
            failure.exit().into()
        }
    }
}
