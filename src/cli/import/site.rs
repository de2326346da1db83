//! The site that an import goes to: a new one where there is none, then all of its advisories or none, then the report.
#![allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "I/O boundary")]

use std::fmt::Display;

use clap::ValueEnum;
use rayon::prelude::*;

use crate::cli::exit::Failure;
use crate::cli::globals::{Globals, print_data};
use crate::cli::init::{is_there, make_site};
use crate::cli::shown;
use crate::import::loss::Report;
use crate::import::{Imported, Problem};
use crate::io;
use crate::scaffold::{Answers, Purpose};
use crate::value::counted::counted;
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

impl Form {
    /// Prints a report in this form.
    pub(super) fn print(
        self,
        report: &impl Display,
        json: impl FnOnce() -> serde_json::Value,
    ) -> Result<(), Failure> {
        match self {
            Self::Human => print_data(report.to_string().as_bytes()),
            Self::Json => print_data(format!("{:#}\n", json()).as_bytes()),
        }
    }
}

/// Conflicts and problems that are named one by one.
pub(super) const NAMED: usize = 20;

/// Where advisories go, and what is told of it.
#[derive(Debug, clap::Args)]
pub(super) struct Target {
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

impl Target {
    /// What a new site is to be, or `None` where there is one.
    pub(super) fn new_site(
        &self,
        globals: &Globals,
        name: &str,
        purpose: Purpose,
    ) -> Result<Option<Answers>, Failure> {
        let usage = |problem: crate::value::Invalid| Failure::usage(problem.message, problem.help);
        if is_there(&globals.root.join("policy.toml")) {
            if self.name.is_some() || self.base_url.is_some() {
                let help = "leave --name and --base-url out; policy.toml says both";
                return Err(Failure::usage("this folder holds a site already", help));
            }
            return Ok(None);
        }
        let name = Line::parse(self.name.as_deref().unwrap_or(name)).map_err(usage)?.as_str().to_owned();
        let base_url = self.base_url.as_deref().unwrap_or("https://security.example.org/");
        let base_url = BaseUrl::parse(base_url).map_err(usage)?;
        let reviewed = When::Instant(io::clock::now()).day();
        Ok(Some(Answers { name, base_url, contacts: Vec::new(), repository: None, reviewed, purpose }))
    }

    /// Writes the site if it is new, and the advisories, unless this is a dry run; then prints what became of each
    /// statement.
    pub(super) fn write(
        &self,
        globals: &Globals,
        new_site: Option<&Answers>,
        imported: &[Imported],
        report: &Report,
    ) -> Result<(), Failure> {
        if !self.dry_run {
            if let Some(answers) = new_site {
                make_site(globals, &globals.root, answers)?;
            }
            write(globals, imported)?;
        }
        self.report.print(report, || report.to_json())
    }

    /// "imported 3 advisories into advisories".
    pub(super) fn done(&self, globals: &Globals, imported: &[Imported]) -> String {
        let verb = if self.dry_run { "would import" } else { "imported" };
        let advisories = counted(imported.len(), "advisory");
        format!("{verb} {advisories} into {}", shown::path(&globals.root, "advisories"))
    }
}

/// Writes all, side by side since each waits for the disk. If one cannot be written, the others are taken back.
fn write(globals: &Globals, imported: &[Imported]) -> Result<(), Failure> {
    if let Err(error) = std::fs::create_dir_all(&globals.root) {
        return Err(io::Error::system("create", &globals.root, error).into());
    }
    let create = |advisory: &Imported| {
        io::write::create_new(&globals.root, &advisory.path, advisory.text.as_bytes(), 0o644)
    };
    let answers: Vec<Result<(), io::Error>> =
        io::crowd::together(|| imported.par_iter().map(create).collect());
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

pub(super) fn name_problems(globals: &Globals, problems: &[Problem]) {
    for problem in problems.iter().take(NAMED) {
        let source = crate::diag::escape::visible(&problem.source);
        globals.error(&format!("{source}:{}: {}\n  help: {}", problem.line, problem.message, problem.help));
    }
    if problems.len() > NAMED {
        globals.error(&format!("and {} more", problems.len() - NAMED));
    }
}
