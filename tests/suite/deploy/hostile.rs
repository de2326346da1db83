//! Repositories, configurations and environments that would have their say in what is published.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use super::portal::{Portal, git_is_here};
use crate::project::{Ran, assert_same};

fn program(path: &Path, script: &str) {
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, format!("#!/bin/sh\n{script}\n")).unwrap();
    fs::set_permissions(path, fs::Permissions::from_mode(0o755)).unwrap();
}

#[test]
fn nothing_of_the_users_has_a_say_or_is_touched() {
    if !git_is_here() {
        return;
    }
    let portal = Portal::new();
    let traces = tempfile::tempdir().unwrap();
    let trace = |name: &str| traces.path().join(name).to_str().unwrap().to_owned();
    // Hooks, in the usual place and in another.
    let hooks = traces.path().join("hooks");
    for hook in [
        "pre-push",
        "reference-transaction",
        "post-index-change",
        "pre-auto-gc",
        "commit-msg",
        "post-commit",
        "post-checkout",
    ] {
        let script = format!("touch '{}'; exit 1", trace(hook));
        program(&portal.project.path(".git/hooks").join(hook), &script);
        program(&hooks.join(hook), &script);
    }
    let touch = |name: &str| format!("touch '{}'; cat", trace(name));
    portal.project.write(".gitattributes", "* text eol=crlf filter=evil ident\n*.html export-ignore\n");
    portal.project.write(".git/info/attributes", "* filter=evil working-tree-encoding=UTF-16\n");
    let monitor = traces.path().join("monitor.sh");
    program(&monitor, &touch("fsmonitor"));
    for (key, value) in [
        ("core.hooksPath", hooks.to_str().unwrap()),
        ("core.autocrlf", "true"),
        ("core.safecrlf", "true"),
        ("core.eol", "crlf"),
        ("core.fsmonitor", monitor.to_str().unwrap()),
        ("core.splitIndex", "true"),
        ("core.sparseCheckout", "true"),
        ("core.logAllRefUpdates", "always"),
        ("filter.evil.clean", &touch("clean")),
        ("filter.evil.smudge", &touch("smudge")),
        ("filter.evil.process", &touch("process")),
        ("filter.evil.required", "true"),
        ("commit.gpgSign", "true"),
        ("push.gpgSign", "true"),
        ("gpg.program", monitor.to_str().unwrap()),
        ("push.followTags", "true"),
        ("push.default", "matching"),
        ("push.recurseSubmodules", "on-demand"),
        ("fetch.prune", "true"),
        ("fetch.writeCommitGraph", "true"),
        ("remote.origin.mirror", "true"),
        ("remote.origin.prune", "true"),
        ("gc.auto", "1"),
        ("i18n.commitEncoding", "ISO-8859-1"),
        ("diff.external", monitor.to_str().unwrap()),
        ("core.pager", monitor.to_str().unwrap()),
    ] {
        portal.git(&["config", key, value]);
    }
    // Two rewritings of the address, one for pushing alone.
    let bare = portal.bare.path().to_str().unwrap();
    portal.git(&["config", &format!("url.{bare}.insteadOf"), "portal:site"]);
    portal.git(&["config", "remote.origin.url", "portal:site"]);
    // A dirty work tree, a dirty index, nothing checked out, and a tag that nobody is to see.
    portal.project.write("policy-draft.txt", "not staged");
    fs::write(portal.project.path(".git/hooks/none"), "x").unwrap();
    portal.git(&[
        "-c",
        "core.hooksPath=/dev/null",
        "-c",
        "core.fsmonitor=false",
        "update-ref",
        "refs/tags/private",
        "HEAD",
    ]);
    portal.git(&["-c", "core.hooksPath=/dev/null", "update-ref", "--no-deref", "HEAD", "HEAD"]);
    fs::remove_dir_all(traces.path().join("hooks-ran")).ok();
    for entry in fs::read_dir(traces.path()).unwrap() {
        let path = entry.unwrap().path();
        if path.is_file() && path != monitor {
            fs::remove_file(path).unwrap();
        }
    }
    let (before, stirred) = (portal.surroundings(), fs::read_dir(traces.path()).unwrap().count());

    let other = tempfile::tempdir().unwrap();
    let mut command = portal.command("-v");
    for (name, value) in [
        ("GIT_DIR", other.path().join("x.git").to_str().unwrap()),
        ("GIT_WORK_TREE", other.path().to_str().unwrap()),
        ("GIT_INDEX_FILE", other.path().join("index").to_str().unwrap()),
        ("GIT_OBJECT_DIRECTORY", other.path().join("objects").to_str().unwrap()),
        ("GIT_COMMON_DIR", other.path().to_str().unwrap()),
        ("GIT_NAMESPACE", "elsewhere"),
        ("GIT_PREFIX", "sub/"),
        ("GIT_CONFIG_PARAMETERS", "'core.bare'='true'"),
        ("GIT_CONFIG_COUNT", "1"),
        ("GIT_CONFIG_KEY_0", "core.bare"),
        ("GIT_CONFIG_VALUE_0", "true"),
        ("GIT_TRACE", "1"),
        ("GIT_AUTHOR_NAME", "Nobody"),
        ("GIT_AUTHOR_DATE", "2001-01-01T00:00:00"),
        ("GIT_ALLOW_PROTOCOL", "none"),
        ("GIT_EDITOR", monitor.to_str().unwrap()),
        ("GIT_EXTERNAL_DIFF", monitor.to_str().unwrap()),
        ("SECSITE_PASSPHRASE", "words of an example"),
    ] {
        command.env(name, value);
    }
    let ran = Ran::of(&mut command).exits(0).says(bare);
    assert!(!ran.stderr.contains("trace:"), "{}", ran.stderr);
    assert_same(&portal.branch(), &portal.project.output());
    assert_same(&portal.surroundings(), &before);
    assert_eq!(fs::read_dir(traces.path()).unwrap().count(), stirred, "a hook or filter ran");
    assert_eq!(fs::read_dir(other.path()).unwrap().count(), 0);
    assert_eq!(portal.remote(&["for-each-ref", "--format=%(refname)"]), "refs/heads/gh-pages\n");
    let told = portal.remote(&["log", "-1", "--format=%an %ad", "--date=short", "gh-pages"]);
    assert_eq!(told, "Maintainer 2026-11-22\n");
}

