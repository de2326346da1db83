//! Findings for programs: JSON, SARIF and GitHub's commands.

use serde_json::Value;

use crate::project::{DATE, Project, Ran, advisory};

/// A site with an error at 5:12 of an advisory, and two warnings.
fn faulty() -> Project {
    let project = Project::new();
    let text = advisory("EXAMPLE-2026-0001", "").replace("\"high\"", "\"dire\\n::error::%0A\"");
    project.write("advisories/EXAMPLE-2026-0001.md", text);
    project
}

fn run(format: &str) -> Ran {
    faulty().run(&format!("build --unsigned --date {DATE} --format {format}")).exits(1)
}

#[test]
fn json() {
    let found: Value = serde_json::from_str(&run("json").stdout).unwrap();
    let found = found.as_array().unwrap();
    assert_eq!(found.len(), 3, "{found:?}");
    let error = &found[0];
    assert_eq!(error["rule"], "bad-value");
    assert_eq!(error["level"], "deny");
    assert!(error["message"].as_str().is_some() && error["help"].as_str().is_some());
    assert_eq!(error["places"][0]["file"], "advisories/EXAMPLE-2026-0001.md");
    assert_eq!(
        (error["places"][0]["line"].as_u64(), error["places"][0]["column"].as_u64()),
        (Some(5), Some(12))
    );
    assert_eq!(found[1]["level"], "warn");
    assert_eq!(found[1]["clause"], "RFC 2606");
}

#[test]
fn json_of_a_clean_site_is_an_empty_list() {
    let project = Project::new();
    let quiet = ["example-domain", "no-signature", "contact-single", "response-missing", "version-missing"];
    let quiet: String = quiet.iter().map(|rule| format!("{rule} = \"allow\"\n")).collect();
    let quiet = format!("\n[lints]\n{quiet}");
    let policy = format!("{}{quiet}", crate::project::POLICY);
    project.write("policy.toml", policy);
    let said = project.run(&format!("check --date {DATE} --format json")).exits(0);
    assert_eq!(said.stdout.trim(), "[]");
}

#[test]
fn what_only_the_templates_find_is_in_the_same_document() {
    let project = Project::new();
    project.write("themes/default/templates/home.html", "{{ nothing.there }}\n");
    for (format, list) in [("json", ""), ("sarif", "/runs/0/results")] {
        let said = project.run(&format!("build --unsigned --date {DATE} --format {format}")).exits(1);
        let whole: Value = serde_json::from_str(&said.stdout).unwrap();
        let found = whole.pointer(list).unwrap().to_string();
        assert!(found.contains("template-error") && found.contains("example-domain"), "{found}");
    }
}

#[test]
fn a_flood_of_one_rule_is_cut() {
    let project = Project::new();
    let text = "[x](nowhere.md)\n".repeat(300);
    project.write("content/long.md", format!("+++\ntitle = \"Long\"\n+++\n{text}"));
    let said = project.run(&format!("check --date {DATE}")).exits(0);
    assert_eq!(said.stderr.matches("[broken-link]").count(), 100);
    assert!(said.stderr.contains("; 200 more like it in this file"), "{}", said.stderr);
}

#[test]
fn sarif() {
    let log: Value = serde_json::from_str(&run("sarif").stdout).unwrap();
    assert_eq!(log["version"], "2.1.0");
    assert!(log["$schema"].as_str().unwrap().ends_with("sarif-2.1.0.json"));
    let run = &log["runs"][0];
    let driver = &run["tool"]["driver"];
    assert_eq!(driver["name"], "secsite");
    let rules = driver["rules"].as_array().unwrap();
    for rule in rules {
        assert!(rule["id"].is_string() && rule["shortDescription"]["text"].is_string(), "{rule}");
        assert!(
            ["none", "note", "warning", "error"]
                .contains(&rule["defaultConfiguration"]["level"].as_str().unwrap())
        );
    }
    let results = run["results"].as_array().unwrap();
    assert_eq!(results.len(), 3);
    for result in results {
        let index = usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap();
        assert_eq!(rules[index]["id"], result["ruleId"]);
        assert!(result["message"]["text"].is_string());
        let place = &result["locations"][0]["physicalLocation"];
        assert!(place["artifactLocation"]["uri"].is_string(), "{result}");
        assert!(
            place["region"]["startLine"].as_u64() >= Some(1)
                && place["region"]["startColumn"].as_u64() >= Some(1)
        );
    }
    assert_eq!(results[0]["level"], "error");
}

#[test]
fn github() {
    let said = run("github");
    let lines: Vec<&str> = said.stdout.lines().collect();
    assert_eq!(lines.len(), 3, "{}", said.stdout);
    let start = "::error title=bad-value,file=advisories/EXAMPLE-2026-0001.md,line=5,col=12::";
    assert!(lines[0].starts_with(start), "{}", lines[0]);
    assert!(lines[1].starts_with("::warning title=example-domain,file=policy.toml,line=2,"), "{}", lines[1]);
    assert!(!lines[0].contains("%0A") || lines[0].contains("%250A"), "{}", lines[0]);
}

#[test]
fn warnings_can_be_made_errors() {
    let project = Project::new();
    project
        .run(&format!("build --unsigned --date {DATE} --deny warnings"))
        .exits(1)
        .says("error[example-domain]");
    assert!(project.output().is_empty());
    project
        .run(&format!(
            "build --unsigned --date {DATE} --deny warnings --allow example-domain --allow no-signature"
        ))
        .exits(0);
}
