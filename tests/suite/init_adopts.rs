//! A policy that is there already: `init` offers to make the site of it, and else says how.

use crate::project::Project;
use crate::renew::answered;

const OLD: &str = "# Security Policy\n\n## Reporting\n\nMail security@acme.example within reason.\n";

fn policy(project: &Project) -> String {
    std::fs::read_to_string(project.path("policy.toml")).unwrap()
}

#[test]
fn without_a_terminal_one_line_tells_how() {
    for path in ["SECURITY.md", ".github/SECURITY.md"] {
        let project = Project::empty();
        project.write(path, OLD);
        let ran = project.run("init --name Acme").exits(0);
        let line = ran.stderr.lines().find(|line| line.starts_with(&format!("kept {path}"))).unwrap();
        assert!(line.contains("delete policy.toml and run `secsite import security-md --root "), "{line}");
        assert!(!policy(&project).contains("acme.example"));
        assert_eq!(std::fs::read_to_string(project.path(path)).unwrap(), OLD);
        // What the line says is what works.
        std::fs::remove_file(project.path("policy.toml")).unwrap();
        project.run(&format!("import security-md {}", project.path(path).display())).exits(0);
        assert!(policy(&project).contains("security@acme.example"));
    }
}

#[test]
fn on_a_terminal_it_is_offered() {
    let project = Project::empty();
    project.write(".github/SECURITY.md", OLD);
    let words = "init --name Acme --base-url https://security.acme.example/";
    let Some(ran) = answered(&project, words, "what\ny\n") else { return };
    let ran = ran.exits(0).says(".github/SECURITY.md is here. Make the policy of it? [Y/n]:");
    ran.says("that is no answer").says("policy.toml").says("renew");
    let policy = policy(&project);
    for piece in
        ["\"Acme\"", "https://security.acme.example/", "security@acme.example", "\".github/SECURITY.md\""]
    {
        assert!(policy.contains(piece), "{piece} is not in {policy}");
    }
    assert_eq!(std::fs::read_to_string(project.path(".github/SECURITY.md")).unwrap(), OLD);
}

#[test]
fn a_no_goes_on_with_the_questions() {
    let project = Project::empty();
    project.write("SECURITY.md", OLD);
    let Some(ran) = answered(&project, "init", "n\nAcme\n\n\n") else { return };
    ran.exits(0).says("Project name").says("kept SECURITY.md");
    assert!(policy(&project).contains("security@example.org"), "{}", policy(&project));
    // Nor is anybody asked who has said on the command line what the file would say.
    let told = Project::empty();
    told.write("SECURITY.md", OLD);
    let words = "init --name Acme --base-url https://security.acme.example/ --contact psirt@acme.example";
    let Some(ran) = answered(&told, words, "") else { return };
    assert!(!ran.exits(0).stderr.contains("[Y/n]"));
    assert!(policy(&told).contains("psirt@acme.example"));
}

#[test]
fn other_markups_are_offered_too() {
    let rst = "Security Policy\n===============\n\nReporting\n---------\n\nMail security@acme.example within reason.\n";
    let adoc = "= Security Policy\n\n== Reporting\n\nMail security@acme.example within reason.\n";
    for (path, text) in [("SECURITY.rst", rst), (".github/SECURITY.rst", rst), ("docs/SECURITY.adoc", adoc)] {
        let project = Project::empty();
        project.write(path, text);
        let Some(ran) = answered(&project, "init --name Acme", "\n") else { return };
        let ran = ran.exits(0).says(&format!("{path} is here. Make the policy of it? [Y/n]:"));
        // It stays, and SECURITY.md comes beside it: one of the two has to go.
        ran.says(&format!("remove {}", project.path(path).display()));
        assert!(policy(&project).contains("security@acme.example"), "{}", policy(&project));
        assert_eq!(std::fs::read_to_string(project.path(path)).unwrap(), text);
    }
}

#[test]
fn who_has_no_ids_yet_is_told_the_lines() {
    let project = Project::empty();
    project.write("SECURITY.md", OLD);
    project
        .run(&format!("import security-md {} --name Acme", project.path("SECURITY.md").display()))
        .exits(0);
    project.run("new advisory").exits(1).says("write `prefix = \"ACME\"` below [advisories]");
    let policy = policy(&project);
    project.write("policy.toml", format!("{policy}\n[advisories]\nprefix = \"ACME\"\n"));
    project.run("new advisory").exits(0);
}
