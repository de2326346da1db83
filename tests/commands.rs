//! The commands that begin and keep a site, run as a user runs them.
#![allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "tests touch the world")]
#![allow(missing_docs, clippy::unwrap_used, clippy::panic, reason = "a test binary")]

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use tempfile::TempDir;

/// What a run said and did.
struct Ran {
    code: i32,
    out: String,
    err: String,
}

impl Ran {
    /// Asserts the exit code.
    #[track_caller]
    fn exits(self, code: i32) -> Self {
        assert_eq!(self.code, code, "{}\n{}", self.out, self.err);
        self
    }

    /// Asserts what stands on standard error.
    #[track_caller]
    fn says(self, text: &str) -> Self {
        assert!(self.err.contains(text), "{text}\n--- is not in ---\n{}", self.err);
        self
    }
}

/// A folder for sites and one for the user's own configuration.
struct World {
    dir: TempDir,
}

impl World {
    fn new() -> Self {
        Self { dir: tempfile::tempdir().unwrap() }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }

    fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_secsite"));
        command.args(args).current_dir(self.dir.path()).stdin(Stdio::null());
        for name in
            ["SECSITE_PASSPHRASE", "SECSITE_SIGNING_KEY", "SOURCE_DATE_EPOCH", "CI", "VISUAL", "EDITOR"]
        {
            command.env_remove(name);
        }
        command.env("XDG_CONFIG_HOME", self.path("config"));
        command
    }

    fn run(&self, args: &[&str]) -> Ran {
        ran(self.command(args))
    }

    fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).unwrap()
    }

    /// A site made by `init` in the folder `site`.
    fn with_site() -> Self {
        let world = Self::new();
        world.run(&["init", "site", "--name", "libfoo", "--contact", "mailto:security@example.org"]).exits(0);
        world
    }
}

fn ran(mut command: Command) -> Ran {
    let output = command.output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    Ran { code: output.status.code().unwrap(), out: text(output.stdout), err: text(output.stderr) }
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files
}

#[test]
fn init_makes_a_site_that_builds() {
    let world = World::with_site();
    assert!(world.path("site/advisories").is_dir());
    assert!(world.read("site/.gitignore").contains("/public/"));
    assert!(world.read("site/SECURITY.md").contains("<security@example.org>"));
    world.run(&["-r", "site", "check"]).exits(0);
    world.run(&["-r", "site", "security-md", "--check"]).exits(0);
    world.run(&["-r", "site", "build", "--unsigned"]).exits(0);
    assert!(world.path("site/public").is_dir());
}

#[test]
fn init_without_an_answer_or_with_github_builds_too() {
    let world = World::new();
    for (dir, flag) in [("a", "--name=x"), ("b", "--github"), ("c", "--contact=https://example.org/report")] {
        world.run(&["init", dir, flag]).exits(0);
        world.run(&["-r", dir, "check"]).exits(0);
    }
    assert!(world.read("b/policy.toml").contains("kind    = \"github\""));
    world.run(&["init", "d", "--contact", "nobody"]).exits(2).says("`nobody` is not an e-mail address");
    world.run(&["init", "d", "--base-url", "http://example.org"]).exits(2).says("it is not `https`");
    assert!(!world.path("d").exists());
}

#[test]
fn init_overwrites_nothing() {
    let world = World::with_site();
    let before = world.read("site/policy.toml");
    let again = world.run(&["init", "site", "--name", "other"]).exits(1);
    again.says("site/policy.toml, site/SECURITY.md, site/.gitignore, site/advisories");
    assert_eq!(world.read("site/policy.toml"), before);

    fs::create_dir_all(world.path("old/.github")).unwrap();
    fs::write(world.path("old/.github/SECURITY.md"), "mine").unwrap();
    fs::write(world.path("old/.gitignore"), "mine").unwrap();
    world.run(&["init", "old"]).exits(0).says("kept .github/SECURITY.md").says("kept .gitignore");
    assert_eq!(world.read("old/.github/SECURITY.md"), "mine");
    assert_eq!(world.read("old/.gitignore"), "mine");
    assert!(!world.path("old/SECURITY.md").exists());
}

#[test]
fn new_advisory_takes_the_next_id() {
    let world = World::with_site();
    let first = world.run(&["-r", "site", "new", "advisory", "Heap \"overflow\" in `parse`"]).exits(0);
    let first = first.out.trim();
    assert!(first.starts_with("site/advisories/LIBFOO-2") && first.ends_with("-0001.md"), "{first}");
    assert!(world.read(first).contains("title     = \"Heap \\\"overflow\\\" in `parse`\""));
    let second = world.run(&["-r", "site", "new", "advisory"]).exits(0);
    assert!(second.out.trim().ends_with("-0002.md"), "{}", second.out);
    // Drafts trouble nobody; a draft with its placeholders cannot be published.
    world.run(&["-r", "site", "check"]).exits(0);
    let text =
        world.read(second.out.trim()).replace("\"draft\" ", "\"final\" ").replace("# published", "published");
    fs::write(world.path(second.out.trim()), text).unwrap();
    world.run(&["-r", "site", "check"]).exits(1).says("looks like a placeholder");
    world.run(&["-r", "site", "new", "advisory", "two\nlines"]).exits(2).says("a line break");
}

