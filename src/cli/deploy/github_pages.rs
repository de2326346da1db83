//! `secsite deploy github-pages`: exactly the manifest's files on a branch, and read back from there.

use std::path::PathBuf;

use super::fit::{Owner, unless_seen};
use super::live;
use crate::cli::exit::{Exit, Failure};
use crate::cli::globals::{Globals, print_data};
use crate::deploy::{Branch, Changes, Release, refusal};
use crate::io;
use crate::io::git::objects::Tree;
use crate::io::git::remote::{Pushed, Remote};
use crate::io::git::snapshot::Snapshot;
use crate::io::git::{Git, Store, address};
use crate::value::counted::counted;

/// `secsite deploy github-pages`.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The branch that the host serves.
    #[arg(long, default_value = "gh-pages", value_name = "NAME")]
    branch: String,
    /// The remote that it is on: a name of the repository's, or an address.
    #[arg(long, default_value = "origin", value_name = "NAME")]
    remote: String,
    /// Print what would change, and push nothing.
    #[arg(short = 'n', long, conflicts_with = "wait")]
    dry_run: bool,
    /// Wait until the host shows the site, and verify it there.
    #[arg(long)]
    wait: bool,
    /// Folder of the built site, beneath the root unless absolute.
    #[arg(short, long, default_value = "public", value_name = "DIR")]
    output_dir: PathBuf,
    /// Judge as of this date (RFC 3339), not of now.
    #[arg(long, value_name = "DATE")]
    date: Option<String>,
}

/// Runs it.
pub(super) fn run(args: &Args, globals: &Globals) -> Result<Exit, Failure> {
    let branch =
        Branch::parse(&args.branch).map_err(|problem| Failure::usage(problem.message, problem.help))?;
    check_remote(&args.remote)?;
    let output = globals.root.join(&args.output_dir);
    let owner = Owner::read(globals, &output, args.date.as_deref())?;
    let release = owner.release(globals, &output)?;
    let git = Git::open(&globals.root)?;
    if git.current_branch().as_deref() == Some(branch.as_str()) {
        let refusal::Refusal { message, help } = refusal::own_branch(branch.as_str());
        return Err(Failure::usage(message, help));
    }
    let remote = git.remote(&args.remote)?;
    let course =
        Course { globals, owner: &owner, release: &release, git: &git, remote: &remote, branch: &branch };
    let standing = course.look()?;
    let tree = git.make_tree(&output, &release.paths().iter().map(String::as_str).collect::<Vec<_>>())?;
    let made = git.snapshot(Store::Made, &tree)?;
    // From here on only these bytes count, whatever happens to the folder.
    owner.judge(globals, &made)?;
    course.judge(standing.as_ref(), &made)?;
    let nothing = Tree::new();
    let before = standing.as_ref().map_or(&nothing, |standing| &standing.files.tree);
    let changes = Changes::between(before, &made.tree);
    let there = format!("`{branch}` of {}", remote.shown);
    if standing.is_some() && changes.is_empty() {
        globals.say(&format!("nothing to do: {there} is version {} already", release.manifest.version));
    } else if args.dry_run {
        print_data(changes.lines().as_bytes())?;
        globals.say(&format!("nothing was pushed to {there}: {}", changes.counts()));
    } else {
        course.tell_of_strangers(standing.as_ref(), &changes);
        let commit = course.push(&tree, standing.as_ref())?;
        course.read_back(&commit, standing.as_ref())?;
        globals.say(&format!(
            "deployed version {}, {}, to {there}: {}",
            release.manifest.version,
            counted(made.tree.len(), "file"),
            changes.counts()
        ));
        globals.detail(&format!("the branch is at {commit}"));
    }
    if args.wait {
        live::wait(globals, &owner, &release)?;
    }
    Ok(Exit::Clean)
}

/// What stands on the command line stands in every list of processes, and helpers of git's are programs.
fn check_remote(word: &str) -> Result<(), Failure> {
    let shown = io::escape::text(&address::redacted(word));
    if word.is_empty() || word.starts_with('-') || word.contains("::") || word.contains(char::is_control) {
        let help = "give a remote's name, such as `origin`, or an address of `https`, `ssh` or a folder";
        return Err(Failure::usage(format!("`{shown}` is no remote"), help));
    }
    if address::has_password(word) {
        let help = "let git ask for it: leave it out of the address and use a credential helper";
        return Err(Failure::usage(format!("`{shown}` has a password in it, which others can see"), help));
    }
    Ok(())
}

