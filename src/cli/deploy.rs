//! `secsite deploy`: the built site, verified, to where its host takes it from.

mod fit;
mod github_pages;
mod live;

use super::exit::{Exit, Failure};
use super::globals::Globals;
use crate::deploy::Refusal;

/// `secsite deploy`.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    to: To,
}

#[derive(Debug, clap::Subcommand)]
enum To {
    /// Push exactly the manifest's files to the branch that GitHub Pages serves.
    GithubPages(github_pages::Args),
}

/// Runs it.
pub fn run(args: &Args, globals: &Globals) -> Result<Exit, Failure> {
    let To::GithubPages(args) = &args.to;
    github_pages::run(args, globals)
}

impl From<Refusal> for Failure {
    fn from(Refusal { message, help }: Refusal) -> Self {
        Self::content(message, help)
    }
}
