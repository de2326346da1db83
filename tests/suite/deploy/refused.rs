//! What is not deployed, and in which words that is said. The remote is as it was each time.

use std::fs;

use super::portal::{Portal, git_is_here};
use crate::project::{DATE, Ran, advisory};

/// Deploys, which must be refused with this code and these words.
#[track_caller]
fn refused(portal: &Portal, code: i32, says: &[&str]) {
    let before = portal.tip();
    let mut ran = portal.deploy("").exits(code);
    for text in says {
        ran = ran.says(text);
    }
    assert!(ran.stderr.contains("help: ") && !ran.stderr.contains("deployed version"), "{}", ran.stderr);
    assert_eq!(portal.tip(), before);
}

#[test]
fn sites_that_nobody_signed() {
    if !git_is_here() {
        return;
    }
    let portal = Portal::new();
    for (kind, words) in
        [("--unsigned", "is not signed"), ("--preview", "is not signed"), ("--dev-key", "does not name")]
    {
        portal.project.run(&format!("build {kind} --date {DATE}")).exits(0);
        refused(&portal, 1, &[words]);
    }
    portal.build();
    let policy = fs::read_to_string(portal.project.path("policy.toml")).unwrap();
    portal.project.write("policy.toml", policy.split("[signing]").next().unwrap());
    refused(&portal, 1, &["names nobody who signs"]);
}

#[test]
fn sites_that_are_not_what_was_signed() {
    if !git_is_here() {
        return;
    }
    let portal = Portal::new();
    fs::remove_file(portal.project.path("public/.well-known/security.txt")).unwrap();
    refused(&portal, 1, &["[missing]", "`.well-known/security.txt`"]);
    portal.build();
    portal.project.write("public/extra.html", "x");
    refused(&portal, 1, &["[added]", "`extra.html`"]);
    fs::remove_dir_all(portal.project.path("public")).unwrap();
    refused(&portal, 2, &["there is no folder", "secsite build"]);
}

#[test]
fn examples_placeholders_and_other_findings() {
    if !git_is_here() {
        return;
    }
    let portal = Portal::new();
    let policy = fs::read_to_string(portal.project.path("policy.toml")).unwrap();
    // An example domain warns elsewhere, and may be allowed there.
    let example = "\n[[contact]]\nkind = \"email\"\naddress = \"security@example.org\"\n\n[lints]\nexample-domain = \"allow\"\n";
    portal.project.write("policy.toml", policy.clone() + example);
    refused(&portal, 1, &["error[example-domain]", "nothing was deployed"]);
    portal.project.write("policy.toml", &policy);
    portal.project.write(
        "advisories/EXAMPLE-2026-0002.md",
        advisory("EXAMPLE-2026-0002", "").replace("twice.", "[INSERT TEXT]."),
    );
    refused(&portal, 1, &["placeholder-text"]);
    portal.project.write("advisories/EXAMPLE-2026-0002.md", advisory("EXAMPLE-2026-0002", "nonsense = 1"));
    refused(&portal, 1, &["unknown-key"]);
}

#[test]
fn advisories_that_are_held_back() {
    if !git_is_here() {
        return;
    }
    let portal = Portal::new();
    portal.deploy("").exits(0);
    // Published once, taken back into a draft: the history tells.
    let draft = advisory("EXAMPLE-2026-0001", "status = \"draft\"").replace("published = 2026-03-20\n", "");
    portal.project.write("advisories/EXAMPLE-2026-0001.md", &draft);
    portal.project.write("content/data/lines.txt", "other");
    portal.build();
    refused(&portal, 1, &["`EXAMPLE-2026-0001`", "was public: a former manifest"]);
    let ran = Ran::of(portal.command("").env("CI", "true")).exits(1).says("an advisory that is held back");
    assert!(!ran.stderr.contains("2026-0001"), "{}", ran.stderr);
    // Named by something else.
    portal.project.write("advisories/EXAMPLE-2026-0001.md", advisory("EXAMPLE-2026-0001", ""));
    portal.project.write("advisories/EXAMPLE-2026-0007.md", draft.replace("0001", "0007"));
    portal.project.write("content/data/lines.txt", "soon: example-2026-0007!");
    portal.build();
    refused(&portal, 1, &["`example-2026-0007`", "data/lines.txt"]);
    let ran = Ran::of(portal.command("").env("CI", "true")).exits(1).says("an advisory that is held back");
    assert!(!ran.stderr.contains("2026-0007"), "{}", ran.stderr);
    // In the branch alone, before secsite came.
    portal.project.write("content/data/lines.txt", "other");
    portal.build();
    portal.commit_to_branch("touch EXAMPLE-2026-0007.html");
    portal.commit_to_branch("git rm -q EXAMPLE-2026-0007.html");
    refused(&portal, 1, &["`EXAMPLE-2026-0007`", "the history of the branch tells of it"]);
}

#[test]
fn branches_of_others() {
    if !git_is_here() {
        return;
    }
    let portal = Portal::new();
    portal.commit_to_branch("echo blog.localhost > CNAME; echo hello > index.html");
    refused(&portal, 1, &["the site of `blog.localhost`", "`security.localhost`", "--branch"]);
    portal.commit_to_branch("echo SECURITY.localhost > CNAME");
    portal.deploy("").exits(0);
    let ran = portal.deploy("--branch main").exits(2).says("the branch that you are on");
    assert!(ran.stderr.contains("help: "), "{}", ran.stderr);
    portal.deploy("--remote nobody").exits(3).says("there is no such remote").says("git remote -v");
    portal.git(&["remote", "set-url", "--add", "--push", "origin", "/a"]);
    portal.git(&["remote", "set-url", "--add", "--push", "origin", "/b"]);
    portal.deploy("").exits(3).says("several addresses");
}

#[test]
fn older_releases_and_second_ones() {
    if !git_is_here() {
        return;
    }
    let portal = Portal::new();
    let old = portal.project.output();
    portal.build_with("more");
    portal.deploy("").exits(0).says("version 2");
    fs::remove_dir_all(portal.project.path("public")).unwrap();
    for (path, bytes) in &old {
        portal.project.write(&format!("public/{path}"), bytes);
    }
    refused(&portal, 1, &["version 1", "version 2", "rollback"]);
    // A second version 2, made from the same version 1.
    portal.build_with("less");
    refused(&portal, 1, &["does not go on from"]);
}

#[test]
fn places_without_git_or_a_repository() {
    let portal_of_nobody = crate::project::Project::new();
    let mut command = portal_of_nobody.command(["deploy", "github-pages"]);
    Ran::of(command.env_remove("PATH")).exits(1);
    if !git_is_here() {
        return;
    }
    let portal = Portal::new();
    let empty = tempfile::tempdir().unwrap();
    Ran::of(portal.command("").env("PATH", empty.path()))
        .exits(3)
        .says("cannot start `git`")
        .says("install git");
    fs::rename(portal.project.path(".git"), empty.path().join("git")).unwrap();
    let mut command = portal.command("");
    Ran::of(command.env("GIT_CEILING_DIRECTORIES", "/")).exits(3).says("a git repository").says("clone");
}
