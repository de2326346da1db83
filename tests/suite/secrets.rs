//! Guarantee G7: no secret key and no passphrase is anywhere but where its owner put it. Every way of giving one is tried,
//! with success and with failures; then all that was said, written or handed to a child process is searched.

mod needles;

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::Command;

use secsite::openpgp::{Generated, NewKey, Passphrase, Secret, Signer};
use tempfile::TempDir;

use crate::keys::sign_with;
use crate::project::{DATE, Project, Ran, read_tree};
use needles::Needles;

const WORDS: &str = "zqxPASSPHRASE";

/// A site, and around it everything that a program may write to or start.
struct World {
    project: Project,
    around: TempDir,
    key: Generated,
    passphrase: Option<&'static str>,
    needles: Needles,
}

impl World {
    fn new(passphrase: Option<&'static str>) -> Self {
        let key = NewKey {
            user_ids: vec!["Security team <security@example.org>".into()],
            created: "2026-01-05T09:00:00Z".parse().unwrap(),
            expires: Some("2028-01-05T09:00:00Z".parse().unwrap()),
            passphrase: passphrase.map(Passphrase::from),
        };
        let key = key.generate().unwrap();
        let (project, around) = (Project::new(), tempfile::tempdir().unwrap());
        sign_with(&project, &key);
        for folder in ["home", "tmp", "bin", "keys/.git"] {
            fs::create_dir_all(around.path().join(folder)).unwrap();
        }
        // The one place where the secret may be.
        fs::rename(project.path("secret.asc"), around.path().join("keys/secret.asc")).unwrap();
        let needles = Needles::of(&key.secret_armored, passphrase);
        let world = Self { project, around, key, passphrase, needles };
        for program in ["gpg", "gpgconf", "gpg-agent", "git", "editor"] {
            world.pretend(program);
        }
        world
    }

    fn at(&self, path: &str) -> PathBuf {
        self.around.path().join(path)
    }

    /// A program that writes down what it was told, and fails.
    fn pretend(&self, program: &str) {
        let (path, dump) = (self.at("bin").join(program), self.at(&format!("{program}.dump")));
        let text = format!(
            "#!/bin/sh\n{{ echo \"$0 $*\"; env; cat /proc/self/environ /proc/self/cmdline; }} >> '{}' 2>&1\nexit 1\n",
            dump.display()
        );
        fs::write(&path, text).unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).unwrap();
    }

    fn command(&self, project: &Project, words: &str) -> Command {
        let path = std::env::var("PATH").unwrap_or_default();
        let mut command = project.command(words.split_whitespace());
        command.env("PATH", format!("{}:{path}", self.at("bin").display()));
        command.env("HOME", self.at("home")).env("TMPDIR", self.at("tmp")).env("EDITOR", "editor");
        command.env("RUST_LOG", "trace").env("RUST_BACKTRACE", "full").arg("-vv");
        if let Some(words) = self.passphrase {
            command.env("SECSITE_PASSPHRASE", words);
        }
        command
    }

    /// Runs a command and searches what it says.
    #[track_caller]
    fn search(&self, command: &mut Command, code: i32) -> Ran {
        let said = Ran::of(command).exits(code);
        self.needles.absent_from(said.stdout.as_bytes(), "standard output");
        self.needles.absent_from(said.stderr.as_bytes(), "standard error");
        said
    }

    /// Searches the folder of the site and everything around it but the key's own folder.
    fn search_files(&self) {
        for root in [self.project.root(), &self.at("home"), &self.at("tmp"), &self.at("bin")] {
            search_tree(&self.needles, root);
        }
        for program in ["gpg", "gpgconf", "gpg-agent", "git", "editor"] {
            let dump = fs::read(self.at(&format!("{program}.dump"))).unwrap_or_default();
            self.needles.absent_from(&dump, &format!("what {program} was given"));
        }
    }
}

fn search_tree(needles: &Needles, root: &Path) {
    for (path, bytes) in read_tree(root) {
        needles.absent_from(&bytes, &path);
    }
}

