//! The five real policies that were rebuilt as sites: each builds, and no unconfirmed address is published as a fact.

use crate::project::{DATE, Project};

const SEEDS: [&str; 5] =
    ["000-fastalloc", "001-lifecycle-tracks", "002-tiny-vlm", "003-torsh", "004-ipc-gateway"];

#[test]
fn they_build_and_promise_nothing_unconfirmed() {
    for seed in SEEDS {
        let project = Project::copy(&format!("tests/cases/seeds/{seed}/site"));
        project.run(&format!("build --preview --date {DATE}")).exits(0);
        let output = project.output();
        assert!(output.contains_key("policy/index.html"), "{seed}");
        let policy: toml::Table =
            std::fs::read_to_string(project.path("policy.toml")).unwrap().parse().unwrap();
        let text =
            output.get(".well-known/security.txt").map(|bytes| String::from_utf8_lossy(bytes).into_owned());
        for contact in policy["contact"].as_array().unwrap() {
            let unconfirmed = contact.get("confirmed").and_then(toml::Value::as_bool) == Some(false);
            let address = contact.get("address").and_then(toml::Value::as_str).unwrap_or("-none-");
            if let Some(text) = text.as_ref().filter(|_| unconfirmed) {
                assert!(!text.contains(address), "{seed}: {address}\n{text}");
            }
        }
    }
}

#[test]
fn no_code_block_is_lost() {
    let Some(shared) = std::env::var_os("SECSITE_SHARED") else {
        println!("skipped: SECSITE_SHARED is not set");
        return;
    };
    for seed in SEEDS {
        let path = std::path::Path::new(&shared).join(format!("seeds/{seed}.md"));
        let source = std::fs::read_to_string(path).unwrap();
        let project = Project::copy(&format!("tests/cases/seeds/{seed}/site"));
        project.run(&format!("build --preview --date {DATE}")).exits(0);
        let html = String::from_utf8(project.output()["policy/index.html"].clone()).unwrap();
        let blocks = source.lines().filter(|line| line.starts_with("```")).count() / 2;
        assert!(html.matches("<pre").count() >= blocks, "{seed}: {blocks} blocks of code");
    }
}
