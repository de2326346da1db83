//! `secsite import rustsec`: a clone of the database in, advisories and a loss report out.
//!
//! Nothing is overwritten. Every file that is in the way is named before the first is written, and if the disk fails
//! in between, what was written is taken back.
#![allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "I/O boundary")]

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use super::site::{self, NAMED, Target};
use crate::cli::exit::{Exit, Failure};
use crate::cli::globals::Globals;
use crate::cli::init::is_there;
use crate::import::{self, Imported};
use crate::io;
use crate::scaffold::Purpose;

/// `secsite import rustsec`.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The clone: the folder that holds `crates/`.
    #[arg(value_name = "DIR")]
    dir: PathBuf,
    #[command(flatten)]
    target: Target,
}

/// The largest file of the database that is read.
const CAP: u64 = 256 << 10;
/// Most bytes of all of them together; the database has a hundredth of it.
const TOGETHER: u64 = 512 << 20;

pub(super) fn run(args: &Args, globals: &Globals) -> Result<Exit, Failure> {
    let new_site = args.target.new_site(globals, "RustSec import", Purpose::Database)?;
    let wanted =
        |path: &str| path.ends_with(".md") && (path.starts_with("crates/") || path.starts_with("rust/"));
    let tree = io::read::read_folder(&args.dir, &wanted, CAP, TOGETHER).map_err(Failure::Io)?;
    let files: Vec<(String, Vec<u8>)> = tree.files.into_iter().collect();
    if files.is_empty() {
        let message = format!("there is no advisory below {}", args.dir.join("crates").display());
        return Err(Failure::usage(message, "name the folder of the clone, the one that holds `crates/`"));
    }
    let (imported, report, problems) = import::rustsec(&files);
    refuse_conflicts(globals, &imported)?;
    args.target.write(globals, new_site.as_ref(), &imported, &report)?;
    globals.say(&args.target.done(globals, &imported));
    site::name_problems(globals, &problems);
    Ok(if problems.is_empty() { Exit::Clean } else { Exit::Content })
}

/// Ids that the site has are in the way wherever their files lie.
fn refuse_conflicts(globals: &Globals, imported: &[Imported]) -> Result<(), Failure> {
    let folder = globals.root.join("advisories");
    if !is_there(&folder) {
        return Ok(());
    }
    let tree =
        io::read::read_folder(&folder, &|path| path.ends_with(".md"), CAP, u64::MAX).map_err(Failure::Io)?;
    let stem = |path: &String| Path::new(path).file_stem().map(|stem| stem.to_string_lossy().to_lowercase());
    let taken: BTreeSet<String> = tree.files.keys().filter_map(stem).collect();
    let in_the_way = |advisory: &&Imported| {
        taken.contains(&advisory.id.to_lowercase()) || is_there(&globals.root.join(&advisory.path))
    };
    let conflicts: Vec<&Imported> = imported.iter().filter(in_the_way).collect();
    if conflicts.is_empty() {
        return Ok(());
    }
    let mut message = match conflicts.len() {
        1 => "one advisory is here already:".to_owned(),
        n => format!("{n} advisories are here already:"),
    };
    for advisory in conflicts.iter().take(NAMED) {
        message.push_str(&format!("\n  {}", advisory.id));
    }
    if conflicts.len() > NAMED {
        message.push_str(&format!("\n  and {} more", conflicts.len() - NAMED));
    }
    Err(Failure::content(message, "nothing was written; import into another folder, or move these away"))
}
