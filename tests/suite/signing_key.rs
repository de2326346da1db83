//! Where the secret key of a build may lie and what may be in it. What is refused leaves the old site as it was.

use std::fs;
use std::io::Write;
use std::os::unix::fs::PermissionsExt;
use std::os::unix::process::ExitStatusExt;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use secsite::openpgp::{Generated, NewKey};
use sequoia_openpgp::cert::CertBuilder;
use sequoia_openpgp::serialize::SerializeInto as _;

use crate::keys::{new_key, sign_with, write_secret};
use crate::project::{DATE, Project, Ran, assert_same};

const VARIABLE: &str = "SECSITE_SIGNING_KEY";

/// A site that was built once, and its key in `secret.asc`.
fn built() -> (Project, Generated) {
    let project = Project::new();
    let key = new_key("2026-01-05T09:00:00Z", "2028-01-05T09:00:00Z");
    sign_with(&project, &key);
    project.build().exits(0);
    (project, key)
}

fn build(project: &Project) -> Command {
    project.command(["build", "--date", DATE])
}

fn with_file(project: &Project) -> Command {
    let mut command = build(project);
    command.arg("--key").arg(project.path("secret.asc"));
    command
}

#[track_caller]
fn refused(project: &Project, command: &mut Command, says: &[&str]) {
    let before = project.output();
    let said = Ran::of(command).exits(3);
    for text in says {
        assert!(said.stderr.contains(text), "`{text}` is not in\n{}", said.stderr);
    }
    assert_same(&before, &project.output());
}

#[test]
fn the_primary_secret_stays_at_home() {
    let (project, key) = built();
    let fingerprint = key.certificate.fingerprint().to_string();
    let armored = String::from_utf8(key.secret_armored.to_vec()).unwrap();
    let gpg = format!("`gpg --armor --export-secret-subkeys {fingerprint}`");
    let ours = "`secsite key export FILE --signing-subkey`";
    let file = project.path("secret.asc");
    refused(&project, build(&project).env(VARIABLE, &armored), &["primary secret", ours, &gpg]);
    refused(&project, build(&project).env(VARIABLE, &file), &["primary secret", ours, &gpg]);
    let with_path = format!("`secsite key export {} --signing-subkey`", file.display());
    refused(&project, with_file(&project).env("CI", "true"), &["primary secret", &with_path, &gpg]);
    Ran::of(with_file(&project).env("CI", "false")).exits(0);

    // What the message tells to do is what helps.
    let exported = project.command(["key", "export", "--signing-subkey"]).arg(&file).output().unwrap();
    assert!(exported.status.success());
    let subkey = String::from_utf8(exported.stdout).unwrap();
    assert_eq!(secsite::openpgp::signer::primary_secret(subkey.as_bytes()), Ok(None));
    Ran::of(build(&project).env(VARIABLE, &subkey).env("CI", "true")).exits(0);
    write_secret(&project, "ci.asc", subkey.as_bytes());
    Ran::of(build(&project).env(VARIABLE, project.path("ci.asc")).env("CI", "1")).exits(0);
}

#[test]
fn a_primary_that_signs_needs_a_subkey_first() {
    let (project, _) = built();
    let (cert, _) = CertBuilder::new()
        .set_profile(sequoia_openpgp::Profile::RFC4880)
        .unwrap()
        .set_primary_key_flags(sequoia_openpgp::types::KeyFlags::empty().set_certification().set_signing())
        .add_userid("security@example.org")
        .generate()
        .unwrap();
    let armored = String::from_utf8(cert.as_tsk().armored().to_vec().unwrap()).unwrap();
    let add = format!("`gpg --quick-add-key {} ed25519 sign 1y`", cert.fingerprint().to_hex());
    refused(&project, build(&project).env(VARIABLE, &armored), &["primary secret", &add]);
    write_secret(&project, "own.asc", armored.as_bytes());
    let export = project.run(&format!("key export --signing-subkey {}", project.path("own.asc").display()));
    export.exits(3).says(&add);
}

#[test]
fn others_cannot_read_the_file() {
    let (project, _) = built();
    for mode in [0o640, 0o604, 0o620, 0o644, 0o666] {
        fs::set_permissions(project.path("secret.asc"), fs::Permissions::from_mode(mode)).unwrap();
        let path = project.path("secret.asc");
        let words = [&*format!("(its mode is {mode:04o})"), &*format!("`chmod 600 {}`", path.display())];
        refused(&project, &mut with_file(&project), &words);
        refused(&project, build(&project).env(VARIABLE, &path), &words);
    }
    fs::set_permissions(project.path("secret.asc"), fs::Permissions::from_mode(0o400)).unwrap();
    Ran::of(&mut with_file(&project)).exits(0);
}

