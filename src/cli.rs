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

pub mod ask;
pub mod build;
pub mod check;
pub mod completions;
pub mod deploy;
pub mod exit;
pub mod explain;
pub mod export;
pub mod globals;
pub mod guard;
pub mod import;
pub mod init;
pub mod key;
pub mod load;
pub mod man;
pub mod new;
pub mod policy;
pub mod progress;
pub mod receipt;
pub mod renew;
pub mod secret;
pub mod security_md;
pub mod serve;
pub mod shown;
pub mod sign;
pub mod signing;
pub mod verify;

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
    /// Make a site that builds.
    Init(init::Args),
    /// Begin an advisory.
    New(new::Args),
    /// Import advisories of another format.
    Import(import::Args),
    /// Print all findings, build nothing.
    Check(check::Args),
    /// Build the whole site, signed and verified, then swap it into place.
    Build(build::Args),
    /// Show the portal while it is written, drafts included.
    Serve(serve::Args),
    /// Ask whether the policy still holds, and set the day of its review.
    Renew(renew::Args),
    /// Make the signatures that are missing, so that a build needs no key.
    Sign(sign::Args),
    /// Tell whether a site is what its signers published, and fresh.
    Verify(verify::Args),
    /// Push the built site to where its host takes it from.
    Deploy(deploy::Args),
    /// Make, show and export OpenPGP keys.
    Key(key::Args),
    /// Write SECURITY.md from the policy.
    SecurityMd(security_md::Args),
    /// Print what others ask for before they read the portal.
    Export(export::Args),
    /// Print the page of a rule.
    Explain(explain::Args),
    /// Print completions for a shell.
    Completions(completions::Args),
    /// Print the manual page.
    Man(man::Args),
}

/// Runs the command that the arguments name. `arguments` holds the program's name first.
pub fn run(arguments: impl Iterator<Item = std::ffi::OsString>) -> ExitCode {
    crate::io::dumps::forbid();
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
        Command::Serve(args) => serve::run(&args, &globals),
        Command::Init(args) => init::run(&args, &globals),
        Command::New(args) => new::run(&args, &globals),
        Command::Import(args) => import::run(&args, &globals),
        Command::Renew(args) => renew::run(&args, &globals),
        Command::Sign(args) => sign::run(&args, &globals),
        Command::Verify(args) => verify::run(&args, &globals),
        Command::Deploy(args) => deploy::run(&args, &globals),
        Command::Key(args) => key::run(&args, &globals),
        Command::SecurityMd(args) => security_md::run(&args, &globals),
        Command::Export(args) => export::run(&args, &globals),
        Command::Explain(args) => explain::run(&args, &globals),
        Command::Completions(args) => completions::run(&args, &globals),
        Command::Man(args) => man::run(&args, &globals),
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
