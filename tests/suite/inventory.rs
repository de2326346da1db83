//! Every rule has a case that makes it fire, a near miss that does not, an explanation, and a place in the guide.

use std::fs;

use secsite::rules::{self, RULES};

use crate::project::{DATE, Project, read_tree, repository};

#[test]
fn every_rule_has_a_case_that_fires_it_and_a_near_miss() {
    let cases = repository().join("tests/cases/rules");
    for rule in RULES {
        let snapshot = cases.join(rule.id).join("diagnostics.txt");
        let text = fs::read_to_string(&snapshot).unwrap_or_default();
        assert!(
            text.contains(&format!("[{}]: ", rule.id)),
            "{} does not fire in {}",
            rule.id,
            snapshot.display()
        );
    }
    // That it is quiet is proven where the cases run.
    for rule in RULES {
        let near_miss = fs::read_to_string(cases.join(rule.id).join("quiet.toml")).unwrap_or_default();
        assert!(near_miss.starts_with("# "), "{} has no near miss, or does not say why it is one", rule.id);
        assert!(
            near_miss.contains("\n[[edit]]") || near_miss.contains("\ndate = "),
            "{}: nothing is edited",
            rule.id
        );
    }
    for entry in fs::read_dir(cases).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        assert!(rules::find(&name).is_some(), "tests/cases/rules/{name} is about no rule");
    }
}

#[test]
fn explanations_help() {
    for rule in RULES {
        assert!(rule.explain.len() > 30 && rule.explain.ends_with('.'), "{}", rule.id);
        assert!(!rule.summary.ends_with('.'), "{}", rule.id);
        assert!(!rule.explain.contains("  "), "{}: {}", rule.id, rule.explain);
    }
}

#[test]
fn the_guide_lists_the_rules() {
    let path = repository().join("content/docs/rules.md");
    let made = rules::guide();
    if std::env::var_os("UPDATE").is_some() {
        fs::write(&path, &made).unwrap();
    }
    assert!(
        fs::read_to_string(&path).unwrap_or_default() == made,
        "content/docs/rules.md is old: run with UPDATE=1"
    );
}

#[test]
fn the_portal_of_this_repository_builds() {
    let project = Project::empty();
    project.write("policy.toml", fs::read(repository().join("policy.toml")).unwrap());
    for folder in ["advisories", "content", "keys", "themes"] {
        for (path, bytes) in read_tree(&repository().join(folder)) {
            project.write(&format!("{folder}/{path}"), bytes);
        }
    }
    project.run(&format!("build --unsigned --date {DATE}")).exits(0);
    assert!(project.output().contains_key("docs/rules/index.html"));
}
