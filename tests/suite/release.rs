//! What a release is made of says one version, is named by commits, and takes no word of a stranger into a shell.

use std::fs;
use std::process::Command;

use crate::project::{Project, Ran, repository};

const VERSION: &str = env!("CARGO_PKG_VERSION");
const ACTIONS: [&str; 3] = ["action.yml", ".github/workflows/release.yml", ".github/workflows/ci.yml"];

fn text(path: &str) -> String {
    fs::read_to_string(repository().join(path)).unwrap()
}

#[test]
fn all_say_the_same_version() {
    let action = text("action.yml");
    let (_, default) = action.split_once("  version:\n").unwrap().1.split_once("default: \"").unwrap();
    assert_eq!(default.split('"').next(), Some(VERSION), "action.yml");

    for page in ["content/docs/installing.md", "content/docs/commands.md"] {
        for word in text(page).split(|c: char| c.is_whitespace() || "`\"/".contains(c)) {
            let told = word.strip_prefix("secsite-").or_else(|| word.strip_prefix('v')).unwrap_or("");
            if told.starts_with(|c: char| c.is_ascii_digit()) && told.matches('.').count() >= 2 {
                let version = told.split(['-', ',']).next().unwrap();
                let version = version.trim_end_matches(".cdx.json");
                assert_eq!(version, VERSION, "{page}: {word}");
            }
        }
    }

    // The newest heading with a number is this version; before the first release there is none.
    let changelog = text("CHANGELOG.md");
    let mut headings = changelog.lines().filter_map(|line| line.strip_prefix("## ["));
    assert_eq!(headings.next(), Some("Unreleased]"));
    let newest = headings.next().map(|heading| heading.split(']').next().unwrap());
    assert_eq!(newest.unwrap_or("0.1.0"), VERSION, "CHANGELOG.md");

    let policy: toml::Table = text("policy.toml").parse().unwrap();
    let releases = policy["product"][0]["releases"].as_array().unwrap();
    assert_eq!(releases.last().unwrap().as_str(), Some(VERSION), "policy.toml");
}

#[test]
fn the_placeholder_of_the_owner_stands_where_releasing_says() {
    let policy: toml::Table = text("policy.toml").parse().unwrap();
    let repository = env!("CARGO_PKG_REPOSITORY");
    // Until there is an owner, nothing may be installed from a place that somebody else could hold.
    let nobodys = repository.starts_with("https://example.org/");
    assert!(nobodys || policy["project"]["repository"].as_str() == Some(repository));
    let owner = repository.trim_start_matches("https://");
    for path in ACTIONS.into_iter().chain(["Containerfile", ".ci/install", "content/docs/installing.md"]) {
        assert!(!text(path).contains(owner), "{path}");
    }
}

#[test]
fn actions_are_named_by_commit_and_are_githubs_own() {
    for path in ACTIONS {
        for action in text(path).lines().filter_map(|line| line.split_once("uses: ")).map(|(_, it)| it) {
            let (name, commit) = action.split_once('@').unwrap();
            let (commit, version) = commit.split_once(" # v").unwrap();
            assert!(name.starts_with("actions/") || name.starts_with("github/"), "{path}: {action}");
            assert!(
                commit.len() == 40 && commit.bytes().all(|byte| byte.is_ascii_hexdigit()),
                "{path}: {action}"
            );
            assert!(version.starts_with(|c: char| c.is_ascii_digit()), "{path}: {action}");
        }
    }
}

#[test]
fn no_expression_reaches_a_shell() {
    for path in ACTIONS {
        let text = text(path);
        let scripts = crate::workflows::scripts(&text);
        assert!(!scripts.is_empty(), "{path}");
        for line in scripts {
            assert!(!line.contains("${{"), "{path}: {line}");
        }
    }
}

/// The script of the action, with a release that lies on this disk.
#[cfg(all(target_os = "linux", any(target_arch = "x86_64", target_arch = "aarch64")))]
#[test]
fn the_action_installs_what_the_list_says() {
    for tool in ["bash", "curl", "sha256sum", "tar"] {
        if Command::new(tool).arg("--version").output().is_err() {
            println!("skipped: {tool} is not here");
            return;
        }
    }
    let place = Project::empty();
    let name = format!("secsite-{VERSION}-{}-unknown-linux-musl", std::env::consts::ARCH);
    let release = format!("releases/v{VERSION}");
    let program = format!("#!/bin/sh\necho \"secsite {VERSION}\"\n");
    place.write(&format!("{release}/{name}/secsite"), program);
    let shell = |script: &str| {
        let mut bash = Command::new("bash");
        bash.env_clear().env("PATH", std::env::var_os("PATH").unwrap()).env("VERSION", VERSION);
        bash.env("RELEASES", format!("file://{}", place.path("releases").display()));
        bash.env("FOLDER", place.path("bin")).current_dir(place.path(&release)).args(["-euc", script]);
        Ran::of(&mut bash)
    };
    let install = format!("bash {}/.ci/install", repository().display());
    shell(&format!("tar -czf {name}.tar.gz {name}; sha256sum {name}.tar.gz > SHA256SUMS")).exits(0);
    assert!(shell(&install).exits(0).stdout.contains(&format!("secsite {VERSION}")));
    assert!(place.path("bin/secsite").exists());

    fs::remove_dir_all(place.path("bin")).unwrap();
    for change in [
        format!("printf x >> {name}.tar.gz"),
        // A list that is silent about the archive, and one that says two things of it.
        "echo > SHA256SUMS".to_owned(),
        format!("sha256sum {name}.tar.gz > SHA256SUMS; sha256sum {name}.tar.gz >> SHA256SUMS"),
        "rm SHA256SUMS".to_owned(),
    ] {
        shell(&change).exits(0);
        assert_ne!(shell(&install).code, Some(0), "{change}");
        assert!(!place.path("bin/secsite").exists(), "{change}");
    }
    let refused = shell(&format!("VERSION='../x' {install}")).exits(2);
    refused.says("VERSION is no version");
}
