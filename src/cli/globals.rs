//! Flags that every command has, and how it talks.
#![allow(clippy::disallowed_methods, clippy::print_stdout, clippy::print_stderr, reason = "I/O boundary")]

use std::collections::BTreeSet;
use std::io::{IsTerminal, Write};
use std::path::{Component, PathBuf};

use clap::ValueEnum;

use super::exit::{Exit, Failure};
use crate::diag::human::{self, Style, Withhold};
use crate::diag::{Findings, Levels, github, json, sarif};
use crate::source::{FileId, Sources, Span};
use crate::value::counted::counted;

/// Flags of every command.
#[derive(Debug, Clone, clap::Args)]
#[command(next_help_heading = "Options of every command")]
pub struct Globals {
    /// Folder of the site.
    #[arg(short = 'r', long, global = true, default_value = ".", value_name = "DIR")]
    pub root: PathBuf,
    /// When to use colours.
    #[arg(long, global = true, default_value = "auto", value_name = "WHEN")]
    pub color: Color,
    /// Say only what is wrong.
    #[arg(short, long, global = true)]
    pub quiet: bool,
    /// Say more: which date counts, which key signs.
    #[arg(short, long, global = true, overrides_with = "verbose")]
    pub verbose: bool,
    /// How findings are printed.
    #[arg(long, global = true, default_value = "human", value_name = "FORMAT")]
    pub format: Format,
    /// Treat a group of findings as errors.
    #[arg(long, global = true, value_name = "WHAT")]
    pub deny: Option<Denied>,
}

/// When to use colours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Color {
    /// On a terminal, unless NO_COLOR is set.
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

/// How findings are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For people, on standard error.
    Human,
    /// A JSON array, on standard output.
    Json,
    /// SARIF 2.1.0, on standard output.
    Sarif,
    /// GitHub workflow commands, on standard output.
    Github,
}

/// What `--deny` takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Denied {
    /// Every warning.
    Warnings,
}

impl Globals {
    /// Whether standard error gets colours.
    pub fn colored(&self) -> bool {
        match self.color {
            Color::Always => true,
            Color::Never => false,
            Color::Auto => {
                let refused = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
                let dumb = std::env::var_os("TERM").is_some_and(|term| term == "dumb");
                !refused && !dumb && std::io::stderr().is_terminal()
            }
        }
    }

    /// Says something that is neither data nor wrong; `--quiet` silences it.
    pub fn say(&self, text: &str) {
        if !self.quiet {
            // Nobody listening is no reason to fail.
            let _ = writeln!(std::io::stderr().lock(), "{text}");
        }
    }

    /// Says what only `--verbose` asks for.
    pub fn detail(&self, text: &str) {
        if self.verbose {
            self.say(text);
        }
    }

    /// Says what went wrong.
    pub fn error(&self, text: &str) {
        let (on, off) = if self.colored() { ("\u{1b}[1;31m", "\u{1b}[0m") } else { ("", "") };
        let _ = writeln!(std::io::stderr().lock(), "{on}error:{off} {text}");
    }

    /// Says what the user should think about.
    pub fn warn(&self, text: &str) {
        let (on, off) = if self.colored() { ("\u{1b}[1;33m", "\u{1b}[0m") } else { ("", "") };
        let _ = writeln!(std::io::stderr().lock(), "{on}warning:{off} {text}");
    }

    /// Prints findings in the form that was asked for.
    pub fn print(
        &self,
        findings: &Findings,
        sources: &Sources,
        private: &BTreeSet<FileId>,
    ) -> Result<(), Failure> {
        let private = Private::of(private);
        let text = match self.format {
            Format::Human => {
                let style = Style { color: self.colored(), withhold: &private };
                let _ =
                    std::io::stderr().lock().write_all(human::render(findings, sources, style).as_bytes());
                if !findings.list.is_empty() {
                    self.error_count(findings);
                }
                return Ok(());
            }
            Format::Json => json::render(findings, sources, &private),
            Format::Sarif => sarif::render(findings, sources, &private, &self.prefix()),
            Format::Github => github::render(findings, sources, &private, &self.prefix()),
        };
        print_data(text.as_bytes())
    }

    /// The site's folder from where the run began, such as `security/`; empty where it is that place, or not below it.
    fn prefix(&self) -> String {
        let here = std::env::current_dir().unwrap_or_default();
        let below = self.root.strip_prefix(&here).unwrap_or(&self.root);
        let mut prefix = String::new();
        for part in below.components() {
            match part {
                Component::CurDir => {}
                Component::Normal(name) => prefix.push_str(&format!("{}/", name.to_string_lossy())),
                _ => return String::new(),
            }
        }
        prefix
    }

    fn error_count(&self, findings: &Findings) {
        let denied = findings.denied();
        let kinds = [(denied, "error"), (findings.warned(), "warning"), (findings.noted(), "note")];
        let counts: Vec<String> = kinds
            .into_iter()
            .filter(|(count, _)| *count > 0)
            .map(|(count, kind)| counted(count, kind))
            .collect();
        let text = counts.join(", ");
        if denied > 0 {
            let _ = writeln!(std::io::stderr().lock(), "{text}");
        } else {
            self.say(&text);
        }
    }

    /// The levels before the policy's own `[lints]` are known.
    pub fn levels(&self) -> Levels {
        let mut levels = Levels::default();
        if self.deny == Some(Denied::Warnings) {
            levels.deny_warnings();
        }
        levels
    }
}

/// Writes data to standard output. A reader that has gone away is no error.
pub fn print_data(bytes: &[u8]) -> Result<(), Failure> {
    let mut out = std::io::stdout().lock();
    match out.write_all(bytes).and_then(|()| out.flush()) {
        Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => Err(Failure::Printed(Exit::Clean)),
        Err(error) => Err(crate::io::Error::system("write to standard output", "-", error).into()),
        Ok(()) => Ok(()),
    }
}

/// Whether others read along.
pub fn in_ci() -> bool {
    std::env::var_os("CI").is_some_and(|value| !value.is_empty() && value != "false" && value != "0")
}

/// Keeps the text of private files to itself where others read along.
#[derive(Debug)]
pub(super) struct Private<'a> {
    files: &'a BTreeSet<FileId>,
    redact: bool,
}

impl<'a> Private<'a> {
    /// What is withheld of these files in this run.
    pub(super) fn of(files: &'a BTreeSet<FileId>) -> Self {
        Self { files, redact: in_ci() }
    }
}

impl Withhold for Private<'_> {
    fn withholds(&self, span: Span) -> bool {
        self.redact && self.files.contains(&span.file)
    }
}
