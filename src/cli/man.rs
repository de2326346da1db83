//! `secsite man`: the manual page, those of the commands after it.

use clap::{Command, CommandFactory};

use super::exit::{Exit, Failure};
use super::globals::{Globals, print_data};

/// `secsite man`.
#[derive(Debug, clap::Args)]
pub struct Args {}

/// Runs it.
pub fn run(_: &Args, _: &Globals) -> Result<Exit, Failure> {
    let mut command = super::Cli::command();
    // Gives every command its long name and the flags that all have.
    command.build();
    let mut pages = Vec::new();
    render(&command, &mut pages).map_err(|error| crate::io::Error::system("make the page", "man", error))?;
    print_data(&pages)?;
    Ok(Exit::Clean)
}

fn render(command: &Command, pages: &mut Vec<u8>) -> std::io::Result<()> {
    clap_mangen::Man::new(command.clone()).render(pages)?;
    let commands = command.get_subcommands().filter(|command| command.get_name() != "help");
    commands.into_iter().try_for_each(|command| render(command, pages))
}