#[test]
fn remotes_that_are_programs_are_refused() {
    if !git_is_here() {
        return;
    }
    let portal = Portal::new();
    let traces = tempfile::tempdir().unwrap();
    let touched = traces.path().join("x");
    let touched = touched.to_str().unwrap();
    for remote in [
        &format!("--remote=--upload-pack=touch$IFS{touched}"),
        &format!("--remote=ext::touch% {touched}"),
        "--remote=fd::3",
    ] {
        let mut command = portal.command("");
        Ran::of(command.arg(remote)).exits(2);
    }
    for branch in ["-f", "a..b", "x:y", "+x", ""] {
        let mut command = portal.command("");
        Ran::of(command.arg(format!("--branch={branch}"))).exits(2);
    }
    // By the configuration, too.
    portal.git(&["config", "remote.origin.url", &format!("ext::touch {touched}")]);
    portal.git(&["config", "protocol.ext.allow", "always"]);
    portal.deploy("").exits(3);
    portal.git(&["config", "remote.origin.url", "-evil"]);
    portal.deploy("").exits(3);
    assert_eq!(fs::read_dir(traces.path()).unwrap().count(), 0);
}

#[test]
fn no_password_is_printed_or_handed_to_a_program() {
    if !git_is_here() {
        return;
    }
    let portal = Portal::new();
    let ran = portal.deploy("--remote https://me:s3cret@127.0.0.1:1/x.git").exits(2).says("password");
    assert!(!ran.stderr.contains("s3cret"), "{}", ran.stderr);
    portal.git(&["config", "remote.origin.url", "https://me:s3cret@127.0.0.1:1/x.git"]);
    // A git that notes how it was called, for as long as it is called by us.
    let tools = tempfile::tempdir().unwrap();
    let noted = tools.path().join("noted");
    let real = std::env::var("PATH").unwrap();
    program(
        &tools.path().join("git"),
        &format!("echo \"$@\" >> '{}'\nPATH='{real}' exec git \"$@\"", noted.display()),
    );
    let mut command = portal.command("");
    command.env("PATH", format!("{}:{real}", tools.path().display())).env("GIT_TERMINAL_PROMPT", "0");
    let ran = Ran::of(&mut command).exits(3).says("127.0.0.1:1/x.git");
    assert!(!ran.stderr.contains("s3cret"), "{}", ran.stderr);
    let noted = fs::read_to_string(noted).unwrap();
    assert!(noted.contains("ls-remote") && !noted.contains("s3cret"), "{noted}");
}

#[test]
fn a_remote_that_moves_ahead_is_not_overwritten() {
    if !git_is_here() {
        return;
    }
    let portal = Portal::new();
    portal.deploy("").exits(0);
    portal.build_with("more");
    let before = portal.surroundings();
    for undone in [false, true] {
        // Somebody else pushes, or takes a push back, between our look and our push.
        let (tools, bare, real) =
            (tempfile::tempdir().unwrap(), portal.bare.path().display(), std::env::var("PATH").unwrap());
        let move_it = match undone {
            false => {
                "git -C BARE update-ref refs/heads/gh-pages $(git -C BARE -c user.name=x -c user.email=x commit-tree -p gh-pages -m other gh-pages^{tree})"
            }
            true => "git -C BARE update-ref refs/heads/gh-pages gh-pages^",
        };
        let move_it = move_it.replace("BARE", &format!("'{bare}'"));
        let script = format!(
            "PATH='{real}'\ncase \" $* \" in *' push '*) (unset $(env | grep -o '^GIT_[A-Z_0-9]*'); {move_it});; esac\nexec git \"$@\""
        );
        program(&tools.path().join("git"), &script);
        let mut command = portal.command("");
        command.env("PATH", format!("{}:{real}", tools.path().display()));
        let seen = portal.tip();
        Ran::of(&mut command).exits(3).says("has moved meanwhile");
        assert_ne!(portal.tip(), seen);
        assert!(!portal.branch().contains_key("more/index.html"));
        assert_same(&portal.surroundings(), &before);
    }
    portal.deploy("").exits(0);
    assert_same(&portal.branch(), &portal.project.output());
}

#[test]
fn a_remote_that_keeps_something_else_is_found_out() {
    if !git_is_here() {
        return;
    }
    let portal = Portal::new();
    // The remote's own hook replaces what was pushed.
    let script = "while read -r old new name; do git update-ref \"$name\" $(git -c user.name=x -c user.email=x commit-tree -m other $(git mktree </dev/null)); done";
    program(&portal.bare.path().join("hooks/post-receive"), script);
    portal.deploy("").exits(3).says("is not at the commit that was pushed");
    // And a remote that takes nothing says why.
    fs::remove_file(portal.bare.path().join("hooks/post-receive")).unwrap();
    portal.remote(&["update-ref", "-d", "refs/heads/gh-pages"]);
    program(&portal.bare.path().join("hooks/pre-receive"), "echo no pages on Sundays >&2; exit 1");
    portal.deploy("").exits(3).says("pre-receive hook declined");
    assert_eq!(portal.tip(), "");
}
