//! What is signed verifies, with our own verifier and with programs of others.

use std::collections::BTreeSet;
use std::process::Command;

use secsite::openpgp::{Certificate, Verifier};

use crate::keys::{new_key, sign_with};
use crate::project::{DATE, Project, Ran};

fn built() -> Project {
    let project = Project::new();
    project.run(&format!("build --dev-key --date {DATE}")).exits(0);
    project
}

fn certificate(project: &Project) -> (String, Certificate) {
    let output = project.output();
    let mut keys = output.iter().filter(|(path, _)| path.starts_with("keys/") && path.ends_with(".asc"));
    let (path, bytes) = keys.next_back().unwrap();
    (path.clone(), Certificate::parse(bytes).unwrap())
}

#[test]
fn ours_verifies_all() {
    let project = built();
    let verifier = Verifier::new(&[certificate(&project).1], DATE.parse().unwrap());
    let output = project.output();
    let mut signed = 0;
    for (path, bytes) in &output {
        let Some(artifact) = path.strip_suffix(".asc").and_then(|path| output.get(path)) else { continue };
        verifier.detached(artifact, bytes).unwrap_or_else(|error| panic!("{path}: {error}"));
        let mut other = artifact.clone();
        other.push(b' ');
        assert!(verifier.detached(&other, bytes).is_err(), "{path}");
        signed += 1;
    }
    assert!(signed >= 3, "{signed}");
    let (text, _) = verifier.cleartext(&output[".well-known/security.txt"]).unwrap();
    assert!(text.contains("Contact: mailto:security@example.org"), "{text}");
}

#[test]
fn gpg_verifies_all() {
    if Command::new("gpg").arg("--version").output().is_err() {
        println!("skipped: gpg is missing");
        return;
    }
    let project = built();
    let home = tempfile::tempdir().unwrap();
    let gpg = |args: &[&str]| {
        let mut command = Command::new("gpg");
        // The key is a hundred days old at most; the machine's clock may be anywhere.
        command.args([
            "--homedir",
            home.path().to_str().unwrap(),
            "--batch",
            "--faked-system-time",
            "20261122T000100",
        ]);
        let output = command.args(args).current_dir(project.path("public")).output().unwrap();
        assert!(output.status.success(), "{args:?}: {}", String::from_utf8_lossy(&output.stderr));
    };
    gpg(&["--import", &certificate(&project).0]);
    let output = project.output();
    for path in output.keys() {
        if let Some(artifact) = path.strip_suffix(".asc").filter(|artifact| output.contains_key(*artifact)) {
            gpg(&["--verify", path, artifact]);
        }
    }
    gpg(&["--verify", ".well-known/security.txt"]);
}

#[test]
fn sha256sum_accepts_the_sums() {
    let project = built();
    let mut command = Command::new("sha256sum");
    let Ok(output) = command
        .args(["--check", "--strict", "--quiet", "SHA256SUMS"])
        .current_dir(project.path("public"))
        .output()
    else {
        println!("skipped: sha256sum is missing");
        return;
    };
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
}

#[test]
fn the_lists_are_complete() {
    let project = built();
    let output = project.output();
    let sums = String::from_utf8(output["SHA256SUMS"].clone()).unwrap();
    let summed: BTreeSet<&str> = sums.lines().map(|line| line.split_once("  ").unwrap().1).collect();
    let manifest: serde_json::Value =
        serde_json::from_slice(&output[".well-known/secsite/manifest.json"]).unwrap();
    let files = manifest["files"].as_array().unwrap();
    let listed: BTreeSet<&str> = files.iter().map(|file| file["path"].as_str().unwrap()).collect();
    let is_manifest = |path: &&str| path.starts_with(".well-known/secsite/");
    let is_sums = |path: &&str| path.starts_with("SHA256SUMS");
    let all: BTreeSet<&str> = output.keys().map(String::as_str).collect();
    let expected: BTreeSet<&str> = all.iter().copied().filter(|path| !is_manifest(path)).collect();
    assert_eq!(listed, expected);
    let expected: BTreeSet<&str> = expected.into_iter().filter(|path| !is_sums(path)).collect();
    assert_eq!(summed, expected);
    for file in files {
        let bytes = &output[file["path"].as_str().unwrap()];
        assert_eq!(file["size"].as_u64(), Some(bytes.len() as u64), "{file}");
    }
}

#[test]
fn a_key_that_cannot_be_read_is_not_quoted() {
    let project = Project::new();
    let key = new_key("2026-11-01T00:00:00Z", "2028-11-01T00:00:00Z");
    sign_with(&project, &key);
    let armored = String::from_utf8_lossy(&key.secret_armored).into_owned();
    let bare: String = armored.lines().filter(|line| !line.contains(['-', '=', ':'])).collect();
    let arguments = ["build", "--date", DATE];
    let by_variable = Ran::of(project.command(arguments).env("SECSITE_SIGNING_KEY", &bare)).exits(3);
    let by_flag = Ran::of(project.command(arguments).args(["--key", &bare[..200]])).exits(2);
    for said in [by_variable, by_flag] {
        let pieces = bare.as_bytes().windows(12).map(|piece| std::str::from_utf8(piece).unwrap());
        assert!(pieces.into_iter().all(|piece| !said.stderr.contains(piece)), "{}", said.stderr);
        assert!(said.stderr.contains("help: "), "{}", said.stderr);
    }
}
