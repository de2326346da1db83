//! `secsite import security-md`: a hand-written policy in, `policy.toml`, `content/` and a loss report out.
//!
//! Nothing is overwritten. What is in the way is named before the first file is written, and if the disk fails in
//! between, what was written is taken back.
#![allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "I/O boundary")]

use std::path::{Path, PathBuf};

use crate::cli::exit::{Exit, Failure};
use crate::cli::globals::Globals;
use crate::cli::init::is_there;
use crate::cli::shown;
use crate::import::security_md::{self, Imported, Options};
use crate::value::Invalid;
use crate::value::line;
use crate::value::url::{BaseUrl, WebUrl};
use crate::{io, scaffold};

use super::site::Form;

/// `secsite import security-md`.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The policy: Markdown, or reStructuredText or AsciiDoc by its ending.
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// Write nothing; report what would become of every statement.
    #[arg(long)]
    dry_run: bool,
    /// How the loss report is printed.
    #[arg(long, default_value = "human", value_name = "FORMAT")]
    report: Form,
    /// Mend text that was encoded twice, and read what is no UTF-8 as Windows-1252.
    #[arg(long)]
    repair: bool,
    /// Name of the project; else the repository's or the title's.
    #[arg(long, value_name = "NAME")]
    name: Option<String>,
    /// Address of the portal; else an example.
    #[arg(long, value_name = "URL")]
    base_url: Option<String>,
    /// Public repository; else the one that the file asks to report to.
    #[arg(long, value_name = "URL")]
    repository: Option<String>,
}

/// The largest file that is read; the importer names its own bound, which is lower.
const CAP: u64 = 16 << 20;

/// Imports the policy at `path` below `root` into `root`, as the command does without options.
pub(in crate::cli) fn adopt(
    globals: &Globals,
    root: &Path,
    path: &str,
    name: Option<String>,
    base_url: Option<String>,
) -> Result<Exit, Failure> {
    let file = root.join(path);
    let args =
        Args { file, dry_run: false, report: Form::Human, repair: false, name, base_url, repository: None };
    run_in(&args, globals, root)
}

pub(super) fn run(args: &Args, globals: &Globals) -> Result<Exit, Failure> {
    run_in(args, globals, &globals.root)
}

fn run_in(args: &Args, globals: &Globals, root: &Path) -> Result<Exit, Failure> {
    let options = options(args, root)?;
    let bytes = io::read::read_named(&args.file, CAP)?;
    let source = args.file.to_string_lossy().into_owned();
    let imported = match security_md::import(&source, &bytes, &options) {
        Ok(imported) => imported,
        Err(problem) => {
            let source = crate::diag::escape::visible(&problem.source);
            return Err(Failure::content(
                format!("{source}:{}: {}", problem.line, problem.message),
                problem.help,
            ));
        }
    };
    refuse_conflicts(root, &imported)?;
    if !args.dry_run {
        write(root, &imported)?;
    }
    args.report.print(&imported.report, || imported.report.to_json())?;
    let verb = if args.dry_run { "would write" } else { "wrote" };
    globals.say(&format!("{verb} {}", shown::path(root, "policy.toml")));
    for path in imported.content.keys() {
        globals.say(&format!("{verb} {}", shown::path(root, path)));
    }
    if !args.dry_run {
        next_steps(globals, root, &args.file);
    }
    Ok(Exit::Clean)
}

fn options(args: &Args, root: &Path) -> Result<Options, Failure> {
    let usage = |problem: Invalid| Failure::usage(problem.message, problem.help);
    let folder = root.canonicalize().ok();
    let folder =
        folder.as_deref().unwrap_or(root).file_name().map(|name| name.to_string_lossy().into_owned());
    let folder = folder.filter(|name| line::check(name).is_ok()).unwrap_or_else(|| "Example".into());
    if let Some(name) = &args.name {
        line::check(name).map_err(usage)?;
    }
    let repository = args.repository.as_deref().map(WebUrl::parse).transpose().map_err(usage)?;
    Ok(Options {
        base_url: args.base_url.as_deref().map(BaseUrl::parse).transpose().map_err(usage)?,
        name: args.name.clone(),
        folder,
        repository,
        repair: args.repair,
        file: below(root, &args.file).unwrap_or_else(|| "SECURITY.md".to_owned()),
        beside: beside(&args.file),
    })
}

