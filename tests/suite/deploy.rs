//! `deploy github-pages` against real repositories on this disk (guarantee G16, threats I4 to I7): exactly the manifest's
//! files reach the branch, or nothing does; and nothing of the user's is touched, whatever their git is set to do.

mod first_time;
mod hostile;
mod killed;
mod live;
mod portal;
mod refused;

use crate::project::{DATE, assert_same};
use portal::{Portal, git_is_here};

#[test]
fn the_branch_is_exactly_the_site() {
    if !git_is_here() {
        return;
    }
    let portal = Portal::new();
    let before = portal.surroundings();
    let ran = portal.deploy("").exits(0).says("deployed version 1");
    assert!(ran.stdout.is_empty(), "{}", ran.stdout);
    assert_same(&portal.branch(), &portal.project.output());
    assert!(portal.branch().contains_key(".nojekyll"));
    assert_eq!(portal.branch()["CNAME"], b"security.localhost\n");
    assert_same(&portal.surroundings(), &before);
    let modes = portal.remote(&["ls-tree", "-r", "--format=%(objectmode)", "gh-pages"]);
    assert!(modes.lines().all(|mode| mode == "100644"), "{modes}");

    portal.deploy("").exits(0).says("nothing to do");
    let first = portal.tip();

    portal.build_with("more");
    let dry = portal.deploy("--dry-run").exits(0).says("nothing was pushed");
    assert!(dry.stdout.contains("added\tmore/index.html\n"), "{}", dry.stdout);
    assert!(dry.stdout.contains("changed\tSHA256SUMS\n"), "{}", dry.stdout);
    assert_eq!(portal.tip(), first);
    assert_same(&portal.surroundings(), &before);

    portal.deploy("").exits(0).says("deployed version 2");
    assert_same(&portal.branch(), &portal.project.output());
    assert_eq!(portal.remote(&["rev-parse", "gh-pages^"]).trim(), first);
    let told = portal.remote(&["log", "-1", "--format=%an|%ae|%ai|%s", "gh-pages"]);
    assert_eq!(
        told,
        "Maintainer|maintainer@example.org|2026-11-22 00:00:00 +0000|Publish version 2 of https://security.localhost/\n"
    );
    assert_same(&portal.surroundings(), &before);
}

#[test]
fn what_is_gone_from_the_site_goes_from_the_branch() {
    if !git_is_here() {
        return;
    }
    let portal = Portal::new();
    // Somebody's first page is in the way, and a link, and a program.
    portal.commit_to_branch(
        "echo hello > index.html; echo x > old.txt; ln -s /etc/passwd link; echo y > run; chmod +x run",
    );
    let first = portal.tip();
    portal.deploy("").exits(0).says("something else than a site of secsite: 3 files");
    assert_same(&portal.branch(), &portal.project.output());
    assert_eq!(portal.remote(&["rev-parse", "gh-pages^"]).trim(), first);
}

#[test]
fn the_names_of_branch_remote_and_folder_can_be_given() {
    if !git_is_here() {
        return;
    }
    let portal = Portal::new();
    std::fs::rename(portal.project.path("public"), portal.project.path("out")).unwrap();
    let bare = portal.bare.path().to_str().unwrap();
    portal.deploy(&format!("--branch pages/live --remote {bare} -o out")).exits(0);
    let names = portal.remote(&["ls-tree", "-r", "--name-only", "pages/live"]);
    assert!(names.contains(".well-known/security.txt"), "{names}");
}

#[test]
fn nobody_has_to_be_known_to_git() {
    if !git_is_here() {
        return;
    }
    let portal = Portal::new();
    portal.git(&["config", "--unset", "user.name"]);
    portal.git(&["config", "--unset", "user.email"]);
    portal.deploy("").exits(0);
    assert_eq!(portal.remote(&["log", "-1", "--format=%an|%ae|%cn|%ce", "gh-pages"]), "secsite||secsite|\n");
}

#[test]
fn a_shallow_clone_deploys_too() {
    if !git_is_here() {
        return;
    }
    let portal = Portal::new();
    portal.deploy("").exits(0);
    portal.git(&["push", "--quiet", "origin", "main"]);
    let clone = portal.project.path("clone");
    let url = format!("file://{}", portal.bare.path().display());
    portal.git(&["clone", "--quiet", "--depth=1", "--branch=main", &url, clone.to_str().unwrap()]);
    portal.build_with("more");
    // The clone has the sources of before; what is built there is a part of the site all the same.
    std::fs::rename(portal.project.path("public"), clone.join("public")).unwrap();
    let mut command = portal.project.command(["deploy", "github-pages", "--date", DATE]);
    command.arg("--root").arg(&clone);
    let args: Vec<_> = command.get_args().map(ToOwned::to_owned).collect();
    let mut command = std::process::Command::new(command.get_program());
    command.env_clear().env("PATH", std::env::var_os("PATH").unwrap_or_default());
    // The last --root would be refused as a second one.
    command.arg("--root").arg(&clone).args(&args[2..6]);
    crate::project::Ran::of(&mut command).exits(0).says("deployed version 2");
    assert!(portal.branch().contains_key("more/index.html"));
}