#[test]
fn new_advisory_opens_the_editor_without_our_secrets() {
    let world = World::with_site();
    world.run(&["-r", "site", "new", "advisory", "--edit"]).exits(2).says("no editor is named");
    assert!(files(&world.path("site/advisories")).is_empty());
    let script = world.path("editor.sh");
    fs::write(&script, "#!/bin/sh\nenv > \"$0.env\"\necho edited >> \"$2\"\n").unwrap();
    fs::set_permissions(&script, fs::Permissions::from_mode(0o755)).unwrap();
    let mut command = world.command(&["-r", "site", "new", "advisory", "--edit"]);
    command.env("EDITOR", format!("{} -w", script.display())).env("SECSITE_PASSPHRASE", "open sesame");
    let path = ran(command).exits(0).out;
    assert!(world.read(path.trim()).ends_with("edited\n"));
    assert!(!world.read("editor.sh.env").contains("open sesame"));
}

#[test]
fn security_md_shows_drift() {
    let world = World::with_site();
    let policy = world.read("site/policy.toml").replace("\"latest\" ", "\"2.x\" ");
    fs::write(world.path("site/policy.toml"), policy).unwrap();
    let drift = world.run(&["-r", "site", "security-md", "--check"]).exits(1);
    drift.says("-| latest  | Supported |\n+| 2.x     | Supported |").says("run `secsite security-md`");
    world.run(&["-r", "site", "security-md"]).exits(0).says("wrote SECURITY.md");
    world.run(&["-r", "site", "security-md"]).exits(0).says("nothing to change");
    world.run(&["-r", "site", "security-md", "--check"]).exits(0);
    fs::remove_file(world.path("site/SECURITY.md")).unwrap();
    world.run(&["-r", "site", "security-md", "--check"]).exits(1).says("there is no SECURITY.md");
    fs::write(world.path("site/policy.toml"), "[site\n").unwrap();
    world.run(&["-r", "site", "security-md"]).exits(2).says("policy.toml:1:");
}

#[test]
fn a_new_key_signs_the_site() {
    let world = World::with_site();
    let mut command = world.command(&["-r", "site", "key", "new"]);
    command.env("SECSITE_PASSPHRASE", "open sesame");
    let new = ran(command).exits(0).says("fingerprint  ").says("revocation");
    assert!(!new.out.contains("PRIVATE") && !new.err.contains("open sesame"));
    fs::write(world.path("site/policy.toml"), world.read("site/policy.toml") + &new.out).unwrap();

    let folder = world.path("config/secsite");
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    let [revocation, secret] = &files(&folder)[..] else { panic!("{:?}", files(&folder)) };
    assert_eq!((mode(&folder), mode(secret), mode(revocation)), (0o700, 0o600, 0o600));
    assert!(fs::read_to_string(secret).unwrap().contains("PRIVATE KEY BLOCK"));

    let shown = world.run(&["-r", "site", "key", "show"]).exits(0);
    assert!(shown.out.contains("signing      fit\nencryption   fit"), "{}", shown.out);
    assert!(shown.out.contains("libfoo <security@example.org>"), "{}", shown.out);
    assert_eq!(world.run(&["-r", "site", "key", "show", "security"]).exits(0).out, shown.out);
    assert_eq!(world.run(&["key", "show", "site/keys/security.asc"]).exits(0).out, shown.out);
    world.run(&["-r", "site", "key", "show", "nothing"]).exits(2).says("there is no key or file `nothing`");

    let mut build = world.command(&["-r", "site", "build", "--key"]);
    ran({
        build.arg(secret).env("SECSITE_PASSPHRASE", "open sesame");
        build
    })
    .exits(0);
    world.run(&["-r", "site", "key", "new"]).exits(1).says("there is a `site/keys/security.asc` already");

    let secret = secret.to_str().unwrap();
    let public = world.run(&["key", "export", secret]).exits(0).out;
    assert_eq!(public, world.read("site/keys/security.asc"));
    let subkey = world.run(&["key", "export", "--signing-subkey", secret]).exits(0);
    assert!(subkey.out.starts_with("-----BEGIN PGP PRIVATE KEY BLOCK-----"));
    world.run(&["key", "export", "--signing-subkey", "site/keys/security.asc"]).exits(3);
}

