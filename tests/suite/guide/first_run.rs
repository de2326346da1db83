//! The guide's first page, run from its first line to its last: in a repository with a remote, on a host that serves the
//! branch as it is pushed. Only the names are others, since those of the page are reserved and reach nobody.

use std::collections::BTreeMap;
use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::project::{Project, Ran, repository};
use crate::server::{Server, from_tree};

const OLD: &str = "# Security Policy\n\n## Supported Versions\n\n| Version | Supported |\n| --- | --- |\n| 1.x | yes |\n\
                   | < 1.0 | no |\n\n## Reporting\n\nMail security@example.org. We answer within 5 business days.\n";

const WITH: &str = "### If there is a SECURITY.md";
const WITHOUT: &str = "### If there is none";

#[test]
fn it_runs_where_there_was_no_policy() {
    let Some(place) = Place::new(None) else { return };
    let said = place.follow(WITH);
    assert!(said.contains("wrote SECURITY.md"), "{said}");
}

#[test]
fn it_runs_where_there_was_a_policy() {
    let Some(place) = Place::new(Some(OLD)) else { return };
    let said = place.follow(WITHOUT);
    assert!(said.contains("0 of them not represented"), "{said}");
    let policy = fs::read_to_string(place.folder().join("SECURITY.md")).unwrap();
    assert!(policy.contains("We answer within 5 business days."), "{policy}");
}

#[test]
fn its_pictures_are_there_and_small() {
    let page = page();
    let pictures: Vec<&str> = page.lines().filter(|line| line.starts_with("![")).collect();
    assert_eq!(pictures.len(), 3);
    for picture in pictures {
        let (words, path) = picture[2..].split_once("](../").unwrap();
        assert!(words.len() > 20, "{picture}");
        let size = fs::metadata(repository().join("content").join(path.trim_end_matches(')'))).unwrap().len();
        assert!(size < 60_000, "{picture} has {size} bytes");
    }
}

fn page() -> String {
    fs::read_to_string(repository().join("content/docs/first-run.md")).unwrap()
}

/// A home with a repository in it, its remote, and a host that serves the remote's branch.
struct Place {
    home: Project,
    server: Server,
    has_gpg: bool,
}

impl Place {
    /// `None` where there is no git.
    fn new(policy: Option<&str>) -> Option<Self> {
        if !answers("git") {
            println!("skipped: git is not here");
            return None;
        }
        let home = Project::empty();
        let bare = home.path("remote.git");
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let branch = bare.clone();
        let server = Server::on(listener, move |path| from_tree(&served(&branch, path), path));
        let place = Self { home, server, has_gpg: answers("gpg") };
        place.home.write(".gitconfig", "[user]\n\tname = Maintainer\n\temail = maintainer@example.org\n");
        place.shell(&format!(
            "mkdir -m 700 gnupg\ngit init --quiet --bare --initial-branch=main {bare}\n\
             git init --quiet --initial-branch=main my-project\ngit -C my-project remote add origin {bare}",
            bare = bare.display()
        ));
        if let Some(policy) = policy {
            place.home.write("my-project/SECURITY.md", place.named(policy));
        }
        Some(place)
    }

    fn folder(&self) -> PathBuf {
        self.home.path("my-project")
    }

    /// The text with names that reach something.
    fn named(&self, text: &str) -> String {
        text.replace("https://security.example.org/", &self.server.url())
            .replace("security@example.org", "security@portal.localhost")
    }

    /// Runs the page without one of its sections; what was said comes back.
    fn follow(&self, without: &str) -> String {
        let mut script = String::new();
        let mut said = String::new();
        for line in super::fenced(&omit(&page(), without), "sh") {
            if line.starts_with("cargo install") {
                // The program is here already, in the test's search path.
            } else if line.starts_with("gpg ") && !self.has_gpg {
                println!("skipped: `{line}`: gpg is not here");
            } else if line == "secsite serve" {
                said += &self.shell(&std::mem::take(&mut script));
                self.preview();
                script.push_str("cd ~/my-project\n");
            } else if line == "secsite renew" {
                script.push_str(renew());
            } else {
                script.push_str(&format!("{}\n", self.named(line)));
            }
        }
        // What the page says in words.
        script.push_str("test -f public/.well-known/security.txt\nsecsite security-md --check\n");
        script.push_str("git diff --exit-code\ntest -z \"$(git status --porcelain)\"\n");
        said += &self.shell(&script);
        for piece in ["advisories/EXAMPLE-20", "signatures made", "deployed version 1", "what was deployed"] {
            assert!(said.contains(piece), "`{piece}` is not in\n{said}");
        }
        if self.has_gpg {
            assert!(said.contains("Good signature"), "{said}");
            // The agent that gpg started ends with its folder.
            let _ = self.run("gpgconf --kill all");
        }
        said
    }

