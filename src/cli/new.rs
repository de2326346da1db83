//! `secsite new advisory`: a draft under the next free id.
#![allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "I/O boundary")]

use std::path::Path;

use super::exit::{Exit, Failure};
use super::globals::{Globals, print_data};
use super::{load, policy, shown};
use crate::io::process::Program;
use crate::value::date::When;
use crate::value::id::AdvisoryId;
use crate::value::line;
use crate::{io, scaffold};

/// `secsite new`.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, clap::Subcommand)]
enum What {
    /// Write a draft with the fields to fill in, and print its path.
    Advisory(Advisory),
}

#[derive(Debug, clap::Args)]
struct Advisory {
    /// What can happen, in which part.
    #[arg(value_name = "TITLE")]
    title: Option<String>,
    /// Open the draft in $VISUAL or $EDITOR.
    #[arg(long)]
    edit: bool,
}

/// Runs it.
pub fn run(args: &Args, globals: &Globals) -> Result<Exit, Failure> {
    let What::Advisory(args) = &args.what;
    if let Some(title) = &args.title {
        line::check(title).map_err(|problem| Failure::usage(problem.message, problem.help))?;
    }
    let editor = if args.edit { Some(editor()?) } else { None };
    let loaded = load::load(globals, &[], None)?;
    let policy = policy::of(globals, &loaded)?;
    let Some(prefix) = &policy.advisories.prefix else {
        let proposed = scaffold::prefix(policy.project.name.as_str());
        let help = format!(
            "write `prefix = \"{proposed}\"` below [advisories] in policy.toml; and that line too, if it is not there"
        );
        return Err(Failure::content("the policy does not say how ids begin", help));
    };
    let today = When::Instant(loaded.sources.clock).day();
    // Ids of files that cannot be read are taken too, so names count beside what stands in the files.
    let files = loaded
        .sources
        .below("advisories/")
        .filter_map(|(_, file)| AdvisoryId::parse(Path::new(&file.path).file_stem()?.to_str()?).ok());
    let written = loaded.parsed.advisories.iter().map(|file| file.front.id.value.clone());
    let taken: Vec<AdvisoryId> = files.chain(written).collect();
    let Some(id) = scaffold::next_id(&prefix.value, today.year(), &taken) else {
        return Err(Failure::content("there is no id left for this year", "choose another prefix"));
    };
    let path = format!("advisories/{id}.md");
    let text = scaffold::advisory(args.title.as_deref(), &id, today);
    io::write::create_new(&globals.root, &path, text.as_bytes(), 0o644)?;
    print_data(format!("{}\n", shown::path(&globals.root, &path)).as_bytes())?;
    globals
        .say("a draft: fill in the fields, `secsite check`, then set `status = \"final\"` and `published`");
    match editor {
        Some(editor) => open(&editor, &globals.root.join(&path)),
        None => Ok(Exit::Clean),
    }
}

/// The words of the editor's command line.
fn editor() -> Result<Vec<String>, Failure> {
    let named = ["VISUAL", "EDITOR"].into_iter().filter_map(|name| std::env::var(name).ok());
    let mut words = named.map(|value| value.split_whitespace().map(str::to_owned).collect::<Vec<_>>());
    words.find(|words| !words.is_empty()).ok_or_else(|| {
        Failure::usage("no editor is named", "set VISUAL or EDITOR, such as `EDITOR=vi`, or leave --edit out")
    })
}

fn open(editor: &[String], path: &Path) -> Result<Exit, Failure> {
    // The editor and its plugins need none of our secrets, and get none from `Program`.
    let status =
        Program::new(&editor[0]).args(&editor[1..]).args([path]).attended().map_err(|error| {
            error.with_help("check how VISUAL or EDITOR is spelled; the draft is written")
        })?;
    if status.success() {
        return Ok(Exit::Clean);
    }
    Err(Failure::world(format!("the editor ended with {status}"), "the draft is written; open it by hand"))
}
