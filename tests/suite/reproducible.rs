//! The same inputs, date and signatures give the same bytes, whatever the machine is set to.

use std::process::Command;

use crate::keys::{new_key, sign_with};
use crate::project::{DATE, Project, Ran, assert_same};

const FULL: &str = "tests/cases/inputs/every-key/site";

#[test]
fn surroundings_do_not_show() {
    let project = Project::copy(FULL);
    project.build().exits(0);
    let first = project.output();
    let surroundings: &[&[(&str, &str)]] = &[
        &[],
        &[("TZ", "Pacific/Kiritimati"), ("LC_ALL", "tr_TR.UTF-8"), ("LANG", "ja_JP.UTF-8")],
        &[("RAYON_NUM_THREADS", "1"), ("TZ", "America/Los_Angeles")],
        &[("RAYON_NUM_THREADS", "2"), ("CI", "true"), ("NO_COLOR", "1"), ("HOME", "/nonexistent")],
    ];
    for (at, set) in surroundings.iter().enumerate() {
        let mut command =
            project.command(["build", "--unsigned", "--date", DATE, "-o", &format!("out-{at}")]);
        Ran::of(command.envs(set.iter().copied())).exits(0);
        assert_same(&first, &crate::project::read_tree(&project.path(&format!("out-{at}"))));
    }
}

#[test]
fn place_and_umask_do_not_show() {
    let (here, there) = (Project::copy(FULL), Project::copy(FULL));
    here.build().exits(0);
    let mut shell = Command::new("sh");
    let script = format!("umask 077; cd \"$1\"; exec \"$2\" build --unsigned --date {DATE}");
    shell.arg("-c").arg(script).arg("sh").arg(there.root()).arg(env!("CARGO_BIN_EXE_secsite"));
    Ran::of(&mut shell).exits(0);
    assert_same(&here.output(), &there.output());
}

#[test]
fn line_ends_and_a_byte_order_mark_do_not_show() {
    let (plain, odd) = (Project::copy(FULL), Project::copy(FULL));
    for (path, bytes) in crate::project::read_tree(odd.root()) {
        if path.ends_with(".md") || path.ends_with(".toml") {
            let text = String::from_utf8(bytes).unwrap();
            odd.write(&path, format!("\u{feff}{}", text.replace('\n', "\r\n")));
        }
    }
    let said = [plain.build().exits(0).stderr, odd.build().exits(0).stderr];
    assert_same(&plain.output(), &odd.output());
    let findings =
        said.map(|text| text.lines().filter(|line| !line.starts_with("built ")).collect::<String>());
    assert_eq!(findings[0], findings[1]);
}

#[test]
fn stored_signatures_are_kept() {
    let project = Project::new();
    let secret = sign_with(&project, &new_key("2026-01-05T09:00:00Z", "2028-01-05T09:00:00Z"));
    let build = |date: &str| project.run(&format!("build --key {secret} --date {date}")).exits(0);
    build(DATE);
    let first = project.output();
    for (path, bytes) in &first {
        let cleartext = bytes.starts_with(b"-----BEGIN PGP SIGNED MESSAGE-----");
        if cleartext || path.ends_with(".asc") && !path.starts_with("keys/") {
            project.write(&format!("signatures/{path}"), bytes);
        }
    }

    // The same date: the same bytes, and nothing is signed.
    build(DATE).says("0 signatures made");
    assert_same(&first, &project.output());

    // A day later: what did not change keeps its signature.
    build("2026-11-23T00:00:00Z");
    let later = project.output();
    let mut kept = 0;
    for (path, bytes) in &first {
        let artifact = path.strip_suffix(".asc").unwrap_or(path);
        if path.ends_with(".asc") && first.get(artifact) == later.get(artifact) {
            assert!(later.get(path) == Some(bytes), "{path}");
            kept += 1;
        }
    }
    assert!(kept > 0);
    assert_eq!(first.get(".well-known/security.txt"), later.get(".well-known/security.txt"));

    // A stored signature over something else is not used.
    let stale = later["SHA256SUMS.asc"].clone();
    project.write("signatures/feed.atom.asc", stale);
    build(DATE);
    assert_ne!(project.output()["feed.atom.asc"], later["SHA256SUMS.asc"]);
}
