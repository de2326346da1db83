//! `secsite init`: a site that builds.
#![allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "I/O boundary")]

mod adopt;

use std::path::{Path, PathBuf};

use super::exit::{Exit, Failure};
use super::globals::Globals;
use super::{ask, shown};
use crate::diag::Diagnostics;
use crate::io;
use crate::model::parsed;
use crate::scaffold::{self, Answers, FirstContact, Purpose};
use crate::security_md;
use crate::source::Sources;
use crate::value::Invalid;
use crate::value::date::When;
use crate::value::email::Email;
use crate::value::line;
use crate::value::url::{BaseUrl, WebUrl};

/// `secsite init`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Folder of the new site; made if it is not there.
    #[arg(value_name = "DIR")]
    dir: Option<PathBuf>,
    /// Name of the project.
    #[arg(long, value_name = "NAME")]
    name: Option<String>,
    /// Address at which the portal will live.
    #[arg(long, value_name = "URL")]
    base_url: Option<String>,
    /// Way to report: an e-mail address, or the https address of a form; may be given several times.
    #[arg(long, value_name = "URI")]
    contact: Vec<String>,
    /// Take reports through GitHub's private vulnerability reporting, and write workflows that publish and look ahead.
    #[arg(long)]
    github: bool,
}

/// Where projects keep a security policy, and forges look for one.
const POLICIES: [&str; 9] = [
    "SECURITY.md",
    ".github/SECURITY.md",
    "docs/SECURITY.md",
    "SECURITY.rst",
    ".github/SECURITY.rst",
    "docs/SECURITY.rst",
    "SECURITY.adoc",
    ".github/SECURITY.adoc",
    "docs/SECURITY.adoc",
];

/// Runs it.
pub fn run(args: &Args, globals: &Globals) -> Result<Exit, Failure> {
    let root = match &args.dir {
        // A folder beneath here is shown as it was typed.
        Some(dir) if globals.root == Path::new(".") => dir.clone(),
        Some(dir) => globals.root.join(dir),
        None => globals.root.clone(),
    };
    let files = ["policy.toml", "SECURITY.md", ".gitignore", "advisories"];
    let there: Vec<String> = files
        .into_iter()
        .filter(|name| is_there(&root.join(name)))
        .map(|name| shown::path(&root, name))
        .collect();
    if is_there(&root.join("policy.toml")) {
        let message = format!("there is a site already: {}", there.join(", "));
        return Err(Failure::content(
            message,
            "nothing was written; name another folder, or edit what is there",
        ));
    }
    if let Some(exit) = adopt::offer(args, globals, &root)? {
        return Ok(exit);
    }
    let answers = answers(args, &root)?;
    make_site(globals, &root, &answers)?;
    if args.github {
        write_workflows(globals, &root, &answers.base_url)?;
    }
    next_steps(globals, args, &root, &answers);
    Ok(Exit::Clean)
}

/// Writes the workflows that are not there yet.
fn write_workflows(globals: &Globals, root: &Path, base: &BaseUrl) -> Result<(), Failure> {
    for (path, text) in scaffold::workflows(base) {
        if is_there(&root.join(path)) {
            globals.say(&format!("kept {}", shown::path(root, path)));
            continue;
        }
        io::write::create_new(root, path, text.as_bytes(), 0o644)?;
        globals.say(&format!("wrote {}", shown::path(root, path)));
    }
    Ok(())
}

/// Writes the files of a new site. What is there already is kept, and said.
pub fn make_site(globals: &Globals, root: &Path, answers: &Answers) -> Result<(), Failure> {
    std::fs::create_dir_all(root.join("advisories"))
        .map_err(|error| io::Error::system("create", root.join("advisories"), error))?;
    let policy = scaffold::policy(answers);
    io::write::create_new(root, "policy.toml", policy.as_bytes(), 0o644)?;
    globals.say(&format!("wrote {}", shown::path(root, "policy.toml")));
    if is_there(&root.join(".gitignore")) {
        globals.say("kept .gitignore: make sure that it ignores /public/");
    } else {
        io::write::create_new(root, ".gitignore", scaffold::GITIGNORE.as_bytes(), 0o644)?;
        globals.say(&format!("wrote {}", shown::path(root, ".gitignore")));
    }
    match POLICIES.into_iter().find(|path| is_there(&root.join(path))) {
        Some(path) => globals.say(&adopt::kept(root, path)),
        None => {
            if let Some(text) = security_md(policy) {
                io::write::create_new(root, "SECURITY.md", text.as_bytes(), 0o644)?;
                globals.say(&format!("wrote {}", shown::path(root, "SECURITY.md")));
            }
        }
    }
    Ok(())
}

