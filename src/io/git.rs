//! git, as plumbing: in go a repository, a remote and files, out come trees, commits and what a branch of the remote holds.
//!
//! Nothing of the user's is changed by it: no work tree, index, config or ref. What is fetched and what is made lies in a
//! place of our own, which git takes for its store of objects; theirs stands behind it, to be read. Nothing of
//! theirs has a say in what is published either: no hook, filter, attribute or line end counts, and no variable of the
//! environment that moves a repository. How to reach a host and log in there is their own affair and stays as they have it.
#![allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "I/O boundary")]

use std::path::{Path, PathBuf};
use std::time::Duration;

use super::process::{Finished, Program, Unfinished};
use super::{Error, escape};

pub mod address;
pub mod objects;
pub mod remote;
mod scratch;
pub mod snapshot;

use scratch::Scratch;
pub use scratch::Store;

/// How long git may take for what it does on this machine.
const LOCAL: Duration = Duration::from_secs(15 * 60);

/// The most that git may say: a line for each file that a branch ever had.
const LONGEST: usize = 256 << 20;

/// The first git that takes settings from its environment.
const OLDEST: (u32, u32) = (2, 31);

/// What the environment may say to git: how to reach a host, and who asks there.
const KEPT: &[&str] = &[
    "GIT_ASKPASS",
    "GIT_CONFIG_GLOBAL",
    "GIT_CONFIG_NOSYSTEM",
    "GIT_CONFIG_SYSTEM",
    "GIT_EXEC_PATH",
    "GIT_SSH",
    "GIT_SSH_COMMAND",
    "GIT_SSH_VARIANT",
    "GIT_SSL_CAINFO",
    "GIT_SSL_CAPATH",
    "GIT_SSL_CERT",
    "GIT_SSL_KEY",
    "GIT_TERMINAL_PROMPT",
];

/// What git is told whatever its configuration says. In the environment, where no list of processes shows it.
const SETTINGS: &[(&str, &str)] = &[
    ("advice.fetchShowForcedUpdates", "false"),
    ("commit.gpgSign", "false"),
    ("core.autocrlf", "false"),
    ("core.fsmonitor", "false"),
    ("core.fsync", "none"),
    ("core.safecrlf", "false"),
    ("core.sparseCheckout", "false"),
    ("core.splitIndex", "false"),
    ("core.untrackedCache", "false"),
    ("fetch.prune", "false"),
    ("fetch.recurseSubmodules", "false"),
    ("fetch.writeCommitGraph", "false"),
    ("gc.auto", "0"),
    ("i18n.commitEncoding", "UTF-8"),
    ("index.sparse", "false"),
    ("maintenance.auto", "false"),
    ("push.followTags", "false"),
    ("push.gpgSign", "false"),
    ("push.negotiate", "false"),
    ("push.pushOption", ""),
    ("push.recurseSubmodules", "no"),
];

/// A repository, and a place of our own in it for as long as the value lives.
#[derive(Debug)]
pub struct Git {
    root: PathBuf,
    scratch: Scratch,
}

impl Git {
    /// Opens the repository that a folder belongs to.
    ///
    /// # Errors
    /// There is no git, an old one, or no repository; or another run holds it.
    pub fn open(root: &Path) -> Result<Self, Error> {
        let asked = finish(command(root, None, &[]).args(["version"]), root, "start git in")?;
        let said = text(&asked.stdout);
        if version(&said).is_none_or(|version| version < OLDEST) {
            let (major, minor) = OLDEST;
            let why = format!("it is `{}`", escape::text(said.trim()));
            return Err(Error::refused(
                "use",
                "git",
                why,
                format!("install git {major}.{minor} or a newer one"),
            ));
        }
        let path = |what: &[&str]| -> Result<PathBuf, Error> {
            let ask = command(root, None, &[]).args(["rev-parse", "--path-format=absolute"]).args(what);
            let answer = finish(ask, root, "find a git repository for").map_err(|error| {
                error
                    .with_help("run this in a clone of the site's repository, or name its folder with --root")
            })?;
            Ok(PathBuf::from(text(&answer.stdout).trim_end_matches(['\n', '\r'])))
        };
        let (folder, objects) = (path(&["--git-dir"])?, path(&["--git-path", "objects"])?);
        Ok(Self { root: root.to_owned(), scratch: Scratch::open(&folder, &objects)? })
    }

    /// The name of the branch that the user is on, if it is one.
    pub fn current_branch(&self) -> Option<String> {
        let asked = self.program(Store::Fetched, &[]).args(["symbolic-ref", "--quiet", "HEAD"]);
        let answer = asked.finish(LOCAL).ok().filter(|it| it.status.success())?;
        text(&answer.stdout).trim_end().strip_prefix("refs/heads/").map(str::to_owned)
    }

    /// A setting of the user's; `None` where there is none.
    fn setting(&self, key: &str) -> Option<String> {
        let asked = self.program(Store::Fetched, &[]).args(["config", "--get", key]);
        let answer = asked.finish(LOCAL).ok().filter(|it| it.status.success())?;
        let value = text(&answer.stdout).trim_end_matches('\n').to_owned();
        Some(value).filter(|value| !value.trim().is_empty())
    }

    /// git with one of our stores, and with further settings.
    fn program(&self, store: Store, settings: &[(String, String)]) -> Program {
        command(&self.root, Some((&self.scratch, store)), settings).at_most(LONGEST)
    }

