//! `secsite security-md`: SECURITY.md from the policy, written or compared.
#![allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "I/O boundary")]

use std::path::Path;

use super::exit::{Exit, Failure};
use super::globals::Globals;
use crate::model::policy::section::Mode;
use crate::{io, security_md};

/// `secsite security-md`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Write nothing; fail where the file differs from the policy.
    #[arg(long)]
    check: bool,
    /// What to write, whatever policy.toml says.
    #[arg(long, value_name = "MODE", value_parser = ["full", "pointer"])]
    mode: Option<String>,
    /// Write in spite of findings, such as placeholders that an import has kept; they are shown.
    #[arg(long)]
    preview: bool,
}

/// The largest SECURITY.md that is compared.
const CAP: u64 = 1 << 20;

/// Runs it.
pub fn run(args: &Args, globals: &Globals) -> Result<Exit, Failure> {
    let mut site = super::policy::site(globals, args.preview)?;
    match args.mode.as_deref() {
        Some("pointer") => site.policy.security_md.mode = Mode::Pointer,
        Some(_) => site.policy.security_md.mode = Mode::Full,
        None => {}
    }
    let text = security_md::write(&site.policy, &site.fragments, &site.base);
    let file = site.policy.security_md.file.as_str();
    if args.check {
        return compare(globals, file, &text);
    }
    let changed = io::write::replace(&globals.root, file, text.as_bytes())?;
    globals.say(&format!("{} {file}", if changed { "wrote" } else { "nothing to change in" }));
    Ok(Exit::Clean)
}

fn compare(globals: &Globals, file: &str, text: &str) -> Result<Exit, Failure> {
    let path = globals.root.join(Path::new(file));
    let old = match io::read::read_named(&path, CAP) {
        Ok(bytes) => String::from_utf8_lossy(&bytes).into_owned(),
        Err(error) if error.kind() == Some(std::io::ErrorKind::NotFound) => {
            return Err(Failure::content(
                format!("there is no {file}"),
                "write it with `secsite security-md`",
            ));
        }
        Err(error) => return Err(error.into()),
    };
    if old == text {
        globals.say(&format!("{file} is what the policy says"));
        return Ok(Exit::Clean);
    }
    let diff = security_md::diff::unified(&old, text, file, "policy.toml");
    let shown: Vec<String> = diff.lines().map(crate::diag::escape::visible).collect();
    let help = "run `secsite security-md`; what was changed by hand belongs into policy.toml";
    Err(Failure::content(format!("{file} is not what the policy says\n{}", shown.join("\n")), help))
}