/// SECURITY.md of a policy that was just made.
fn security_md(policy: String) -> Option<String> {
    let now = io::clock::now();
    let sources = Sources::new([("policy.toml".to_owned(), policy.into_bytes())].into(), now, now);
    let policy = parsed::parse(&sources, &mut Diagnostics::default()).policy?;
    Some(security_md::write(&policy, &std::collections::BTreeMap::new(), &policy.site.base_url.value))
}

fn answers(args: &Args, root: &Path) -> Result<Answers, Failure> {
    let terminal = ask::is_possible();
    let folder = root.canonicalize().ok();
    let folder =
        folder.as_deref().unwrap_or(root).file_name().map(|name| name.to_string_lossy().into_owned());
    let folder = folder.filter(|name| line::check(name).is_ok()).unwrap_or_else(|| "Example".into());
    let name = match &args.name {
        Some(name) => name_of(name).map_err(usage)?,
        None if terminal => ask_for("Project name", &folder, name_of)?,
        None => "Example".into(),
    };
    let base_url = match &args.base_url {
        Some(url) => BaseUrl::parse(url).map_err(usage)?,
        None if terminal => {
            ask_for("Address of the portal", "https://security.example.org/", BaseUrl::parse)?
        }
        None => BaseUrl::parse("https://security.example.org/").map_err(usage)?,
    };
    let mut contacts = Vec::new();
    let mut repository = None;
    if args.github {
        const EXAMPLE: &str = "https://github.com/example/example";
        let url = if terminal {
            ask_for("Repository", EXAMPLE, WebUrl::parse)?
        } else {
            WebUrl::parse(EXAMPLE).map_err(usage)?
        };
        repository = Some(url);
        contacts.push(FirstContact::Github);
    }
    for uri in &args.contact {
        contacts.push(contact(uri).map_err(usage)?);
    }
    if contacts.is_empty() && terminal {
        contacts.push(ask_for("Reports go to (e-mail or https)", "security@example.org", contact)?);
    }
    let reviewed = When::Instant(io::clock::now()).day();
    Ok(Answers { name, base_url, contacts, repository, reviewed, purpose: Purpose::Project })
}

/// Asks; an empty answer means `default`.
fn ask_for<T>(prompt: &str, default: &str, read: impl Fn(&str) -> Result<T, Invalid>) -> Result<T, Failure> {
    ask::until(
        &format!("{prompt} [{default}]: "),
        "give the flags instead; see `secsite init --help`",
        |answer| read(if answer.is_empty() { default } else { answer }),
    )
}

/// A name that fits a single line and is not empty.
fn name_of(text: &str) -> Result<String, Invalid> {
    line::check(text)?;
    if text.trim().is_empty() {
        return Err(Invalid::new("the name is empty", "write the project's name"));
    }
    Ok(text.trim().to_owned())
}

/// `security@example.org`, `mailto:security@example.org` or `https://example.org/report`.
fn contact(uri: &str) -> Result<FirstContact, Invalid> {
    match uri.strip_prefix("mailto:") {
        Some(address) => Email::parse(address).map(FirstContact::Email),
        None if uri.contains("://") => WebUrl::parse(uri).map(FirstContact::Form),
        None => Email::parse(uri).map(FirstContact::Email),
    }
}

fn next_steps(globals: &Globals, args: &Args, root: &Path, answers: &Answers) {
    let mut steps = vec!["read policy.toml: each line is what the portal will say".to_owned()];
    if answers.base_url.is_reserved_example() {
        steps.push("set [site].base_url to the address of the portal".into());
    }
    if args.github {
        steps.push("set [project].repository, and enable private vulnerability reporting on GitHub".into());
        steps.push("read .github/workflows/portal.yml: its first lines say what GitHub must be told".into());
    }
    let at =
        if root == Path::new(".") { String::new() } else { format!(" --root {}", io::escape::path(root)) };
    steps.push(format!("secsite key new{at} ADDRESS   a key to sign with"));
    steps.push(format!("secsite check{at}             what is missing"));
    steps.push(format!("secsite build{at} --unsigned  the portal, in public/"));
    globals.say(&format!("next:\n  {}", steps.join("\n  ")));
}

/// Whether anything bears the name, a broken link included.
pub fn is_there(path: &Path) -> bool {
    path.symlink_metadata().is_ok()
}

fn usage(problem: Invalid) -> Failure {
    Failure::usage(problem.message, problem.help)
}
