//! Keys that gpg made and holds: a portal signed through gpg-agent, and judged by secsite, gpg and sq.

use std::path::Path;
use std::process::{Command, Output};

use tempfile::TempDir;

use crate::project::{Project, Ran, assert_same};

/// A home of gpg's that goes with its agent.
struct Home(TempDir);

impl Home {
    /// `None`, said aloud, where there is no gpg.
    fn new() -> Option<Self> {
        if Command::new("gpg").arg("--version").output().is_err() {
            println!("skipped: gpg is missing");
            return None;
        }
        // The path of a socket has a hundred bytes at most, so the folder lies as high up as it can.
        Some(Self(tempfile::Builder::new().prefix("sg").tempdir_in("/tmp").unwrap()))
    }

    fn path(&self) -> &Path {
        self.0.path()
    }

    fn gpg(&self, args: &[&str]) -> Output {
        let mut command = Command::new("gpg");
        command.arg("--homedir").arg(self.path()).args(["--batch", "--quiet", "--passphrase", ""]);
        let output = command.args(["--pinentry-mode", "loopback"]).args(args).output().unwrap();
        assert!(output.status.success(), "{args:?}: {}", String::from_utf8_lossy(&output.stderr));
        output
    }

    fn fingerprint(&self) -> String {
        let listed = self.gpg(&["--with-colons", "--list-keys"]).stdout;
        let listed = String::from_utf8(listed).unwrap();
        listed
            .lines()
            .find_map(|line| line.strip_prefix("fpr:::::::::"))
            .unwrap()
            .trim_end_matches(':')
            .to_owned()
    }
}

impl Drop for Home {
    fn drop(&mut self) {
        let _ = Command::new("gpgconf").arg("--homedir").arg(self.path()).args(["--kill", "all"]).status();
    }
}

/// A project whose key gpg has made and holds.
fn project(home: &Home, algorithm: &str) -> (Project, String) {
    home.gpg(&["--quick-gen-key", "Security team <security@example.org>", algorithm, "default", "2y"]);
    let fingerprint = home.fingerprint();
    let project = Project::new();
    // gpg dates a key by the clock of this machine.
    let today = jiff::Timestamp::now().strftime("%Y-%m-%d").to_string();
    project.edit("policy.toml", "2026-11-01", &today);
    project.write("keys/security.asc", home.gpg(&["--armor", "--export", &fingerprint]).stdout);
    let policy = std::fs::read_to_string(project.path("policy.toml")).unwrap();
    let lines = format!(
        "\n[[key]]\nid = \"team\"\nfile = \"keys/security.asc\"\nfingerprint = \"{fingerprint}\"\npurpose = \
         [\"sign-advisories\"]\n\n[signing]\nkey = \"team\"\n"
    );
    project.write("policy.toml", policy + &lines);
    (project, fingerprint)
}

fn run(project: &Project, home: &Home, words: &str) -> Ran {
    Ran::of(project.command(words.split_whitespace()).env("GNUPGHOME", home.path()))
}

/// Everything signed, by every judge that is here.
fn judge(project: &Project, fingerprint: &str) {
    let public = project.path("public");
    let ran = project.run(&format!("verify {} --signer {fingerprint} --no-state", public.to_str().unwrap()));
    ran.exits(0);
    let site = project.output();
    let signed: Vec<(&str, &str)> = site
        .keys()
        .filter_map(|path| {
            Some((path.strip_suffix(".asc").filter(|it| site.contains_key(*it))?, path.as_str()))
        })
        .collect();
    assert!(signed.len() >= 3);
    let home = Home::new().unwrap();
    home.gpg(&["--import", public.join(format!("keys/{fingerprint}.asc")).to_str().unwrap()]);
    let at = |path: &str| public.join(path).to_str().unwrap().to_owned();
    for (artifact, signature) in &signed {
        home.gpg(&["--verify", &at(signature), &at(artifact)]);
    }
    home.gpg(&["--verify", &at(".well-known/security.txt")]);
    judge_with_sq(&public, &signed, &at(&format!("keys/{fingerprint}.asc")));
}

/// sq 1 and the older one of Debian spell their options differently.
fn judge_with_sq(public: &Path, signed: &[(&str, &str)], certificate: &str) {
    let Ok(help) = Command::new("sq").args(["verify", "--help"]).output() else {
        println!("skipped: sq is missing");
        return;
    };
    let new = String::from_utf8_lossy(&help.stdout).contains("--signature-file");
    let (signer, signature) =
        if new { ("--signer-file", "--signature-file") } else { ("--signer-cert", "--detached") };
    let sq = |args: &[&str]| {
        let output =
            Command::new("sq").args(["verify", signer, certificate]).args(args).current_dir(public).output();
        let output = output.unwrap();
        assert!(output.status.success(), "{args:?}: {}", String::from_utf8_lossy(&output.stderr));
    };
    for (artifact, beside) in signed {
        sq(&[signature, beside, artifact]);
    }
    sq(if new { &["--cleartext", ".well-known/security.txt"] } else { &[".well-known/security.txt"] });
}

