//! Findings for programs: JSON, SARIF and GitHub's commands.

use serde_json::Value;

use crate::project::{DATE, Project, Ran, advisory, repository};

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
fn json_is_what_its_schema_says() {
    let schema = std::fs::read_to_string(repository().join("content/docs/findings.schema.json")).unwrap();
    let schema: Value = serde_json::from_str(&schema).unwrap();
    let mut seen = 0;
    for case in ["twenty-mistakes", "hostile-values", "every-key", "empty-policy"] {
        let project = Project::copy(&format!("tests/cases/inputs/{case}/site"));
        let said = project.run(&format!("check --date {DATE} --format json"));
        let found: Value = serde_json::from_str(&said.stdout).unwrap();
        seen += found.as_array().unwrap().len();
        conforms(&found, &schema, case);
    }
    assert!(seen > 20, "{seen}");
}

/// As much of JSON Schema as our own schema is written in; a word that is not known here is no test.
pub fn conforms(value: &Value, schema: &Value, at: &str) {
    for (word, rule) in schema.as_object().unwrap() {
        let holds = match word.as_str() {
            "type" => match rule.as_str().unwrap() {
                "array" => value.is_array(),
                "object" => value.is_object(),
                "string" => value.is_string(),
                "integer" => value.is_u64(),
                "boolean" => value.is_boolean(),
                other => panic!("the type `{other}`"),
            },
            "enum" => rule.as_array().unwrap().contains(value),
            "minLength" => value.as_str().is_some_and(|text| text.len() as u64 >= rule.as_u64().unwrap()),
            "minimum" => value.as_u64() >= rule.as_u64(),
            "pattern" => secsite::rules::find(value.as_str().unwrap()).is_some(),
            "required" => {
                rule.as_array().unwrap().iter().all(|key| value.get(key.as_str().unwrap()).is_some())
            }
            "additionalProperties" => {
                let known = schema["properties"].as_object().unwrap();
                value.as_object().unwrap().keys().all(|key| known.contains_key(key))
            }
            "items" => {
                for (n, item) in value.as_array().unwrap().iter().enumerate() {
                    conforms(item, rule, &format!("{at}/{n}"));
                }
                true
            }
            "properties" => {
                for (key, rule) in rule.as_object().unwrap() {
                    if let Some(value) = value.get(key) {
                        conforms(value, rule, &format!("{at}/{key}"));
                    }
                }
                true
            }
            "$schema" | "$id" | "title" | "description" => true,
            other => panic!("the word `{other}`"),
        };
        assert!(holds, "{at}: `{value}` breaks `{word}: {rule}`");
    }
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
        let region = place["region"].as_object().unwrap();
        let end = region.get("endColumn").and_then(Value::as_u64);
        assert!(end.is_none_or(|end| Some(end) > region["startColumn"].as_u64()), "{result}");
    }
    assert_eq!(results[0]["level"], "error");
}

#[test]
fn every_result_has_a_place_and_notes_are_notes() {
    let said = Project::new().run(&format!("check --date {DATE} --format sarif")).exits(0);
    let log: Value = serde_json::from_str(&said.stdout).unwrap();
    let results = log["runs"][0]["results"].as_array().unwrap();
    let of = |rule: &str| results.iter().find(|result| result["ruleId"] == rule).unwrap();
    let policy = "/locations/0/physicalLocation/artifactLocation/uri";
    assert_eq!(of("no-signature").pointer(policy).unwrap(), "policy.toml");
    assert_eq!(of("contact-single")["level"], "note");
    let said = Project::new().run(&format!("check --date {DATE} --format github")).exits(0);
    assert!(said.stdout.contains("::notice title=contact-single,file=policy.toml,line="), "{}", said.stdout);
}

/// What shows findings in a repository knows files from its top, and the site may be a folder of it.
#[test]
fn places_are_seen_from_where_the_run_began() {
    let project = Project::empty();
    project.write("docs/site/policy.toml", crate::project::POLICY);
    let run = |root: &str, format: &str| {
        let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_secsite"));
        let words = ["--root", root, "check", "--date", DATE, "--format", format];
        Ran::of(command.env_clear().current_dir(project.root()).args(words)).exits(0)
    };
    let said = run("docs/site", "github");
    assert!(said.stdout.contains(",file=docs/site/policy.toml,line="), "{}", said.stdout);
    let said = run("./docs/site/", "sarif");
    assert!(said.stdout.contains("\"uri\": \"docs/site/policy.toml\""), "{}", said.stdout);
}

/// What each hook of `.pre-commit-hooks.yaml` runs is a command of this program.
#[test]
fn hooks_are_commands() {
    let hooks = std::fs::read_to_string(repository().join(".pre-commit-hooks.yaml")).unwrap();
    let entries: Vec<&str> =
        hooks.lines().filter_map(|line| line.trim().strip_prefix("entry: secsite ")).collect();
    assert_eq!(entries, ["check", "security-md --check"]);
    for entry in entries {
        Project::empty().run(&format!("{entry} --help")).exits(0);
    }
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
