//! `secsite completions`: what a shell needs to complete our words.

use clap::CommandFactory;

use super::exit::{Exit, Failure};
use super::globals::{Globals, print_data};

/// `secsite completions`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// For which shell.
    #[arg(value_name = "SHELL")]
    shell: clap_complete::Shell,
}

/// Runs it.
pub fn run(args: &Args, _: &Globals) -> Result<Exit, Failure> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut super::Cli::command(), "secsite", &mut script);
    print_data(&script)?;
    Ok(Exit::Clean)
}