fn signed_through_the_agent(algorithm: &str) {
    let Some(home) = Home::new() else { return };
    let (project, fingerprint) = project(&home, algorithm);
    run(&project, &home, "sign").exits(0).says("signed version 1");
    run(&project, &home, "sign --agent").exits(0);
    project.run("build").exits(0).says("0 signatures made");
    judge(&project, &fingerprint);
    // The agent in the build itself, without a store.
    std::fs::remove_dir_all(project.path("signatures")).unwrap();
    std::fs::remove_dir_all(project.path("public")).unwrap();
    run(&project, &home, "build --agent").exits(0);
    judge(&project, &fingerprint);
}

#[test]
fn ed25519_signs_through_the_agent() {
    signed_through_the_agent("ed25519");
}

#[test]
fn rsa_4096_signs_through_the_agent() {
    signed_through_the_agent("rsa4096");
}

#[test]
fn a_subkey_of_gpgs_signs_from_a_file() {
    let Some(home) = Home::new() else { return };
    home.gpg(&["--quick-gen-key", "Security team <security@example.org>", "ed25519", "cert", "2y"]);
    home.gpg(&["--quick-add-key", &home.fingerprint(), "ed25519", "sign", "1y"]);
    let project = Project::new();
    let (fingerprint, today) = (home.fingerprint(), jiff::Timestamp::now().strftime("%Y-%m-%d").to_string());
    project.edit("policy.toml", "2026-11-01", &today);
    project.write("keys/security.asc", home.gpg(&["--armor", "--export", &fingerprint]).stdout);
    let policy = std::fs::read_to_string(project.path("policy.toml")).unwrap();
    let entry =
        format!("\n[[key]]\nid = \"team\"\nfile = \"keys/security.asc\"\nfingerprint = \"{fingerprint}\"\n");
    project.write("policy.toml", format!("{policy}{entry}\n[signing]\nkey = \"team\"\n"));
    let secret = home.gpg(&["--armor", "--export-secret-subkeys", &fingerprint]).stdout;
    let secret = String::from_utf8(secret).unwrap();
    let ran = Ran::of(project.command(["build"]).env("SECSITE_SIGNING_KEY", secret).env("CI", "true"));
    ran.exits(0);
    judge(&project, &fingerprint);
}

#[test]
fn an_agent_without_the_key_says_so() {
    let Some(home) = Home::new() else { return };
    let (project, _) = project(&home, "ed25519");
    let Some(other) = Home::new() else { return };
    let ran = run(&project, &other, "sign").exits(3);
    ran.says("gpg --list-secret-keys");
    assert!(!project.path("signatures").exists());
}

#[test]
fn a_build_that_the_agent_fails_leaves_the_old_site() {
    let Some(home) = Home::new() else { return };
    let (project, _) = project(&home, "ed25519");
    run(&project, &home, "build --agent").exits(0);
    let before = project.output();
    project.write("content/notes.md", "+++\ntitle = \"Notes\"\n+++\n\nNew.\n");
    // The key has a passphrase now, the agent has forgotten it, and there is no terminal to ask on.
    let grip = String::from_utf8(home.gpg(&["--with-colons", "--with-keygrip", "--list-secret-keys"]).stdout)
        .unwrap();
    let grip = grip
        .lines()
        .find_map(|line| line.strip_prefix("grp:::::::::"))
        .unwrap()
        .trim_end_matches(':')
        .to_owned();
    let file = home.path().join(format!("private-keys-v1.d/{grip}.key"));
    let locked = std::fs::read(&file).unwrap();
    std::fs::write(&file, "(21:protected-private-key(3:ecc))").unwrap();
    let _ = Command::new("gpgconf").arg("--homedir").arg(home.path()).args(["--kill", "gpg-agent"]).status();
    let started = std::time::Instant::now();
    run(&project, &home, "build --agent").exits(3);
    assert!(started.elapsed().as_secs() < 120);
    assert_same(&before, &project.output());
    std::fs::write(&file, locked).unwrap();
    run(&project, &home, "build --agent").exits(0);
    // A key that is gone.
    let before = project.output();
    std::fs::remove_file(&file).unwrap();
    project.write("content/more.md", "+++\ntitle = \"More\"\n+++\n\nNew.\n");
    run(&project, &home, "build --agent").exits(3).says("gpg --list-secret-keys");
    assert_same(&before, &project.output());
}

