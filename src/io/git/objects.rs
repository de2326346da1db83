//! Objects: in go files and a message, out come a tree and a commit in our own store, and what a commit holds.
#![allow(clippy::disallowed_methods, reason = "I/O boundary")]

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use super::super::Error;
use super::{Git, Store, text};

/// What a tree has under a path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// `100644` for a plain file.
    pub mode: String,
    /// The object.
    pub id: String,
}

impl Item {
    /// Whether it is a file that nobody may run, and no link.
    pub fn is_plain(&self) -> bool {
        self.mode == "100644"
    }
}

/// Everything in a tree, by path, with `/` between names. Bytes that are no UTF-8 come as U+FFFD.
pub type Tree = BTreeMap<String, Item>;

/// What a commit says besides its tree.
#[derive(Debug)]
pub struct Message {
    /// Its text.
    pub text: String,
    /// Seconds since 1970; the zone is always UTC, since where somebody sits is nobody's affair.
    pub seconds: i64,
}

impl Git {
    /// A tree of files, each beneath `folder` and by its path. The bytes are those on the disk, whatever attributes say.
    pub fn make_tree(&self, folder: &Path, paths: &[&str]) -> Result<String, Error> {
        let folder = std::path::absolute(folder).map_err(|cause| Error::system("find", folder, cause))?;
        let folder = folder.to_str().filter(|folder| !folder.contains(['\n', '\r'])).ok_or_else(|| {
            let why = "its name is no line of text, which is what git takes";
            Error::refused("read", &folder, why, "build into a folder with another name")
        })?;
        let list: String = paths.iter().map(|path| format!("{folder}/{path}\n")).collect();
        let asked =
            self.program(Store::Made, &[]).args(["hash-object", "-w", "--no-filters", "--stdin-paths"]);
        let ids = text(
            &self.output(asked.input(list.into_bytes()), "store the site's files in the repository of")?,
        );
        let ids: Vec<&str> = ids.lines().collect();
        if ids.len() != paths.len() {
            let why = format!("git stored {} files of {}", ids.len(), paths.len());
            return Err(Error::refused("store the site's files in", &self.root, why, "try again"));
        }
        let entries: String =
            paths.iter().zip(&ids).map(|(path, id)| format!("100644 {id}\t{path}\0")).collect();
        let asked = self.program(Store::Made, &[]).args(["update-index", "-z", "--index-info"]);
        self.output(asked.input(entries.into_bytes()), "list the site's files in the repository of")?;
        self.line(self.program(Store::Made, &[]).args(["write-tree"]), "make a tree in")
    }

    /// A commit of a tree.
    pub fn make_commit(&self, tree: &str, parent: Option<&str>, message: &Message) -> Result<String, Error> {
        let mut asked = self.program(Store::Made, &[]).args(["commit-tree", tree]);
        if let Some(parent) = parent {
            asked = asked.args(["-p", parent]);
        }
        let date = format!("@{} +0000", message.seconds);
        // Where git does not know who the user is, it would make a name up of this machine's.
        let name = self.setting("user.name").unwrap_or_else(|| "secsite".to_owned());
        let address = self.setting("user.email").unwrap_or_default();
        for role in ["AUTHOR", "COMMITTER"] {
            asked = asked
                .variable(&format!("GIT_{role}_NAME"), &name)
                .variable(&format!("GIT_{role}_EMAIL"), &address)
                .variable(&format!("GIT_{role}_DATE"), &date);
        }
        self.line(asked.args(["-F", "-"]).input(message.text.clone().into_bytes()), "make a commit in")
    }

    /// Whether a store has a commit.
    pub fn has_commit(&self, store: Store, commit: &str) -> Result<bool, Error> {
        let asked = self.program(store, &[]).args(["cat-file", "-e", &format!("{commit}^{{commit}}")]);
        let finished = asked.finish(super::LOCAL);
        finished
            .map(|finished| finished.status.success())
            .map_err(|problem| super::unfinished(&problem, &self.root, "look into"))
    }

    /// The tree of a commit.
    pub fn tree_of(&self, store: Store, commit: &str) -> Result<String, Error> {
        let asked = self.program(store, &[]).args(["rev-parse", "--verify", "--quiet"]);
        self.line(asked.args([format!("{commit}^{{tree}}")]), "find a commit's tree in")
    }

    /// What a commit or a tree holds.
    pub fn list(&self, store: Store, tree: &str) -> Result<Tree, Error> {
        let asked = self.program(store, &[]).args(["ls-tree", "-r", "-z", "--full-tree", tree]);
        Ok(parse(&self.output(asked, "list a tree of")?))
    }

    /// Every path that a commit or one before it ever had.
    pub fn past_names(&self, commit: &str) -> Result<BTreeSet<String>, Error> {
        let store = Store::Fetched;
        let doing = "go through the branch's history in";
        let commits = self.output(self.program(store, &[]).args(["rev-list", commit]), doing)?;
        let asked = self.program(store, &[]).args(["diff-tree", "--stdin", "--root", "-m", "-r", "-z"]);
        let asked = asked.args(["--name-only", "--no-commit-id", "--no-renames", "--no-ext-diff"]);
        let names = self.output(asked.input(commits), doing)?;
        Ok(names.split(|byte| *byte == 0).filter(|name| !name.is_empty()).map(text).collect())
    }

    /// The one line that git answers.
    fn line(&self, program: super::Program, doing: &str) -> Result<String, Error> {
        let line = text(&self.output(program, doing)?).trim().to_owned();
        let sound = !line.is_empty() && line.bytes().all(|byte| byte.is_ascii_hexdigit());
        if sound {
            return Ok(line);
        }
        let why = format!("git answers `{}`", super::escape::text(&line));
        Err(Error::refused(doing, &self.root, why, ""))
    }
}

/// The lines of `ls-tree -z`: mode, kind, object, a tab and the path.
fn parse(listing: &[u8]) -> Tree {
    let lines = listing.split(|byte| *byte == 0).filter(|line| !line.is_empty());
    let item = |line: &[u8]| {
        let tab = line.iter().position(|byte| *byte == b'\t')?;
        let facts = text(&line[..tab]);
        let mut facts = facts.split(' ');
        let (mode, _kind, id) = (facts.next()?, facts.next()?, facts.next()?);
        Some((text(&line[tab + 1..]), Item { mode: mode.to_owned(), id: id.to_owned() }))
    };
    lines.filter_map(item).collect()
}

#[cfg(test)]
mod tests {
    use super::parse;

    #[test]
    fn listings_are_read_as_they_are() {
        let tree = parse(
            "100644 blob ab\ta b\"ä\n.txt\x00120000 blob cd\tlink\x00160000 commit ef\tsub\x00".as_bytes(),
        );
        assert_eq!(tree.len(), 3);
        assert!(tree["a b\"\u{e4}\n.txt"].is_plain());
        assert!(!tree["link"].is_plain() && !tree["sub"].is_plain());
        assert_eq!(tree["sub"].id, "ef");
    }
}