/// The names in the folder of the file, in order. One that cannot be listed has none to tell of.
fn beside(file: &Path) -> Vec<String> {
    let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let mut names: Vec<String> = entries.filter_map(|entry| entry.file_name().into_string().ok()).collect();
    names.sort();
    names
}

/// Where the file lies below the root, if it is a Markdown file there: SECURITY.md is written back to its place.
fn below(root: &Path, file: &Path) -> Option<String> {
    let (root, file) = (root.canonicalize().ok()?, file.canonicalize().ok()?);
    let inner = file.strip_prefix(root).ok()?.to_str()?.replace('\\', "/");
    let lower = inner.to_ascii_lowercase();
    (lower.ends_with("security.md") && line::check(&inner).is_ok()).then_some(inner)
}

/// Whether the file is one of the site's own folder.
fn below_root(root: &Path, file: &Path) -> bool {
    let paths = (root.canonicalize(), file.canonicalize());
    matches!(paths, (Ok(root), Ok(file)) if file.starts_with(&root))
}

/// A policy that is here, or a file where one of ours would go, is kept: nothing is written then.
fn refuse_conflicts(root: &Path, imported: &Imported) -> Result<(), Failure> {
    let paths = std::iter::once("policy.toml").chain(imported.content.keys().map(String::as_str));
    let there: Vec<String> = paths.filter(|path| is_there(&root.join(path))).map(str::to_owned).collect();
    if there.is_empty() {
        return Ok(());
    }
    let message = format!("this is here already: {}", there.join(", "));
    Err(Failure::content(
        message,
        "nothing was written; import into another folder with --root, or move it away",
    ))
}

fn write(root: &Path, imported: &Imported) -> Result<(), Failure> {
    if let Err(error) = std::fs::create_dir_all(root) {
        return Err(io::Error::system("create", root, error).into());
    }
    let content = imported.content.iter().map(|(path, text)| (path.as_str(), text.as_str()));
    let mut files: Vec<(&str, &str)> = content.collect();
    if !is_there(&root.join(".gitignore")) {
        files.push((".gitignore", scaffold::GITIGNORE));
    }
    // The policy comes last: where it stands, everything that it names stands too.
    files.push(("policy.toml", &imported.policy));
    for (done, (path, text)) in files.iter().enumerate() {
        if let Err(error) = io::write::create_new(root, path, text.as_bytes(), 0o644) {
            for (written, _) in &files[..done] {
                // Each of these was made by the loop above, so nobody else's file goes.
                let _ = std::fs::remove_file(root.join(written));
            }
            return Err(error.with_help("the files written before it were taken back").into());
        }
    }
    Ok(())
}

fn next_steps(globals: &Globals, root: &Path, file: &Path) {
    let at =
        if root == Path::new(".") { String::new() } else { format!(" --root {}", io::escape::path(root)) };
    let mut steps = vec![
        "read policy.toml: each line is what the portal will say".to_owned(),
        format!("secsite build{at} --preview  the portal as it would be"),
        format!("secsite renew{at}            each fact confirmed, and `reviewed` set"),
        format!("secsite check{at}            what is missing, stale or contradictory"),
        format!("secsite key new{at}          a key to sign with"),
        format!("secsite security-md{at}      SECURITY.md, from the policy"),
    ];
    // SECURITY.md does not take its place, and two policies drift apart.
    if file.extension().is_some_and(|markup| !markup.eq_ignore_ascii_case("md")) && below_root(root, file) {
        steps.push(format!("remove {}, once SECURITY.md says it all", io::escape::path(file)));
    }
    globals.say(&format!("next:\n  {}", steps.join("\n  ")));
}