/// Row E4: no card is touched, and nobody asked for a passphrase, for a site that will not be.
#[test]
fn the_agent_signs_nothing_for_a_site_with_an_error() {
    let Some(home) = Home::new() else { return };
    let log = home.path().join("agent.log");
    std::fs::write(
        home.path().join("gpg-agent.conf"),
        format!("log-file {}\ndebug-level expert\n", log.display()),
    )
    .unwrap();
    let (project, _) = project(&home, "ed25519");
    // The agent may log bytes of a signature as they are.
    let logged = || std::fs::read(&log).unwrap_or_default();
    let signed = || String::from_utf8_lossy(&logged()).matches("<- PKSIGN").count();
    let at_first = signed();
    assert!(at_first > 0, "gpg signed the new key itself");
    let refused = |what: &str| {
        for words in ["sign", "sign --agent", "build --agent"] {
            run(&project, &home, words).exits(1).says(what);
            assert_eq!(signed(), at_first, "{words}");
        }
        assert!(!project.path("signatures").exists() && !project.path("public").exists());
    };
    let last = "advisories/EXAMPLE-2026-0002.md";
    project.write(last, crate::project::advisory("EXAMPLE-2026-0002", "severty = \"high\""));
    refused("severty");
    project.write(last, crate::project::advisory("EXAMPLE-2026-0002", ""));
    // Only whoever bakes the page finds this one.
    project.write("themes/default/templates/home.html", "{{ nothing.there }}\n");
    refused("home.html");
    std::fs::remove_dir_all(project.path("themes")).unwrap();
    run(&project, &home, "sign").exits(0);
    assert!(signed() > at_first, "{}", String::from_utf8_lossy(&logged()));
}

#[test]
fn a_passphrase_comes_from_the_variable_or_not_at_all() {
    let Some(home) = Home::new() else { return };
    let mut command = Command::new("gpg");
    command.arg("--homedir").arg(home.path()).args([
        "--batch",
        "--quiet",
        "--pinentry-mode",
        "loopback",
        "--passphrase",
        "correct horse",
    ]);
    let made = command
        .args(["--quick-gen-key", "Security team <security@example.org>", "ed25519", "default", "2y"])
        .status();
    assert!(made.unwrap().success());
    let (fingerprint, today) = (home.fingerprint(), jiff::Timestamp::now().strftime("%Y-%m-%d").to_string());
    let project = Project::new();
    project.edit("policy.toml", "2026-11-01", &today);
    project.write("keys/security.asc", home.gpg(&["--armor", "--export", &fingerprint]).stdout);
    let policy = std::fs::read_to_string(project.path("policy.toml")).unwrap();
    let entry =
        format!("\n[[key]]\nid = \"team\"\nfile = \"keys/security.asc\"\nfingerprint = \"{fingerprint}\"\n");
    project.write("policy.toml", format!("{policy}{entry}\n[signing]\nkey = \"team\"\n"));
    let forget = || {
        let _ =
            Command::new("gpgconf").arg("--homedir").arg(home.path()).args(["--kill", "gpg-agent"]).status();
    };
    let sign = |passphrase: Option<&str>| {
        forget();
        let started = std::time::Instant::now();
        let mut command = project.command(["sign"]);
        command.env("GNUPGHOME", home.path());
        command.envs(passphrase.map(|words| ("SECSITE_PASSPHRASE", words)));
        let ran = Ran::of(&mut command);
        assert!(started.elapsed().as_secs() < 120);
        ran
    };
    sign(None).exits(3).says("SECSITE_PASSPHRASE");
    let ran = sign(Some("battery staple")).exits(3).says("passphrase");
    assert!(!ran.stderr.contains("battery"), "{}", ran.stderr);
    assert!(!project.path("signatures").exists());
    sign(Some("correct horse")).exits(0);
}

#[test]
fn subkeys_that_end_first_are_in_the_calendar() {
    let Some(home) = Home::new() else { return };
    home.gpg(&["--quick-gen-key", "Security team <security@example.org>", "ed25519", "cert", "2y"]);
    let fingerprint = home.fingerprint();
    home.gpg(&["--quick-add-key", &fingerprint, "ed25519", "sign", "400d"]);
    home.gpg(&["--quick-add-key", &fingerprint, "cv25519", "encr", "200d"]);
    let project = Project::new();
    project.write("keys/team.asc", home.gpg(&["--armor", "--export", &fingerprint]).stdout);
    let today = jiff::Timestamp::now().strftime("%Y-%m-%d").to_string();
    project.edit("policy.toml", "reviewed = 2026-11-01", &format!("reviewed = {today}"));
    let policy = std::fs::read_to_string(project.path("policy.toml")).unwrap();
    let key =
        format!("\n[[key]]\nid = \"team\"\nfile = \"keys/team.asc\"\nfingerprint = \"{fingerprint}\"\n");
    let ends = |purpose: &str| -> Vec<String> {
        project.write("policy.toml", format!("{policy}{key}purpose = [{purpose}]\n"));
        project.run("build --unsigned").exits(0);
        let events =
            String::from_utf8(project.output()["renewals.ics"].clone()).unwrap().replace("\r\n ", "");
        let lines = events.lines().filter_map(|line| line.strip_prefix("SUMMARY:Example: "));
        lines.filter(|line| line.ends_with(": team")).map(str::to_owned).collect()
    };
    let (whole, sign, encrypt) = (
        "the key ends: team",
        "the key can no longer sign: team",
        "nobody can encrypt to the key any more: team",
    );
    assert_eq!(ends("\"encrypt\", \"sign-advisories\""), [whole, sign, encrypt]);
    assert_eq!(ends("\"encrypt\""), [whole, encrypt]);
    assert_eq!(ends(""), [whole]);
}