#[test]
fn a_secret_never_lands_in_the_site() {
    let world = World::with_site();
    let new = |extra: &[&str]| world.run(&[&["-r", "site", "key", "new"], extra].concat());
    new(&[]).exits(2).says("set SECSITE_PASSPHRASE, or choose --no-passphrase");
    for inside in ["site/secret.asc", "site/new/deep/secret.asc", "other/../site/secret.asc"] {
        new(&["--no-passphrase", "--secret", inside]).exits(2).says("lies inside of the site");
    }
    std::os::unix::fs::symlink(world.path("site"), world.path("link")).unwrap();
    new(&["--no-passphrase", "--secret", "link/secret.asc"]).exits(2).says("lies inside of the site");
    fs::write(world.path("mine.asc"), "mine").unwrap();
    new(&["--no-passphrase", "--secret", "mine.asc"]).exits(1).says("there is a `mine.asc` already");
    new(&["--no-passphrase", "--expires", "soon"]).exits(2).says("`soon` is no lifetime of a key");
    assert_eq!(world.read("mine.asc"), "mine");
    assert!(!world.path("site/keys").exists() && !world.path("config").exists());
    new(&["--no-passphrase", "--secret", "box/secret.asc", "--expires", "90d"]).exits(0);
    assert!(world.path("box/secret.asc").is_file() && world.path("site/keys/security.asc").is_file());
}

/// One advisory as the RustSec database keeps it.
const RUSTSEC: &str = "```toml
[advisory]
id = \"RUSTSEC-2026-0001\"
package = \"example\"
date = \"2026-03-20\"
url = \"https://example.org/issue/1\"
categories = [\"memory-corruption\"]

[versions]
patched = [\">= 1.2.3\"]
```

# Use-after-free in `Pool::drop`

Two threads free one slot. See [the list](other.md).
";

#[test]
fn rustsec_becomes_a_site() {
    let world = World::new();
    let database = world.path("db/crates/example");
    fs::create_dir_all(&database).unwrap();
    fs::write(database.join("RUSTSEC-2026-0001.md"), RUSTSEC).unwrap();
    fs::write(world.path("db/README.md"), "no advisory").unwrap();

    let dry = world.run(&["-r", "site", "import", "rustsec", "db", "--dry-run"]).exits(0);
    assert!(dry.out.starts_with("1 of 1 files imported\n"), "{}", dry.out);
    assert!(!world.path("site").exists());
    let json =
        world.run(&["-r", "site", "import", "rustsec", "db", "--dry-run", "--report", "json"]).exits(0).out;
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(json["imported"], 1);

    world.run(&["-r", "site", "import", "rustsec", "db", "--base-url", "https://db.example.org/"]).exits(0);
    assert!(world.read("site/policy.toml").contains("https://db.example.org/"));
    assert!(world.path("site/advisories/2026/RUSTSEC-2026-0001.md").is_file());
    world.run(&["-r", "site", "check"]).exits(0);
    world.run(&["-r", "site", "build", "--unsigned"]).exits(0);

    let again = world.run(&["-r", "site", "import", "rustsec", "db"]).exits(1);
    again.says("one advisory is here already:\n  RUSTSEC-2026-0001").says("nothing was written");
    world
        .run(&["-r", "site", "import", "rustsec", "db", "--name", "x"])
        .exits(2)
        .says("holds a site already");
    world.run(&["-r", "site", "import", "rustsec", "site"]).exits(2).says("there is no advisory below");
}

#[test]
fn rustsec_files_with_problems_are_named_and_left_out() {
    let world = World::new();
    let database = world.path("db/crates/example");
    fs::create_dir_all(&database).unwrap();
    fs::write(database.join("RUSTSEC-2026-0001.md"), RUSTSEC).unwrap();
    fs::write(database.join("RUSTSEC-2026-0002.md"), "no fence").unwrap();
    world
        .run(&["-r", "site", "import", "rustsec", "db"])
        .exits(1)
        .says("RUSTSEC-2026-0002.md:1: the file begins");
    assert!(world.path("site/advisories/2026/RUSTSEC-2026-0001.md").is_file());
}

#[test]
fn explain_completions_and_man_print_data() {
    let world = World::new();
    let list = world.run(&["explain"]).exits(0).out;
    assert!(list.contains("\nunknown-key "), "{list}");
    let page = world.run(&["explain", "unknown-key"]).exits(0).out;
    assert!(page.starts_with("unknown-key (deny, cannot be lowered)\n"), "{page}");
    world.run(&["explain", "unknwn-key"]).exits(2).says("did you mean `unknown-key`?");
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        assert!(world.run(&["completions", shell]).exits(0).out.contains("security-md"), "{shell}");
    }
    let man = world.run(&["man"]).exits(0).out;
    for page in
        [".TH secsite 1", ".TH secsite-build 1", ".TH secsite-key-new 1", ".TH secsite-import-rustsec 1"]
    {
        assert!(man.contains(page), "{page}");
    }
}

#[test]
fn a_reader_that_goes_away_is_no_error() {
    let world = World::new();
    for args in [&["man"][..], &["explain"], &["completions", "bash"], &["--help"]] {
        let mut command = world.command(args);
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        drop(child.stdout.take());
        let output = child.wait_with_output().unwrap();
        assert_eq!(output.status.code(), Some(0), "{args:?} {}", String::from_utf8_lossy(&output.stderr));
    }
}