fn each(test: impl Fn(&World)) {
    for passphrase in [None, Some(WORDS)] {
        let world = World::new(passphrase);
        test(&world);
        world.search_files();
    }
}

#[test]
fn not_where_all_goes_well() {
    each(|world| {
        let file = world.at("keys/secret.asc");
        let file = file.display();
        let run = |words: &str| world.search(&mut world.command(&world.project, words), 0);
        run(&format!("build --date {DATE} --key {file}"));
        run(&format!("sign --date {DATE} --key {file}"));
        run(&format!("check --date {DATE}"));
        run("key show");
        run(&format!("key export {file}"));
        let exported =
            world.command(&world.project, &format!("key export --signing-subkey {file}")).output().unwrap();
        assert!(world.needles.found_in(&joined(&exported.stdout)).is_some(), "it is what was asked for");
        world.needles.absent_from(&exported.stderr, "standard error");
        let subkey = String::from_utf8(exported.stdout).unwrap();
        let mut in_variable = world.command(&world.project, &format!("build --date {DATE}"));
        world.search(in_variable.env("SECSITE_SIGNING_KEY", &subkey), 0);
        // The child that may see most: it is started by somebody whose environment holds everything.
        let mut edited = world.command(&world.project, "new advisory --edit");
        world.search(edited.env("SECSITE_SIGNING_KEY", &subkey), 3);
        let dump = |program: &str| fs::read_to_string(world.at(&format!("{program}.dump"))).unwrap();
        assert!(dump("editor").contains("HOME="), "the editor ran");
        assert!(dump("git").contains("ls-files"), "git was asked");
    });
}

/// The armor's lines in one.
fn joined(armored: &[u8]) -> Vec<u8> {
    armored.iter().copied().filter(|byte| *byte != b'\n').collect()
}

#[test]
fn not_where_the_key_is_refused() {
    each(|world| {
        let armored = String::from_utf8(world.key.secret_armored.to_vec()).unwrap();
        let build = || world.command(&world.project, &format!("build --date {DATE}"));
        // The primary secret; the body alone; half of it; a file that others can read.
        world.search(build().env("SECSITE_SIGNING_KEY", &armored), 3);
        let body: String = armored.lines().filter(|line| !line.contains(['-', ':', '='])).collect();
        world.search(build().env("SECSITE_SIGNING_KEY", &body), 3);
        world.search(build().env("SECSITE_SIGNING_KEY", &armored[..armored.len() / 2]), 3);
        world.search(build().arg("--key").arg(&body[..180]), 2);
        let open = world.at("keys/open.asc");
        fs::write(&open, &armored).unwrap();
        fs::set_permissions(&open, fs::Permissions::from_mode(0o644)).unwrap();
        world.search(build().arg("--key").arg(&open), 3);
        let secret = world.at("keys/secret.asc");
        world.search(build().arg("--key").arg(&secret).env("CI", "true"), 3);
        if world.passphrase.is_some() {
            let nearly = format!("{WORDS}x");
            world.search(build().arg("--key").arg(&secret).env("SECSITE_PASSPHRASE", nearly), 3);
        }
        // gpg-agent is asked for, beside a key that is there.
        for words in ["sign --agent", "build --agent"] {
            let mut agent = world.command(&world.project, &format!("{words} --date {DATE}"));
            world.search(agent.env("SECSITE_SIGNING_KEY", &armored), 3);
        }
        let dump = fs::read(world.at("gpgconf.dump")).unwrap();
        world.needles.absent_from(&dump, "what gpgconf was given");
        let dump = String::from_utf8_lossy(&dump);
        assert!(dump.contains("HOME=") && dump.contains("gpgconf"), "gpgconf ran: {dump}");
        for name in ["SECSITE_SIGNING_KEY", "SECSITE_PASSPHRASE"] {
            assert!(!dump.contains(name), "{dump}");
        }
    });
}

