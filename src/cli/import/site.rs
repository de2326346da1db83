//! The site that an import goes to: a new one where there is none, then all of its advisories or none, then the report.
#![allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "I/O boundary")]

use clap::ValueEnum;
use rayon::prelude::*;

use crate::cli::exit::Failure;
use crate::cli::globals::{Globals, print_data};
use crate::cli::init::is_there;
use crate::import::loss::Report;
use crate::import::{Imported, Problem};
use crate::io;
use crate::scaffold::{Answers, Purpose};
use crate::value::date::When;
use crate::value::line::Line;
use crate::value::url::BaseUrl;

/// How a loss report is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Form {
    /// A summary for people.
    Human,
    /// Every statement with its place.
    Json,
}

/// What the command line says about a site that is not there yet.
pub(super) struct NewSite<'a> {
    pub name: Option<&'a str>,
    pub base_url: Option<&'a str>,
}

/// Conflicts and problems that are named one by one.
pub(super) const NAMED: usize = 20;

/// What a new site is to be, or `None` where there is one.
pub(super) fn answers(
    globals: &Globals,
    wanted: &NewSite<'_>,
    name: &str,
    purpose: Purpose,
) -> Result<Option<Answers>, Failure> {
    let usage = |problem: crate::value::Invalid| Failure::usage(problem.message, problem.help);
    if is_there(&globals.root.join("policy.toml")) {
        if wanted.name.is_some() || wanted.base_url.is_some() {
            let help = "leave --name and --base-url out; policy.toml says both";
            return Err(Failure::usage("this folder holds a site already", help));
        }
        return Ok(None);
    }
    let name = Line::parse(wanted.name.unwrap_or(name)).map_err(usage)?.as_str().to_owned();
    let base_url =
        BaseUrl::parse(wanted.base_url.unwrap_or("https://security.example.org/")).map_err(usage)?;
    let reviewed = When::Instant(io::clock::now()).day();
    Ok(Some(Answers { name, base_url, contacts: Vec::new(), repository: None, reviewed, purpose }))
}

/// Files that wait for the disk at the same time; it takes many as fast as one.
const AT_ONCE: usize = 32;

/// Writes all, side by side since each waits for the disk. If one cannot be written, the others are taken back.
pub(super) fn write(globals: &Globals, imported: &[Imported]) -> Result<(), Failure> {
    if let Err(error) = std::fs::create_dir_all(&globals.root) {
        return Err(io::Error::system("create", &globals.root, error).into());
    }
    let create = |advisory: &Imported| {
        io::write::create_new(&globals.root, &advisory.path, advisory.text.as_bytes(), 0o644)
    };
    let all = || imported.par_iter().map(create).collect::<Vec<Result<(), io::Error>>>();
    // Without threads of its own the work is merely slower.
    let answers = match rayon::ThreadPoolBuilder::new().num_threads(AT_ONCE).build() {
        Ok(pool) => pool.install(all),
        Err(_) => all(),
    };
    if answers.iter().all(Result::is_ok) {
        return Ok(());
    }
    let mut first = None;
    for (advisory, answer) in imported.iter().zip(answers) {
        match answer {
            Ok(()) => {
                // Made a moment ago, so nobody else's file goes.
                let _ = std::fs::remove_file(globals.root.join(&advisory.path));
            }
            Err(error) => {
                first.get_or_insert(error);
            }
        }
    }
    match first {
        Some(error) => Err(error.with_help("the advisories written beside it were taken back").into()),
        None => Ok(()),
    }
}

pub(super) fn print(form: Form, report: &Report) -> Result<(), Failure> {
    match form {
        Form::Human => print_data(report.to_string().as_bytes()),
        Form::Json => print_data(format!("{:#}\n", report.to_json()).as_bytes()),
    }
}

pub(super) fn name_problems(globals: &Globals, problems: &[Problem]) {
    for problem in problems.iter().take(NAMED) {
        let source = crate::diag::escape::visible(&problem.source);
        globals.error(&format!("{source}:{}: {}\n  help: {}", problem.line, problem.message, problem.help));
    }
    if problems.len() > NAMED {
        globals.error(&format!("and {} more", problems.len() - NAMED));
    }
}
