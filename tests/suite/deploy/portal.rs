//! A signed site in a repository of its own, with a bare repository as its remote.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::{Command, Stdio};

use tempfile::TempDir;

use crate::keys::{new_key, sign_with};
use crate::project::{DATE, POLICY, Project, Ran, advisory, read_tree};

pub type Files = BTreeMap<String, Vec<u8>>;

/// Whether there is a git to deploy with; says so if there is none.
pub fn git_is_here() -> bool {
    let here = Command::new("git").arg("--version").stdout(Stdio::null()).status().is_ok();
    if !here {
        println!("skipped: git is not here");
    }
    here
}

/// git, deaf to the configuration of whoever runs the test.
pub fn git(folder: &Path, args: &[&str]) -> Command {
    let mut command = Command::new("git");
    command.env_clear().env("PATH", std::env::var_os("PATH").unwrap_or_default());
    command.env("GIT_CONFIG_NOSYSTEM", "1").env("HOME", folder).env("GIT_TERMINAL_PROMPT", "0");
    command.arg("-C").arg(folder).args(args).stdin(Stdio::null());
    command
}

pub fn told(mut command: Command) -> String {
    let output = command.output().unwrap();
    assert!(output.status.success(), "{command:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

/// A policy that may be deployed: no name in it is a reserved one.
pub fn policy(base: &str) -> String {
    let policy = POLICY.replace("https://security.example.org/", base);
    let policy = policy.replace(
        "name = \"Example\"\n",
        "name = \"Example\"\nrepository = \"https://github.com/example/example\"\n",
    );
    policy.replace("kind    = \"email\"\naddress = \"security@example.org\"", "kind = \"github\"")
}

pub struct Portal {
    pub project: Project,
    pub bare: TempDir,
    secret: String,
}

impl Portal {
    pub fn new() -> Self {
        Self::at("https://security.localhost/")
    }

    /// A site for this base URL, built and signed, in a repository with one commit.
    pub fn at(base: &str) -> Self {
        let project = Project::empty();
        project.write("policy.toml", policy(base));
        project.write("advisories/EXAMPLE-2026-0001.md", advisory("EXAMPLE-2026-0001", ""));
        project.write(".gitignore", "/public/\n/clone/\n/secret.asc\n");
        // What filters and line ends would change.
        project.write("content/data/lines.txt", "one\r\ntwo\n$Id$\n");
        let key = new_key("2026-11-01T00:00:00Z", "2028-11-01T00:00:00Z");
        let secret = sign_with(&project, &key);
        let bare = tempfile::tempdir().unwrap();
        told(git(bare.path(), &["init", "--quiet", "--bare", "--initial-branch=main"]));
        let portal = Self { project, bare, secret };
        portal.git(&["init", "--quiet", "--initial-branch=main"]);
        portal.git(&["config", "user.name", "Maintainer"]);
        portal.git(&["config", "user.email", "maintainer@example.org"]);
        portal.git(&["remote", "add", "origin", portal.bare.path().to_str().unwrap()]);
        portal.git(&["add", "--all"]);
        portal.git(&["commit", "--quiet", "--message=Begin"]);
        portal.build();
        portal
    }

    pub fn build(&self) -> Files {
        self.project.run(&format!("build --key {} --date {DATE}", self.secret)).exits(0);
        self.project.output()
    }

    /// Adds a page and builds again.
    pub fn build_with(&self, page: &str) -> Files {
        self.project
            .write(&format!("content/{page}.md"), format!("+++\ntitle = \"{page}\"\n+++\n\n{page}\n"));
        self.build()
    }

    /// git in the user's repository.
    pub fn git(&self, args: &[&str]) -> String {
        told(git(self.project.root(), args))
    }

    /// git in the remote.
    pub fn remote(&self, args: &[&str]) -> String {
        told(git(self.bare.path(), args))
    }

    pub fn command(&self, words: &str) -> Command {
        let mut command = self.project.command(["deploy", "github-pages", "--date", DATE]);
        command.args(words.split_whitespace());
        command
    }

    pub fn deploy(&self, words: &str) -> Ran {
        Ran::of(&mut self.command(words))
    }

    /// What the branch of the remote is at; empty if there is none.
    pub fn tip(&self) -> String {
        let output = git(self.bare.path(), &["rev-parse", "--verify", "--quiet", "refs/heads/gh-pages"])
            .output()
            .unwrap();
        String::from_utf8(output.stdout).unwrap().trim().to_owned()
    }

    /// The files of the branch, as a clone has them.
    pub fn branch(&self) -> Files {
        let clone = tempfile::tempdir().unwrap();
        let to = clone.path().join("site");
        let words = ["clone", "--quiet", "--branch=gh-pages", "--single-branch"];
        let mut command = git(self.bare.path(), &words);
        command.arg(self.bare.path()).arg(&to);
        told(command);
        std::fs::remove_dir_all(to.join(".git")).unwrap();
        read_tree(&to)
    }

    /// Commits what a script makes to the branch of the remote, on top of what is there.
    pub fn commit_to_branch(&self, script: &str) {
        let folder = tempfile::tempdir().unwrap();
        let bare = self.bare.path().display();
        let script = format!(
            "set -e; git init -q -b gh-pages .; git config user.name x; git config user.email x@example.org\n\
             git pull -q {bare} gh-pages 2>/dev/null || true\n{script}\n\
             git add -A; git commit -q -m other; git push -q {bare} gh-pages"
        );
        let mut command = Command::new("sh");
        command.current_dir(folder.path()).env("HOME", folder.path()).env("GIT_CONFIG_NOSYSTEM", "1");
        assert!(command.args(["-c", &script]).status().unwrap().success());
    }

    /// Every byte of the user's: work tree, index, configuration, refs, objects. The output aside.
    pub fn surroundings(&self) -> Files {
        let mut files = read_tree(self.project.root());
        files.retain(|path, _| !path.starts_with("public/") && !path.starts_with("content/more"));
        files
    }
}