#[test]
fn not_where_the_build_fails() {
    each(|world| {
        let file = world.at("keys/secret.asc");
        let build = |project: &Project, more: &str| {
            world.command(project, &format!("build --date {DATE} --key {} {more}", file.display()))
        };
        world.project.write("in-the-way", "a file");
        world.search(&mut build(&world.project, "-o in-the-way"), 3);
        world.search(&mut build(&world.project, "-o in-the-way/deeper"), 3);
        world.project.write("themes/default/templates/home.html", "{{ nothing.there }}\n");
        world.search(&mut build(&world.project, ""), 1);
        world.project.write("themes/default/templates/home.html", "{% if %}\n");
        world.search(&mut build(&world.project, ""), 1);
    });
}

/// Row F1: a key in the policy is in a file of the site, but in nothing that is said of it.
#[test]
fn not_where_the_policy_holds_it() {
    each(|world| {
        let armored = String::from_utf8(world.key.secret_armored.to_vec()).unwrap();
        let line: String = armored.lines().filter(|line| !line.contains(['-', ':'])).collect();
        for pasted in [
            format!("key = {armored}"),
            format!("key = \"\"\"\n{armored}\"\"\""),
            format!("key = \"{line}\""),
            format!("key = {line}"),
            format!("{line} = 1"),
            format!("key = \"{armored}\""),
        ] {
            let project = Project::new();
            project.edit("policy.toml", "[advisories]\n", &format!("[advisories]\n{pasted}\n"));
            for command in
                ["check", "build --unsigned", "build --dev-key", "key show", "security-md", "check -f json"]
            {
                let said = Ran::of(&mut world.command(&project, command));
                assert_ne!(said.code, Some(0), "{command}: {pasted}");
                world.needles.absent_from(said.stderr.as_bytes(), command);
                world.needles.absent_from(said.stdout.as_bytes(), command);
            }
            search_tree(&world.needles, &project.path("public"));
        }
    });
}

/// A panic prints what the code puts into its message. The worst it could put there is every value that holds a secret.
#[test]
fn not_in_a_panic() {
    let world = World::new(Some(WORDS));
    let at = DATE.parse().unwrap();
    let signer = Signer::from_secret(&world.key.secret_armored, &mut || Some(WORDS.into()), at).unwrap();
    let secret = Secret::from(world.key.secret_armored.to_vec());
    let words = Passphrase::from(WORDS);
    let wish =
        NewKey { user_ids: vec!["x".into()], created: at, expires: None, passphrase: Some(words.clone()) };
    let problem =
        Signer::from_secret(&world.key.secret_armored, &mut || Some("wrong".into()), at).unwrap_err();
    let payload = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
        let key = &world.key;
        panic!("{signer:?} {signer:#?} {key:?} {secret:?} {words:?} {wish:?} {problem:?} {problem}");
    }))
    .unwrap_err();
    let message = payload.downcast_ref::<String>().unwrap();
    assert!(message.contains("Signer") && message.contains("NewKey"), "{message}");
    world.needles.absent_from(message.as_bytes(), "the panic");
    assert!(!message.contains("PRIVATE"), "{message}");
}

/// The file that holds a new secret is its owner's alone from its first moment on, and nothing else holds it.
#[test]
fn not_beside_a_new_key() {
    let world = World::new(Some(WORDS));
    let mut new = world.command(&world.project, "key new other@example.org");
    world.search(new.env("XDG_CONFIG_HOME", world.at("home/config")), 0);
    let folder = world.at("home/config/secsite");
    let made = fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path());
    let secret = made.into_iter().find(|path| path.to_string_lossy().ends_with(".secret.asc")).unwrap();
    assert_eq!(fs::metadata(&secret).unwrap().permissions().mode() & 0o777, 0o600);
    let bytes = fs::read(&secret).unwrap();
    fs::remove_file(&secret).unwrap();
    let needles = Needles::of(&bytes, Some(WORDS));
    for root in [world.project.root(), &world.at("home"), &world.at("tmp")] {
        search_tree(&needles, root);
    }
}
