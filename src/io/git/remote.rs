//! A remote: in goes its name or address, out come the tip of a branch, what it holds, and a push that takes only if the
//! branch is still what was seen.
//!
//! The remote gets a name of our own in git's environment, for one address and nothing else. So no ref of the user's
//! follows the push, and an address with a password stands in no list of processes.
#![allow(clippy::disallowed_methods, reason = "I/O boundary")]

use std::time::Duration;

use super::super::process::Finished;
use super::super::{Error, escape};
use super::{Git, Store, address, failed, text, unfinished};

/// What our remote is called.
const NAME: &str = "secsite-deploy";

/// How long a host may take, and whoever types a password.
const REMOTE: Duration = Duration::from_secs(60 * 60);

/// One address that is read from and pushed to.
#[derive(Debug)]
pub struct Remote {
    settings: Vec<(String, String)>,
    /// The address without a login, fit to be printed.
    pub shown: String,
}

/// How a push ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pushed {
    /// The remote took it.
    Done,
    /// The branch is no longer what was seen.
    Moved,
}

impl Remote {
    fn at(address: &str) -> Self {
        let settings = vec![(format!("remote.{NAME}.url"), address.to_owned())];
        Self { settings, shown: escape::text(&address::redacted(address)) }
    }
}

impl Git {
    /// The remote of a name or an address, as the user's configuration rewrites it.
    ///
    /// # Errors
    /// There is none, it is pushed to at several addresses, or its address has no end of being rewritten.
    pub fn remote(&self, word: &str) -> Result<Remote, Error> {
        let shown = address::redacted(word);
        let asked =
            self.program(Store::Fetched, &[]).args(["remote", "get-url", "--push", "--all", "--", word]);
        let answer =
            asked.finish(super::LOCAL).map_err(|problem| unfinished(&problem, shown.as_ref(), "find"))?;
        let address = if answer.status.success() {
            let lines = text(&answer.stdout);
            let mut addresses = lines.lines();
            match (addresses.next(), addresses.next()) {
                (Some(address), None) => address.to_owned(),
                _ => {
                    let help = "give the one address that is to be deployed to with --remote";
                    return Err(Error::refused("use", shown, "it is pushed to at several addresses", help));
                }
            }
        } else if word.contains(['/', '\\', ':']) {
            self.rewritten(&Remote::at(word))?.1
        } else {
            let help = "`git remote -v` lists them; `git remote add NAME ADDRESS` makes one";
            return Err(Error::refused("use", shown, "there is no such remote", help));
        };
        if address.starts_with('-') {
            return Err(Error::refused("use", shown, "an address does not begin with `-`", ""));
        }
        let remote = Remote::at(&address);
        // What is fetched and what is pushed must be at one place, or nothing is known of the branch.
        let (fetched, pushed) = self.rewritten(&remote)?;
        if fetched != address || pushed != address {
            let why = format!("git rewrites it to `{}`", escape::text(&address::redacted(&pushed)));
            let help = "mend `url.….insteadOf` and `pushInsteadOf` of your git configuration, so that one rewriting is enough";
            return Err(Error::refused("use", remote.shown, why, help));
        }
        Ok(remote)
    }

    /// The addresses that git fetches from and pushes to where it is told this remote.
    fn rewritten(&self, remote: &Remote) -> Result<(String, String), Error> {
        let asked = self.program(Store::Fetched, &remote.settings).args(["remote", "-v"]);
        let lines = text(&self.output(asked, "list the remotes of")?);
        let of = |kind: &str| {
            let own = lines.lines().filter_map(|line| line.strip_prefix(NAME)?.strip_prefix('\t'));
            own.filter_map(|line| line.split_once(kind)).map(|(address, _)| address.to_owned()).next()
        };
        match (of(" (fetch)"), of(" (push)")) {
            (Some(fetch), Some(push)) => Ok((fetch, push)),
            _ => Err(Error::refused("use", &remote.shown, "git does not show its address", "")),
        }
    }

