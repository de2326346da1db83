//! `secsite import rustsec`: a clone of the database in, advisories and a loss report out.
//!
//! Nothing is overwritten. Every file that is in the way is named before the first is written, and if the disk fails
//! in between, what was written is taken back.
#![allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "I/O boundary")]

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use clap::ValueEnum;

use crate::cli::exit::{Exit, Failure};
use crate::cli::globals::{Globals, print_data};
use crate::cli::init::{is_there, make_site};
use crate::cli::shown;
use crate::import::loss::Report;
use crate::import::{self, Imported, Problem};
use crate::io;
use crate::scaffold::{Answers, Purpose};
use crate::value::date::When;
use crate::value::line::Line;
use crate::value::url::BaseUrl;

/// `secsite import rustsec`.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The clone: the folder that holds `crates/`.
    #[arg(value_name = "DIR")]
    dir: PathBuf,
    /// Write nothing; report what would become of every statement.
    #[arg(long)]
    dry_run: bool,
    /// How the loss report is printed.
    #[arg(long, default_value = "human", value_name = "FORMAT")]
    report: Form,
    /// Name of the new site, where the folder holds none yet.
    #[arg(long, value_name = "NAME")]
    name: Option<String>,
    /// Address of the new site, where the folder holds none yet.
    #[arg(long, value_name = "URL")]
    base_url: Option<String>,
}

/// How a loss report is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Form {
    /// A summary for people.
    Human,
    /// Every statement with its place.
    Json,
}

/// The largest file of the database that is read.
const CAP: u64 = 256 << 10;
/// Conflicts and problems that are named one by one.
const NAMED: usize = 20;

pub(super) fn run(args: &Args, globals: &Globals) -> Result<Exit, Failure> {
    let new_site = answers(args, globals)?;
    let wanted =
        |path: &str| path.ends_with(".md") && (path.starts_with("crates/") || path.starts_with("rust/"));
    let tree = io::read::read_folder(&args.dir, &wanted, CAP).map_err(Failure::Io)?;
    let files: Vec<(String, Vec<u8>)> = tree.files.into_iter().collect();
    if files.is_empty() {
        let message = format!("there is no advisory below {}", args.dir.join("crates").display());
        return Err(Failure::usage(message, "name the folder of the clone, the one that holds `crates/`"));
    }
    let (imported, report, problems) = import::rustsec(&files);
    refuse_conflicts(globals, &imported)?;
    if !args.dry_run {
        if let Some(answers) = &new_site {
            make_site(globals, &globals.root, answers)?;
        }
        write(globals, &imported)?;
    }
    print(args.report, &report)?;
    let verb = if args.dry_run { "would import" } else { "imported" };
    globals.say(&format!(
        "{verb} {} into {}",
        shown::counted(imported.len(), "advisory"),
        shown::path(&globals.root, "advisories")
    ));
    name_problems(globals, &problems);
    Ok(if problems.is_empty() { Exit::Clean } else { Exit::Content })
}

/// What a new site is to be, or `None` where there is one.
fn answers(args: &Args, globals: &Globals) -> Result<Option<Answers>, Failure> {
    let usage = |problem: crate::value::Invalid| Failure::usage(problem.message, problem.help);
    if is_there(&globals.root.join("policy.toml")) {
        if args.name.is_some() || args.base_url.is_some() {
            let help = "leave --name and --base-url out; policy.toml says both";
            return Err(Failure::usage("this folder holds a site already", help));
        }
        return Ok(None);
    }
    let name = args.name.as_deref().unwrap_or("RustSec import");
    let name = Line::parse(name).map_err(usage)?.as_str().to_owned();
    let base_url = args.base_url.as_deref().unwrap_or("https://security.example.org/");
    let base_url = BaseUrl::parse(base_url).map_err(usage)?;
    let reviewed = When::Instant(io::clock::now()).day();
    let contacts = Vec::new();
    Ok(Some(Answers { name, base_url, contacts, repository: None, reviewed, purpose: Purpose::Database }))
}

/// Ids that the site has are in the way wherever their files lie.
fn refuse_conflicts(globals: &Globals, imported: &[Imported]) -> Result<(), Failure> {
    let folder = globals.root.join("advisories");
    if !is_there(&folder) {
        return Ok(());
    }
    let tree = io::read::read_folder(&folder, &|path| path.ends_with(".md"), CAP).map_err(Failure::Io)?;
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

fn write(globals: &Globals, imported: &[Imported]) -> Result<(), Failure> {
    if let Err(error) = std::fs::create_dir_all(&globals.root) {
        return Err(io::Error::system("create", &globals.root, error).into());
    }
    for (done, advisory) in imported.iter().enumerate() {
        if let Err(error) =
            io::write::create_new(&globals.root, &advisory.path, advisory.text.as_bytes(), 0o644)
        {
            for written in &imported[..done] {
                // Each of these was made by the loop above, so nobody else's file goes.
                let _ = std::fs::remove_file(globals.root.join(&written.path));
            }
            return Err(error.with_help("the advisories written before it were taken back").into());
        }
    }
    Ok(())
}

fn print(form: Form, report: &Report) -> Result<(), Failure> {
    match form {
        Form::Human => print_data(report.to_string().as_bytes()),
        Form::Json => print_data(format!("{:#}\n", report.to_json()).as_bytes()),
    }
}

fn name_problems(globals: &Globals, problems: &[Problem]) {
    for problem in problems.iter().take(NAMED) {
        let source = crate::diag::escape::visible(&problem.source);
        globals.error(&format!("{source}:{}: {}\n  help: {}", problem.line, problem.message, problem.help));
    }
    if problems.len() > NAMED {
        globals.error(&format!("and {} more", problems.len() - NAMED));
    }
}
