//! What lints find in real policies, and what they do not find in sound ones.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::Value;

use crate::project::{DATE, Project, Ran, read_tree, repository};

/// The rules that `check` names, but for those that every example trips.
fn found(root: &Path) -> BTreeSet<String> {
    let mut command = Command::new(env!("CARGO_BIN_EXE_secsite"));
    command.env_clear().arg("--root").arg(root).args(["check", "--date", DATE, "--format", "json"]);
    let said = Ran::of(&mut command);
    let list: Value = serde_json::from_str(&said.stdout).unwrap_or_else(|_| panic!("{}", said.stderr));
    let rules = list.as_array().unwrap().iter().map(|finding| finding["rule"].as_str().unwrap().to_owned());
    rules.filter(|rule| !matches!(rule.as_str(), "example-domain" | "no-signature")).collect()
}

#[test]
fn the_five_policies_have_what_their_readers_found() {
    let check = |seed: &str, expected: &[&str]| {
        let rules = found(&repository().join("tests/cases/seeds").join(seed).join("site"));
        let rules: Vec<&str> = rules.iter().map(String::as_str).collect();
        assert_eq!(rules, expected, "{seed}");
    };
    check("000-fastalloc", &["contact-single", "deadline-missing", "version-open-below"]);
    check("001-lifecycle-tracks", &["contact-single", "response-missing", "version-words-only"]);
    check(
        "002-tiny-vlm",
        &[
            "deadline-missing",
            "key-missing",
            "missing-contact",
            "promise-unbacked",
            "response-conflict",
            "version-table-gap",
        ],
    );
    check("003-torsh", &["contact-single", "deadline-missing", "expired-review", "version-contradiction"]);
    check("004-ipc-gateway", &["deadline-missing", "expired-review", "key-missing", "missing-contact"]);
}

#[test]
fn the_portal_of_this_repository_is_clean() {
    let project = Project::empty();
    for file in ["policy.toml", "SECURITY.md"] {
        project.write(file, fs::read(repository().join(file)).unwrap());
    }
    for folder in ["advisories", "content", "keys", "themes"] {
        for (path, bytes) in read_tree(&repository().join(folder)) {
            project.write(&format!("{folder}/{path}"), bytes);
        }
    }
    assert_eq!(found(project.root()), BTreeSet::new());
}

#[test]
fn the_site_with_every_key_is_clean() {
    // Its commits are written short, as the manual's are.
    let rules = found(&repository().join("tests/cases/inputs/every-key/site"));
    assert_eq!(rules, BTreeSet::from(["short-git-hash".to_owned()]));
}
