//! `secsite check --profile`: for each scheme a site with all that it asks for, and one with next to nothing.
//!
//! What is printed for both stands in `tests/suite/profiles/`; `UPDATE=1` rewrites it.

use std::fs;

use serde_json::Value;

use crate::formats_of_findings::conforms;
use crate::project::{DATE, Project, Ran, repository};

/// Each profile, and how a run ends for the bare site. What a program makes by itself a bare site has, too.
const PROFILES: &[(&str, i32)] = &[
    ("rfc9116", 0),
    ("scorecard", 1),
    ("osps-1", 0),
    ("osps-2", 1),
    ("osps-3", 1),
    ("badge", 1),
    ("csaf", 1),
    ("cna", 1),
    ("bsi", 1),
    ("cra", 1),
    ("steward", 1),
    ("cisa", 1),
    ("psti", 1),
];

/// The site with every key, and the words and numbers that some scheme wants besides.
fn full() -> Project {
    let project = Project::copy("tests/cases/inputs/every-key/site");
    let edit = |from: &str, to: &str| project.edit("policy.toml", from, to);
    edit("name      = \"Security team\"\nfor", "name      = \"PSIRT\"\nfor");
    edit("kind = \"github\"\nfor  = [\"report\"]", "kind = \"github\"\nfor  = [\"question\"]");
    edit(
        "kind      = \"form\"\naddress   = \"https://example.org/report\"\nfor       = [\"bounty\"]\nconfirmed = false",
        "kind    = \"email\"\nname    = \"CSIRT\"\naddress = \"csirt@example.org\"\nkey     = \"team\"",
    );
    edit(
        "kind    = \"list\"\naddress = \"security@lists.example.org\"\nfor     = [\"escalation\"]\nafter   = \"6 business days\"",
        "kind    = \"form\"\naddress = \"https://example.org/report\"",
    );
    edit("\"36 months after the release of 2.0\"", "\"2028-06\"");
    edit("versions = \"latest\"\n", "versions = \"latest\"\nuntil    = 2031-06-30\n");
    edit(
        "[[severity]]",
        "[[response]]\nstage  = \"assessment\"\nwithin = \"10 business days\"\n\n[[severity]]",
    );
    project.write(
        "content/handling.md",
        "+++\ntitle = \"How we work\"\n+++\n\nExample Org is the steward of this project.\n\n## Imprint\n\n1 Example Street\n\n\
         ## Updates\n\nSecurity updates are free of charge, and each release has an SBOM beside it. To verify a release, \
         ask gpg.\n\n## Before a release\n\nNothing that composition analysis or static analysis grades as high is left open.\n",
    );
    project.run("security-md").exits(0);
    project
}

fn check(project: &Project, profiles: &[&str]) -> Ran {
    let named: String = profiles.iter().map(|name| format!(" --profile {name}")).collect();
    project.run(&format!("check --date {DATE}{named}"))
}

fn is_golden(name: &str, text: &str) {
    let path = repository().join("tests/suite/profiles").join(name);
    if std::env::var_os("UPDATE").is_some() {
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, text).unwrap();
    }
    assert_eq!(text, fs::read_to_string(&path).unwrap(), "{name}");
}

#[test]
fn a_site_with_all_evidence_shows_it() {
    let project = full();
    for (name, _) in PROFILES {
        let said = check(&project, &[name]).exits(0);
        is_golden(&format!("full/{name}.txt"), &said.stdout);
        claims_nothing(&said.stdout);
    }
}

#[test]
fn a_bare_site_lacks_what_nobody_wrote() {
    let project = Project::new();
    for (name, code) in PROFILES {
        let said = check(&project, &[name]).exits(*code);
        is_golden(&format!("bare/{name}.txt"), &said.stdout);
        claims_nothing(&said.stdout);
        assert_eq!(*code == 1, said.stderr.contains("without evidence"), "{}", said.stderr);
    }
}

/// Evidence is for somebody to weigh.
fn claims_nothing(text: &str) {
    for word in ["complian", "complies", "passe", "certif"] {
        assert!(!text.to_lowercase().contains(word), "{word}: {text}");
    }
}

#[test]
fn several_profiles_are_told_together_and_each_once() {
    let project = full();
    let said = check(&project, &["psti", "cisa", "psti"]).exits(0);
    let one = check(&project, &["psti"]).stdout;
    assert_eq!(said.stdout, format!("{one}\n{}", check(&project, &["cisa"]).stdout));
}

#[test]
fn programs_get_findings_and_profiles_in_one_object() {
    let schema = fs::read_to_string(repository().join("content/docs/profiles.schema.json")).unwrap();
    let schema: Value = serde_json::from_str(&schema).unwrap();
    let project = Project::new();
    let all: String = PROFILES.iter().map(|(name, _)| format!(" --profile {name}")).collect();
    let said = project.run(&format!("check --date {DATE} --format json{all}")).exits(1);
    let told: Value = serde_json::from_str(&said.stdout).unwrap();
    conforms(&told, &schema, "profiles");
    let profiles = told["profiles"].as_array().unwrap();
    let names: Vec<&str> = profiles.iter().map(|profile| profile["profile"].as_str().unwrap()).collect();
    assert_eq!(names, PROFILES.iter().map(|(name, _)| *name).collect::<Vec<_>>());
    let contact = &profiles[2]["controls"][0];
    assert_eq!(contact["id"], "OSPS-VM-02.01");
    assert_eq!(contact["evidence"], "shown");
    assert_eq!(
        (&contact["places"][0]["file"], &contact["places"][0]["line"]),
        (&"policy.toml".into(), &14.into())
    );
    assert_eq!(contact["places"][1]["field"], "Contact");
    assert!(told["findings"].as_array().unwrap().iter().any(|finding| finding["rule"] == "no-signature"));
}

#[test]
fn a_finding_speaks_against_evidence_also_where_it_is_allowed() {
    let project = full();
    project.edit(
        "policy.toml",
        "version-gap = \"allow\"",
        "version-gap = \"allow\"\nresponse-conflict = \"allow\"",
    );
    let promise = "[[response]]\nstage  = \"acknowledgment\"\nwithin = \"9 days\"\n\n[[severity]]";
    project.edit("policy.toml", "[[severity]]", promise);
    let said = check(&project, &["osps-2"]).exits(1);
    assert!(said.stdout.contains("secsite explain response-conflict"), "{}", said.stdout);
}

#[test]
fn security_md_is_graded_as_it_lies_there() {
    let project = full();
    project.write("SECURITY.md", "Write to us about vulnerabilities: we disclose them.\n");
    let said = check(&project, &["scorecard"]).exits(1);
    assert!(said.stdout.contains("lacking  6 points"), "{}", said.stdout);
    assert!(said.stdout.contains("shown    1 point"), "{}", said.stdout);
}

#[test]
fn a_slip_in_the_name_is_answered() {
    let project = Project::new();
    check(&project, &["osps2"]).exits(2).says("there is no profile `osps2`").says("did you mean `osps-2`?");
    check(&project, &["iso"]).exits(2).says("there are rfc9116, scorecard, osps-1");
    let said = project.run("check --profile cra --format sarif").exits(2);
    assert!(said.stdout.is_empty());
}
