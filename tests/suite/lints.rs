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

/// What looked like a flaw to careless patterns, and is none: each text, the rules that must not speak, and the words that
/// must not be in the policy that is made of it.
#[test]
fn what_only_looks_like_a_flaw_is_none() {
    let table = |rows: &str| format!("## Supported Versions\n\n| Version | Supported |\n|---|---|\n{rows}\n");
    let texts: [(String, &[&str], &str); 7] = [
        (
            "Please include:\n\n- Proof of concept (if available)\n".to_owned(),
            &["placeholder-text", "contact-unconfirmed", "missing-contact"],
            "confirmed = false",
        ),
        (
            "Name a contact in your own code:\n\n```solidity\n/// @custom:security-contact security@example.com\n```\n".to_owned(),
            &["placeholder-text", "contact-unconfirmed", "missing-contact"],
            "address = \"security@example.com\"",
        ),
        (
            "To report a security issue, write a mail. We fix every issue that is reported.\n".to_owned(),
            &["contact-public"],
            "issue-tracker",
        ),
        (
            table("| 6.x | yes |\n| 5.1.x | yes |\n| 5.0.x | no |\n| 4.0.x | yes |\n| < 4.0 | no |"),
            &["template-rows", "template-text"],
            "unknown",
        ),
        (
            table("| 1.0.x | yes |\n| 0.9.x | yes |\n| < 0.9 | no |"),
            &["version-gap", "version-table-gap", "version-contradiction"],
            "unknown",
        ),
        (
            format!("{}\nVersions are supported by carl@16hands.example, and 1.x is supported.\n", table("| 1.x | yes |\n| < 1.0 | no |")),
            &["prose-disagrees", "version-contradiction", "version-table-gap"],
            "versions   = \"16",
        ),
        (
            "See [how](https://docs.github.com/en/code-security/security-advisories) private reports work.\n".to_owned(),
            &["contact-other-repository", "policy-elsewhere"],
            "en/code-security",
        ),
    ];
    for (text, quiet, absent) in texts {
        let project = Project::empty();
        let intro = "# Security Policy\n\n## Reporting a Vulnerability\n\nMail <security@acme.example>, or use \
                     [GitHub](https://github.com/acme/tool/security/advisories/new).\n\n";
        project.write("OLD.md", format!("{intro}{text}"));
        project
            .run(&format!("import security-md --name Example {}", project.path("OLD.md").display()))
            .exits(0);
        let rules = found(project.root());
        assert!(quiet.iter().all(|rule| !rules.contains(*rule)), "{text}\n{rules:?}");
        let policy = fs::read_to_string(project.path("policy.toml")).unwrap();
        let facts = policy.split("[[section]]").next().unwrap();
        assert!(!facts.contains(absent), "{text}\n{policy}");
        assert!(facts.contains("repository = \"https://github.com/acme/tool\""), "{policy}");
    }
}
