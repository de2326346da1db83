//! The offline way, end to end, with the real git: signed in one clone, committed, built in another that has no key.

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::keys::{new_key, sign_with};
use crate::project::{Project, Ran, advisory, assert_same, read_tree};

/// Runs git, with nothing of this machine's configuration.
fn git(folder: &Path, args: &[&str]) {
    let mut command = Command::new("git");
    command
        .current_dir(folder)
        .args(["-c", "user.name=Test", "-c", "user.email=test@example.org"])
        .args(args);
    command.env("GIT_CONFIG_GLOBAL", "/dev/null").env("GIT_CONFIG_NOSYSTEM", "1");
    let output = command.output().unwrap();
    assert!(output.status.success(), "{args:?}: {}", String::from_utf8_lossy(&output.stderr));
}

/// Builds in a clone, without a key, in a zone, and tells where the site is.
fn build(clone: &Path, zone: &str) -> Ran {
    let mut command = Command::new(env!("CARGO_BIN_EXE_secsite"));
    command.env_clear().env("PATH", std::env::var_os("PATH").unwrap()).env("TZ", zone);
    Ran::of(command.arg("--root").arg(clone).arg("build"))
}

#[test]
fn a_clone_without_a_key_builds_what_was_signed() {
    if Command::new("git").arg("--version").output().is_err() {
        println!("skipped: git is missing");
        return;
    }
    let today = jiff::Timestamp::now();
    let day = |days: i64| {
        (today + jiff::SignedDuration::from_hours(24 * days)).strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
    };
    let owner = Project::new();
    owner.edit("policy.toml", "2026-11-01", &day(-3)[..10]);
    owner.write(".gitignore", "/public\n/secret.asc\n");
    let key = new_key(&day(-2), &day(700));
    let secret = sign_with(&owner, &key);
    owner.write(
        "advisories/EXAMPLE-2026-0002.md",
        advisory("EXAMPLE-2026-0002", "aliases = [\"CVE-2026-12345\"]"),
    );
    owner.write("advisories/EXAMPLE-2026-0666.md", advisory("EXAMPLE-2026-0666", "status = \"draft\""));
    git(owner.root(), &["init", "--quiet"]);
    Ran::of(&mut owner.command(["sign", "--key", &secret])).exits(0);
    git(owner.root(), &["add", "."]);
    git(owner.root(), &["commit", "--quiet", "--message", "Sign"]);

    let clones = tempfile::tempdir().unwrap();
    let sites: Vec<_> = [("a", "Pacific/Auckland", "false"), ("b", "America/Lima", "true")]
        .map(|(name, zone, carriage)| {
            let clone = clones.path().join(name);
            let from = owner.root().to_str().unwrap();
            // A checkout that turns line ends around must not touch signatures.
            git(clones.path(), &["-c", &format!("core.autocrlf={carriage}"), "clone", "--quiet", from, name]);
            assert!(!clone.join("secret.asc").exists());
            build(&clone, zone).exits(0).says("0 signatures made");
            clone.join("public")
        })
        .into();
    let site = read_tree(&sites[0]);
    assert_same(&site, &read_tree(&sites[1]));
    let signer = key.certificate.fingerprint().to_string();
    for public in &sites {
        let mut verify = owner.command(["verify", "--no-state", "--signer", &signer]);
        Ran::of(verify.arg(public)).exits(0);
    }
    // The owner's own build is the same, with the key or without.
    Ran::of(&mut owner.command(["build"])).exits(0);
    assert_same(&site, &owner.output());
    assert!(!site.iter().any(|(_, bytes)| String::from_utf8_lossy(bytes).contains("2026-0666")));

    // A commit that is not signed does not build anywhere, and leaves the site that is there.
    fs::write(clones.path().join("a/content.md"), "").unwrap();
    fs::create_dir_all(clones.path().join("a/content")).unwrap();
    fs::write(clones.path().join("a/content/x.md"), "+++\ntitle = \"X\"\n+++\n").unwrap();
    build(&clones.path().join("a"), "UTC").exits(1).says("new: x/index.html").says("secsite sign");
    assert_same(&site, &read_tree(&sites[0]));
}
