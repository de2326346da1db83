//! A policy that was written by hand and lies where a new site is to be: on a terminal it is offered to make the site of
//! it; else one line tells how.

use std::path::Path;

use super::{Args, POLICIES, is_there};
use crate::cli::exit::{Exit, Failure};
use crate::cli::globals::Globals;
use crate::cli::{ask, import};
use crate::io;
use crate::value::Invalid;

/// Asks whether the site is to be made of the policy that is there, and makes it; `None` where it is not.
///
/// Whoever gives a contact on the command line has said what the file would say, and is not asked.
pub(super) fn offer(args: &Args, globals: &Globals, root: &Path) -> Result<Option<Exit>, Failure> {
    let found = POLICIES.into_iter().find(|path| is_there(&root.join(path)));
    let Some(path) = found.filter(|_| ask::is_possible() && args.contact.is_empty() && !args.github) else {
        return Ok(None);
    };
    let prompt = format!("{path} is here. Make the policy of it? [Y/n]: ");
    if !ask::until(&prompt, "give --contact instead; see `secsite init --help`", yes)? {
        return Ok(None);
    }
    import::security_md::adopt(globals, root, path, args.name.clone(), args.base_url.clone()).map(Some)
}

fn yes(answer: &str) -> Result<bool, Invalid> {
    match answer.to_lowercase().as_str() {
        "" | "y" | "yes" => Ok(true),
        "n" | "no" => Ok(false),
        _ => Err(Invalid::new("that is no answer", "write `y` for yes or `n` for no")),
    }
}

/// What is told of a policy that stays as it is beside the new one.
pub(super) fn kept(root: &Path, path: &str) -> String {
    let (at, file) = if root == Path::new(".") {
        (String::new(), path.to_owned())
    } else {
        (format!(" --root {}", io::escape::path(root)), io::escape::path(&root.join(path)))
    };
    format!(
        "kept {path}, which says other things than policy.toml: to make the policy of it instead, delete policy.toml \
         and run `secsite import security-md{at} {file}`"
    )
}