/// What a branch was found to be.
struct Standing {
    commit: String,
    files: Snapshot,
}

/// A deployment under way.
struct Course<'a> {
    globals: &'a Globals,
    owner: &'a Owner,
    release: &'a Release,
    git: &'a Git,
    remote: &'a Remote,
    branch: &'a Branch,
}

impl Course<'_> {
    /// The branch as it is; `None` if it is yet to be made.
    fn look(&self) -> Result<Option<Standing>, Failure> {
        let Self { git, remote, .. } = self;
        let branch = self.branch.as_str();
        let Some(commit) = git.tip(remote, branch)? else { return Ok(None) };
        git.fetch(Store::Fetched, remote, branch, None)?;
        if !git.has_commit(Store::Fetched, &commit)? {
            return Err(self.moved());
        }
        let files = git.snapshot(Store::Fetched, &commit)?;
        Ok(Some(Standing { commit, files }))
    }

    /// Whether the release may follow what stands there, and what stood there before.
    fn judge(&self, standing: Option<&Standing>, made: &Snapshot) -> Result<(), Failure> {
        let Some(Standing { commit, files }) = standing else { return Ok(()) };
        self.release.judge_name(made, files)?;
        if let Some(before) = Release::authentic(files, &self.owner.certificates, self.owner.now) {
            self.release.judge_after(&before)?;
        }
        if self.owner.held.is_empty() {
            return Ok(());
        }
        let names = self.git.past_names(commit)?;
        match names.iter().find_map(|name| self.owner.held.find(name.as_bytes())) {
            Some(id) => Err(refusal::was_public(unless_seen(&id), "the history of the branch").into()),
            None => Ok(()),
        }
    }

    /// Another site on the branch goes, and comes back only by its history.
    fn tell_of_strangers(&self, standing: Option<&Standing>, changes: &Changes) {
        let foreign = standing.is_some_and(|standing| Release::read(&standing.files).is_none());
        if foreign && !changes.removed.is_empty() {
            self.globals.say(&format!(
                "warning: `{}` held something else than a site of secsite: {} went, and the branch's history keeps them",
                self.branch,
                counted(changes.removed.len(), "file")
            ));
        }
    }

    /// Moves the branch to a new commit, and gives that.
    fn push(&self, tree: &str, standing: Option<&Standing>) -> Result<String, Failure> {
        let Self { git, remote, owner, .. } = self;
        let branch = self.branch.as_str();
        let seen = standing.map(|standing| standing.commit.as_str());
        let commit = git.make_commit(tree, seen, &self.release.message(owner.now))?;
        self.globals.say(&format!("pushing to `{branch}` of {}", remote.shown));
        match git.push(remote, branch, seen, &commit) {
            Ok(Pushed::Done) => Ok(commit),
            Ok(Pushed::Moved) => Err(self.moved()),
            // The answer may have been lost on the way, and the push not.
            Err(error) => match git.tip(remote, branch) {
                Ok(Some(tip)) if tip == commit => Ok(commit),
                _ => Err(error.into()),
            },
        }
    }

    /// Fetches the branch again, into a store that does not have what was pushed, and verifies it as a site.
    fn read_back(&self, commit: &str, standing: Option<&Standing>) -> Result<(), Failure> {
        let Self { git, remote, .. } = self;
        let branch = self.branch.as_str();
        let known = standing.map(|standing| standing.commit.as_str());
        git.fetch(Store::Returned, remote, branch, known)?;
        if git.tip(remote, branch)?.as_deref() != Some(commit) || !git.has_commit(Store::Returned, commit)? {
            let message =
                format!("`{branch}` is not at the commit that was pushed: somebody else has moved it since");
            return Err(Failure::world(message, "look at the branch, then run this again"));
        }
        self.owner.judge(self.globals, &git.snapshot(Store::Returned, commit)?)
    }

    fn moved(&self) -> Failure {
        let message = format!("`{}` of {} has moved meanwhile", self.branch, self.remote.shown);
        Failure::world(message, "nothing was pushed; somebody else deploys too: run this again")
    }
}
