//! A site in a folder of its own, and the program run in it.

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use tempfile::TempDir;

/// The date of every build that does not say otherwise.
pub const DATE: &str = "2026-11-22T00:00:00Z";

/// The least policy.
pub const POLICY: &str = r#"[site]
base_url = "https://security.example.org/"

[policy]
reviewed = 2026-11-01

[project]
name = "Example"

[[product]]
id   = "core"
name = "Example Core"

[[contact]]
kind    = "email"
address = "security@example.org"

[advisories]
prefix = "EXAMPLE"
"#;

/// Where this repository lies.
pub fn repository() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// An advisory with one line more in its front matter.
pub fn advisory(id: &str, line: &str) -> String {
    format!(
        "+++\nid = \"{id}\"\ntitle = \"Use-after-free in the pool\"\npublished = 2026-03-20\nseverity = \"high\"\n{line}\n\
         [[affected]]\nproduct = \"core\"\nversions = [{{ introduced = \"1.0.0\", fixed = \"1.4.2\" }}]\n+++\n\n\
         A pool that is dropped twice frees its slots twice.\n"
    )
}

/// A site that vanishes with the test.
pub struct Project {
    folder: TempDir,
}

impl Project {
    /// A folder without anything in it.
    pub fn empty() -> Self {
        Self { folder: tempfile::tempdir().unwrap() }
    }

    /// The least policy and one published advisory.
    pub fn new() -> Self {
        let project = Self::empty();
        project.write("policy.toml", POLICY);
        project.write("advisories/EXAMPLE-2026-0001.md", advisory("EXAMPLE-2026-0001", ""));
        project
    }

    /// A copy of a folder of this repository.
    pub fn copy(from: &str) -> Self {
        let project = Self::empty();
        for (path, bytes) in read_tree(&repository().join(from)) {
            project.write(&path, bytes);
        }
        project
    }

    /// The site's root.
    pub fn root(&self) -> &Path {
        self.folder.path()
    }

    /// A path in the site.
    pub fn path(&self, path: &str) -> PathBuf {
        self.root().join(path)
    }

    /// Writes a file and the folders above it.
    pub fn write(&self, path: &str, bytes: impl AsRef<[u8]>) {
        let path = self.path(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }

    /// Changes a file's text; what is to be replaced must be there.
    pub fn edit(&self, path: &str, from: &str, to: &str) {
        let text = fs::read_to_string(self.path(path)).unwrap();
        assert!(text.contains(from), "{path} has no {from}");
        self.write(path, text.replace(from, to));
    }

    /// The program, with nothing of the environment but the search path.
    pub fn command<I: IntoIterator<Item = S>, S: AsRef<OsStr>>(&self, args: I) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_secsite"));
        command.env_clear().env("PATH", std::env::var_os("PATH").unwrap_or_default());
        command.stdin(Stdio::null()).arg("--root").arg(self.root()).args(args);
        command
    }

    /// Runs the program; `words` are split at blanks.
    pub fn run(&self, words: &str) -> Ran {
        Ran::of(&mut self.command(words.split_whitespace()))
    }

    /// Builds unsigned into `public` at [`DATE`].
    pub fn build(&self) -> Ran {
        self.run(&format!("build --unsigned --date {DATE}"))
    }

    /// The output, by path.
    pub fn output(&self) -> BTreeMap<String, Vec<u8>> {
        read_tree(&self.path("public"))
    }
}

/// How a run ended.
#[derive(Debug)]
pub struct Ran {
    pub code: Option<i32>,
    pub stdout: String,
    pub stderr: String,
}

impl Ran {
    /// Runs a command to its end.
    pub fn of(command: &mut Command) -> Self {
        let Output { status, stdout, stderr } = command.output().unwrap();
        let text = |bytes: Vec<u8>| String::from_utf8_lossy(&bytes).into_owned();
        let ran = Self { code: status.code(), stdout: text(stdout), stderr: text(stderr) };
        assert!(!ran.stderr.contains("panicked"), "{}", ran.stderr);
        ran
    }

    /// The run ended with this code.
    #[track_caller]
    pub fn exits(self, code: i32) -> Self {
        assert_eq!(self.code, Some(code), "{}{}", self.stdout, self.stderr);
        self
    }

    /// Standard error has this in it.
    #[track_caller]
    pub fn says(self, text: &str) -> Self {
        assert!(self.stderr.contains(text), "`{text}` is not in\n{}", self.stderr);
        self
    }
}

/// Every file beneath a folder, by path. A folder that is not there has none.
pub fn read_tree(root: &Path) -> BTreeMap<String, Vec<u8>> {
    fn walk(root: &Path, folder: &Path, files: &mut BTreeMap<String, Vec<u8>>) {
        for entry in fs::read_dir(folder).into_iter().flatten() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                walk(root, &path, files);
            } else {
                let name = path.strip_prefix(root).unwrap().to_str().unwrap().replace('\\', "/");
                files.insert(name, fs::read(&path).unwrap());
            }
        }
    }
    let mut files = BTreeMap::new();
    walk(root, root, &mut files);
    files
}

/// Two trees are the same, or the paths that differ are named.
#[track_caller]
pub fn assert_same(a: &BTreeMap<String, Vec<u8>>, b: &BTreeMap<String, Vec<u8>>) {
    let names = a.keys().chain(b.keys());
    let differing: Vec<&String> = names.filter(|path| a.get(*path) != b.get(*path)).collect();
    assert!(differing.is_empty(), "{differing:?}");
    assert!(!a.is_empty());
}