#[test]
fn a_pipe_will_do() {
    let (project, key) = built();
    let mut command = build(&project);
    command.args(["--key", "/dev/stdin"]).stdin(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    child.stdin.take().unwrap().write_all(&key.secret_armored).unwrap();
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn git_does_not_keep_the_file() {
    let (project, _) = built();
    let git = |args: &[&str]| {
        let mut git = Command::new("git");
        git.current_dir(project.root()).args(["-c", "init.defaultBranch=main"]).args(args);
        git.env_remove("GIT_DIR")
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .status()
            .is_ok_and(|s| s.success())
    };
    if !git(&["init"]) {
        println!("skipped: git is missing");
        return;
    }
    Ran::of(&mut with_file(&project)).exits(0);
    assert!(git(&["add", "secret.asc"]));
    let help = format!("`git rm --cached {}`", project.path("secret.asc").display());
    refused(&project, &mut with_file(&project), &["is tracked by git", &help]);
    refused(
        &project,
        build(&project).env(VARIABLE, project.path("secret.asc")),
        &["is tracked by git", &help],
    );
    // Nor through a link from elsewhere, nor where the caller's variables point git to another place.
    let elsewhere = tempfile::tempdir().unwrap();
    std::os::unix::fs::symlink(project.path("secret.asc"), elsewhere.path().join("link.asc")).unwrap();
    let mut by_link = build(&project);
    by_link.arg("--key").arg(elsewhere.path().join("link.asc")).env("GIT_DIR", elsewhere.path());
    refused(&project, &mut by_link, &["is tracked by git"]);
    assert!(git(&["rm", "--cached", "secret.asc"]));
    Ran::of(&mut with_file(&project)).exits(0);
}

#[test]
fn passphrases_do_not_make_anybody_wait() {
    let (project, _) = built();
    let new = NewKey {
        user_ids: vec!["security@example.org".into()],
        created: "2026-01-05T09:00:00Z".parse().unwrap(),
        expires: None,
        passphrase: Some("right".into()),
    };
    write_secret(&project, "secret.asc", &new.generate().unwrap().secret_armored);
    let began = Instant::now();
    refused(&project, &mut with_file(&project), &["protected by a passphrase and none was given", "help:"]);
    let wrong = "the passphrase does not open the key";
    refused(&project, with_file(&project).env("SECSITE_PASSPHRASE", "wrong"), &[wrong, "help:"]);
    // A pipe that stays open is no terminal.
    let mut waiting = with_file(&project);
    let mut child = waiting.stdin(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
    let pipe = child.stdin.take();
    assert_eq!(child.wait().unwrap().code(), Some(3));
    drop(pipe);
    assert!(began.elapsed() < Duration::from_secs(120));
}

/// A signal that makes other programs leave a core file behind. Where the machine is set to make none, nothing is tried.
#[test]
#[cfg(target_os = "linux")]
fn memory_is_not_dumped() {
    let folder = tempfile::tempdir().unwrap();
    let pipe = folder.path().join("pipe");
    assert!(Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    let dumps = |program: &str, reads: bool| {
        let mut child = Command::new("sh");
        child.current_dir(folder.path()).args(["-c", &format!("ulimit -c unlimited; exec {program}")]);
        let mut child = child.stderr(Stdio::null()).spawn().unwrap();
        // Whoever opens a pipe to write waits until somebody reads it, which is the last thing that the program does.
        let _writer = reads.then(|| fs::OpenOptions::new().write(true).open(&pipe).unwrap());
        let killed = Command::new("kill").args(["-ABRT", &child.id().to_string()]).status().unwrap();
        assert!(killed.success());
        let status = child.wait().unwrap();
        assert_eq!(status.signal(), Some(6), "{program}");
        status.core_dumped()
    };
    if !dumps("sleep 60", false) {
        println!("skipped: this machine makes no core files");
        return;
    }
    // It waits for the key, which nobody writes.
    let program = env!("CARGO_BIN_EXE_secsite");
    assert!(!dumps(&format!("{program} key export {}", pipe.display()), true));
}