    /// Runs it, and gives what it printed.
    fn output(&self, program: Program, doing: &str) -> Result<Vec<u8>, Error> {
        finish(program, &self.root, doing).map(|finished| finished.stdout)
    }
}

/// git in a folder, with nothing of the environment that could lead it elsewhere.
fn command(root: &Path, store: Option<(&Scratch, Store)>, settings: &[(String, String)]) -> Program {
    let named = std::env::vars_os().map(|(name, _)| name);
    let foreign = named
        .filter(|name| name.to_str().is_some_and(|name| name.starts_with("GIT_") && !KEPT.contains(&name)));
    let foreign: Vec<_> = foreign.collect();
    let mut program = Program::new("git").without(foreign);
    let mut all: Vec<(&str, &str)> = SETTINGS.to_vec();
    all.extend(settings.iter().map(|(key, value)| (key.as_str(), value.as_str())));
    if let Some((scratch, store)) = store {
        // An empty folder is one without hooks, on every system.
        let (empty, nothing) = (scratch.no_hooks(), scratch.no_attributes());
        program = program
            .variable("GIT_OBJECT_DIRECTORY", scratch.objects(store))
            .variable("GIT_INDEX_FILE", scratch.index());
        let count = all.len();
        program = setting(program, count, "core.hooksPath", &empty);
        program = setting(program, count + 1, "core.attributesFile", &nothing);
    }
    for (at, (key, value)) in all.iter().enumerate() {
        program = setting(program, at, key, Path::new(value));
    }
    let count = all.len() + if store.is_some() { 2 } else { 0 };
    program
        .variable("GIT_CONFIG_COUNT", count.to_string())
        .variable("GIT_ALLOW_PROTOCOL", "file:http:https:ssh")
        .variable("GIT_ATTR_NOSYSTEM", "1")
        .variable("GIT_NO_REPLACE_OBJECTS", "1")
        .variable("GIT_OPTIONAL_LOCKS", "0")
        .variable("LC_ALL", "C")
        .args(["--no-pager", "-C"])
        .args([root])
}

fn setting(program: Program, at: usize, key: &str, value: &Path) -> Program {
    program.variable(&format!("GIT_CONFIG_KEY_{at}"), key).variable(&format!("GIT_CONFIG_VALUE_{at}"), value)
}

/// Runs it to its end, which must be a good one.
fn finish(program: Program, at: &Path, doing: &str) -> Result<Finished, Error> {
    let finished = program.finish(LOCAL).map_err(|problem| unfinished(&problem, at, doing))?;
    if finished.status.success() { Ok(finished) } else { Err(failed(&finished, at, doing)) }
}

fn unfinished(problem: &Unfinished, at: &Path, doing: &str) -> Error {
    match problem {
        Unfinished::Missing => Error::refused("start", "git", problem.to_string(), "install git"),
        other => Error::refused(doing, at, format!("git: {other}"), "try again"),
    }
}

/// What git says about why it failed, in one line.
fn failed(finished: &Finished, at: &Path, doing: &str) -> Error {
    let said = address::scrubbed(&text(&finished.stderr));
    let (why, help) = reason(&said);
    Error::refused(doing, at, format!("git says `{}`", escape::text(&why)), help)
}

/// The line of git's complaints that tells most, and what to do about it.
fn reason(said: &str) -> (String, &'static str) {
    let lines = || said.lines().map(str::trim).filter(|line| !line.is_empty());
    let marked = ["remote: error: ", "fatal: ", "error: "];
    let telling = lines().find_map(|line| marked.iter().find_map(|mark| line.strip_prefix(mark)));
    let why = telling.or_else(|| lines().next_back()).unwrap_or("nothing").to_owned();
    let has = |words: &[&str]| words.iter().any(|word| said.contains(word));
    let help =
        if has(&["could not read Username", "could not read Password", "Authentication failed", "publickey"])
        {
            "log in as for `git push`: with a credential helper, an SSH agent, or a token that may write"
        } else if has(&["Permission denied", "403", "protected branch", "GH006"]) {
            "let whoever is logged in write to that branch"
        } else if has(&["Could not resolve", "unable to access", "Connection", "timed out"]) {
            "see whether the host can be reached, then run this again"
        } else if has(&["does not appear to be a git repository", "not found", "does not exist"]) {
            "check the address: `git remote -v` shows what each remote is"
        } else if has(&["dubious ownership"]) {
            "the repository belongs to another user: run this as that user"
        } else {
            ""
        };
    (why, help)
}

/// `git version 2.47.3` and the like.
fn version(said: &str) -> Option<(u32, u32)> {
    let mut numbers = said.trim().strip_prefix("git version ")?.split('.');
    Some((numbers.next()?.parse().ok()?, numbers.next()?.parse().ok()?))
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::{OLDEST, reason, version};

    #[test]
    fn versions_are_compared_as_numbers() {
        assert_eq!(version("git version 2.47.3\n"), Some((2, 47)));
        assert!(version("git version 2.9.1.windows.1").unwrap() < OLDEST);
        assert_eq!(version("hub"), None);
    }

    #[test]
    fn complaints_are_told_by_their_best_line() {
        let said = "warning: redirecting\nremote: error: GH006: Protected branch\nfatal: x\n";
        let (why, help) = reason(said);
        assert_eq!(why, "GH006: Protected branch");
        assert!(help.contains("write to that branch"));
        assert_eq!(reason("").0, "nothing");
    }
}