    /// The commit that a branch of the remote is at; `None` if there is no such branch.
    pub fn tip(&self, remote: &Remote, branch: &str) -> Result<Option<String>, Error> {
        let whole = format!("refs/heads/{branch}");
        let asked =
            self.program(Store::Fetched, &remote.settings).args(["ls-remote", "--quiet", NAME, &whole]);
        let answer = self.talk(asked, remote, "ask for the branch at")?;
        let lines = text(&answer.stdout);
        let mut tips =
            lines.lines().filter_map(|line| line.split_once('\t')).filter(|(_, name)| *name == whole);
        Ok(tips.next().map(|(id, _)| id.to_owned()))
    }

    /// Fetches a branch into a store. `known` is a commit of it that is there already.
    pub fn fetch(
        &self,
        store: Store,
        remote: &Remote,
        branch: &str,
        known: Option<&str>,
    ) -> Result<(), Error> {
        let mut asked = self.program(store, &remote.settings).args([
            "fetch",
            "--quiet",
            "--no-tags",
            "--no-write-fetch-head",
            "--no-recurse-submodules",
            "--refmap=",
        ]);
        if let Some(known) = known {
            asked = asked.args([format!("--negotiation-tip={known}")]);
        }
        let asked = asked.args([NAME.to_owned(), format!("refs/heads/{branch}")]);
        self.talk(asked, remote, "fetch the branch from").map(|_| ())
    }

    /// Moves a branch of the remote from what it was seen at to a commit that goes on from there.
    pub fn push(
        &self,
        remote: &Remote,
        branch: &str,
        seen: Option<&str>,
        commit: &str,
    ) -> Result<Pushed, Error> {
        let whole = format!("refs/heads/{branch}");
        // The remote compares and sets. The commit is a child of what was seen, so nothing can be lost by it.
        let lease = format!("--force-with-lease={whole}:{}", seen.unwrap_or_default());
        let asked = self.program(Store::Made, &remote.settings).args([
            "push",
            "--porcelain",
            "--quiet",
            "--no-verify",
            "--no-signed",
            "--no-follow-tags",
            "--recurse-submodules=no",
            &lease,
            NAME,
            &format!("{commit}:{whole}"),
        ]);
        let doing = "push to";
        let finished = asked.asking().finish(REMOTE);
        let finished = finished.map_err(|problem| unfinished(&problem, remote.shown.as_ref(), doing))?;
        if finished.status.success() {
            return Ok(Pushed::Done);
        }
        let said = text(&finished.stdout);
        if said.lines().any(|line| line.starts_with('!') && line.contains("[rejected]")) {
            return Ok(Pushed::Moved);
        }
        Err(refused(&finished, &said, remote))
    }

    fn talk(&self, program: super::Program, remote: &Remote, doing: &str) -> Result<Finished, Error> {
        let finished = program.asking().finish(REMOTE);
        let finished = finished.map_err(|problem| unfinished(&problem, remote.shown.as_ref(), doing))?;
        if finished.status.success() {
            Ok(finished)
        } else {
            Err(failed(&finished, remote.shown.as_ref(), doing))
        }
    }
}

/// A push that the remote's own rules do not take says so in its table, not among the complaints.
fn refused(finished: &Finished, table: &str, remote: &Remote) -> Error {
    let error = failed(finished, remote.shown.as_ref(), "push to");
    let row = table.lines().find(|line| line.starts_with('!') && line.contains("[remote rejected]"));
    match row.and_then(|row| row.rsplit_once("[remote rejected]")) {
        Some((_, why)) => {
            let why = format!("it does not take it: `{}`", escape::text(why.trim()));
            let help = "look at the rules of that branch, and who may write to it";
            Error::refused("push to", &remote.shown, why, help)
        }
        None => error,
    }
}