    /// `secsite serve` as it stands on the page, and the draft as its author sees it.
    fn preview(&self) {
        let mut command = self.command("exec secsite serve");
        let mut child = command.current_dir(self.folder()).stderr(Stdio::piped()).spawn().unwrap();
        let mut lines = BufReader::new(child.stderr.take().unwrap()).lines();
        let serving = lines.find_map(|line| {
            Some(line.unwrap().split_once("serving http://")?.1.split_once('/')?.0.to_owned())
        });
        let address = serving.unwrap();
        let advisories: Vec<_> = fs::read_dir(self.folder().join("advisories")).unwrap().collect();
        let id = advisories[0].as_ref().unwrap().path().file_stem().unwrap().to_str().unwrap().to_owned();
        let mut stream = TcpStream::connect(&address).unwrap();
        write!(stream, "GET /advisories/{id}/ HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n")
            .unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        assert!(answer.contains("Pool::drop") && answer.contains("DRAFT"), "{answer}");
        child.kill().unwrap();
        child.wait().unwrap();
    }

    /// Runs a script that must succeed in the home; what it printed comes back.
    #[track_caller]
    fn shell(&self, script: &str) -> String {
        let ran = self.run(script).exits(0);
        ran.stdout + &ran.stderr
    }

    fn run(&self, script: &str) -> Ran {
        Ran::of(&mut self.command(&format!("set -eux\n{script}")))
    }

    /// A shell that knows the program and this home, and nothing of whoever runs the test.
    fn command(&self, script: &str) -> Command {
        let program = Path::new(env!("CARGO_BIN_EXE_secsite")).parent().unwrap().to_owned();
        let paths = std::env::var_os("PATH").unwrap_or_default();
        let paths = std::env::join_paths(std::iter::once(program).chain(std::env::split_paths(&paths)));
        let mut command = Command::new("sh");
        command.env_clear().env("PATH", paths.unwrap()).env("HOME", self.home.root());
        command.env("GNUPGHOME", self.home.path("gnupg")).env("GIT_CONFIG_NOSYSTEM", "1").env("TERM", "dumb");
        command.env("SECSITE_PASSPHRASE", "words of an example").current_dir(self.home.root());
        command.args(["-c", script]).stdin(Stdio::null());
        command
    }
}

/// The page without the section below this heading.
fn omit(page: &str, heading: &str) -> String {
    let (before, rest) = page.split_once(&format!("{heading}\n")).unwrap();
    let after = rest.find("\n##").unwrap();
    format!("{before}{}", &rest[after..])
}

/// `secsite renew` as it stands, with somebody at the terminal who says yes; where there is no terminal to be had, the
/// same answer at once.
fn renew() -> &'static str {
    let script = Command::new("script").arg("--version").output();
    if script.is_ok_and(|output| String::from_utf8_lossy(&output.stdout).contains("util-linux")) {
        "yes | head -n 50 | script -qec 'secsite renew' /dev/null\n"
    } else {
        println!("skipped: the questions of `secsite renew`: there is no `script` of util-linux");
        "secsite renew --confirm-all\n"
    }
}

fn answers(program: &str) -> bool {
    Command::new(program).arg("--version").stdout(Stdio::null()).status().is_ok()
}

/// What the branch has for a path that was asked for.
fn served(bare: &Path, path: &str) -> BTreeMap<String, Vec<u8>> {
    let name = if path.is_empty() || path.ends_with('/') { format!("{path}index.html") } else { path.into() };
    let mut git = Command::new("git");
    git.env("GIT_CONFIG_NOSYSTEM", "1").env_remove("GIT_DIR").arg("--git-dir").arg(bare);
    let blob = git.args(["cat-file", "blob", &format!("gh-pages:{name}")]).output().unwrap();
    blob.status.success().then_some((name, blob.stdout)).into_iter().collect()
}
