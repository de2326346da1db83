//! What lints find in real policies, and what they do not find in sound ones.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::Value;

use crate::project::{DATE, Project, Ran, read_tree, repository};

/// The rules that `check` names, but for those that every example trips.
fn found(root: &Path) -> BTreeSet<String> {
    all_found(root).into_iter().collect()
}

/// The same, each as often as it is named, in the order of the alphabet.
fn all_found(root: &Path) -> Vec<String> {
    let mut command = Command::new(env!("CARGO_BIN_EXE_secsite"));
    command.env_clear().arg("--root").arg(root).args(["check", "--date", DATE, "--format", "json"]);
    let said = Ran::of(&mut command);
    let list: Value = serde_json::from_str(&said.stdout).unwrap_or_else(|_| panic!("{}", said.stderr));
    let rules = list.as_array().unwrap().iter().map(|finding| finding["rule"].as_str().unwrap().to_owned());
    let mut rules: Vec<String> =
        rules.filter(|rule| !matches!(rule.as_str(), "example-domain" | "no-signature")).collect();
    rules.sort();
    rules
}

#[test]
fn the_five_policies_have_what_their_readers_found() {
    let check = |seed: &str, expected: &[&str]| {
        let rules = found(&repository().join("tests/cases/seeds").join(seed).join("site"));
        let rules: Vec<&str> = rules.iter().map(String::as_str).collect();
        assert_eq!(rules, expected, "{seed}");
    };
    check("000-fastalloc", &["contact-single", "deadline-missing", "hof-empty", "version-open-below"]);
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
    check("003-torsh", &["deadline-missing", "expired-review", "response-conflict", "version-contradiction"]);
    check(
        "004-ipc-gateway",
        &["deadline-missing", "expired-review", "key-missing", "missing-contact", "review-undated"],
    );
}

/// The originals, imported into empty folders: all that a careful reader found in them, nothing else, and each as often as
/// it was found.
#[test]
fn the_five_originals_have_what_their_readers_found() {
    let Some(shared) = std::env::var_os("SECSITE_SHARED") else {
        println!("skipped: SECSITE_SHARED is not set");
        return;
    };
    let check = |seed: &str, expected: &[&str]| {
        let project = Project::empty();
        let source = Path::new(&shared).join("seeds").join(seed).with_extension("md");
        project.run(&format!("import security-md --name Example {}", source.display())).exits(0);
        // A policy without a date of its own is reviewed on the day of its import, whichever that is.
        let policy = fs::read_to_string(project.path("policy.toml")).unwrap();
        let key = policy.find("\nreviewed").unwrap();
        let day = key + policy[key..].find("= ").unwrap() + 2;
        if !policy[day..].starts_with("2025") {
            project.write("policy.toml", format!("{}{}{}", &policy[..day], &DATE[..10], &policy[day + 10..]));
        }
        assert_eq!(all_found(project.root()), expected, "{seed}");
    };
    check(
        "000-fastalloc",
        &["contact-personal", "contact-single", "deadline-missing", "hof-empty", "version-open-below"],
    );
    check(
        "001-lifecycle-tracks",
        &["contact-personal", "contact-single", "response-missing", "version-words-only"],
    );
    check(
        "002-tiny-vlm",
        &[
            "contact-unconfirmed",
            "key-missing",
            "missing-contact",
            "placeholder-text",
            "promise-unbacked",
            "promise-unbacked",
            "response-conflict",
            "version-table-gap",
        ],
    );
    check(
        "003-torsh",
        &[
            "broken-sentence",
            "deadline-missing",
            "expired-review",
            "placeholder-text",
            "placeholder-text",
            "response-conflict",
            "version-contradiction",
        ],
    );
    check(
        "004-ipc-gateway",
        &[
            "deadline-missing",
            "expired-review",
            "key-missing",
            "missing-contact",
            "mojibake",
            "mojibake",
            "placeholder-text",
            "placeholder-text",
            "placeholder-text",
            "review-undated",
            "severity-unknown",
        ],
    );
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
