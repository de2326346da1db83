//! `init --github`: workflows that hold no more than they need, and take no word of a stranger into a shell.

use std::collections::BTreeMap;

use crate::project::{Project, Ran};

const PORTAL: &str = ".github/workflows/portal.yml";
const RENEWAL: &str = ".github/workflows/portal-renewal.yml";

fn written() -> (Project, BTreeMap<&'static str, String>) {
    let project = Project::empty();
    let ran = project.run("init --github --base-url https://security.example.net/");
    ran.exits(0).says(PORTAL).says(RENEWAL).says("read .github/workflows/portal.yml");
    let read = |path| (path, std::fs::read_to_string(project.path(path)).unwrap());
    let texts = BTreeMap::from([read(PORTAL), read(RENEWAL)]);
    (project, texts)
}

/// The lines of scripts: those of a block after `run: |`, and those behind `run:`.
pub fn scripts(text: &str) -> Vec<&str> {
    let mut scripts = Vec::new();
    let mut inside: Option<usize> = None;
    for line in text.lines() {
        let depth = line.len() - line.trim_start().len();
        if inside.is_some_and(|from| !line.trim().is_empty() && depth <= from) {
            inside = None;
        }
        if inside.is_some() {
            scripts.push(line);
        } else if let Some((_, rest)) = line.split_once("run: ") {
            match rest {
                "|" => inside = Some(depth),
                script => scripts.push(script),
            }
        }
    }
    scripts
}

/// The jobs, by name, each with its text.
fn jobs(text: &str) -> BTreeMap<&str, String> {
    let mut jobs: BTreeMap<&str, String> = BTreeMap::new();
    let mut name = "";
    for line in text.split_once("\njobs:\n").unwrap().1.lines() {
        if let Some(found) = line.strip_prefix("  ").and_then(|line| line.strip_suffix(':'))
            && !found.starts_with(' ')
        {
            name = found;
        }
        let job = jobs.entry(name).or_default();
        *job += line;
        *job += "\n";
    }
    jobs
}

#[test]
fn actions_are_named_by_commit_and_are_githubs_own() {
    for text in written().1.values() {
        let uses: Vec<&str> =
            text.lines().filter_map(|line| line.split_once("uses: ")).map(|(_, it)| it).collect();
        for action in &uses {
            let (name, commit) = action.split_once('@').unwrap();
            let (commit, version) = commit.split_once(" # v").unwrap();
            assert!(name.starts_with("actions/"), "{action}");
            assert!(commit.len() == 40 && commit.bytes().all(|byte| byte.is_ascii_hexdigit()), "{action}");
            assert!(version.starts_with(|c: char| c.is_ascii_digit()), "{action}");
        }
        assert!(!uses.is_empty());
    }
}

#[test]
fn no_expression_reaches_a_shell() {
    for (path, text) in written().1 {
        let scripts = scripts(&text);
        assert!(scripts.len() > 5, "{path}");
        for line in scripts {
            assert!(!line.contains("${{"), "{path}: {line}");
        }
        for word in ["pull_request", "github.event", "github.head_ref", "workflow_run"] {
            assert!(!text.contains(word), "{path}: {word}");
        }
    }
}

#[test]
fn each_job_has_the_rights_that_it_names() {
    let (_, texts) = written();
    for text in texts.values() {
        assert!(text.contains("\npermissions: {}\n"));
        let checkouts = text.matches("actions/checkout@").count();
        assert_eq!(text.matches("persist-credentials: false").count(), checkouts);
    }
    let rights = |text: &str| {
        let rights =
            text.lines().filter_map(|line| line.split_once(": write")).map(|(right, _)| right.trim());
        rights.map(str::to_owned).collect::<Vec<_>>()
    };
    let portal = jobs(&texts[PORTAL]);
    let names: Vec<&&str> = portal.keys().collect();
    assert_eq!(names, [&"build", &"publish", &"verify"]);
    assert_eq!(rights(&portal["publish"]), ["pages", "id-token"]);
    assert!(rights(&portal["build"]).is_empty() && rights(&portal["verify"]).is_empty());
    let renewal = jobs(&texts[RENEWAL]);
    assert_eq!(rights(&renewal["tell"]), ["issues"]);
    assert!(rights(&renewal["look"]).is_empty());
    // The key is in one step of one job, and dot folders go along.
    assert!(portal.iter().all(|(name, job)| *name == "build" || !job.contains("secrets.")));
    assert_eq!(portal["build"].matches("secrets.").count(), 2);
    assert!(portal["build"].contains("include-hidden-files: true"));
    assert!(!texts[RENEWAL].contains("secrets."));
}

#[test]
fn what_is_there_is_kept() {
    let project = Project::empty();
    project.write(PORTAL, "mine");
    project.run("init --github").exits(0).says(&format!("kept {}", project.path(PORTAL).display()));
    assert_eq!(std::fs::read_to_string(project.path(PORTAL)).unwrap(), "mine");
    assert!(project.path(RENEWAL).exists());
    let plain = Project::empty();
    plain.run("init").exits(0);
    assert!(!plain.path(".github").exists());
}

#[test]
fn the_address_stands_in_them() {
    let (project, texts) = written();
    for text in texts.values() {
        assert!(text.contains("SITE: \"https://security.example.net/\""));
        assert!(!text.contains('@') || !text.contains("@SITE@") && !text.contains("@SOURCE@"));
    }
    // The findings that the second workflow waits for are there, under these names.
    let list = texts[RENEWAL].split_once("ends='[").unwrap().1.split_once("]'").unwrap().0;
    for rule in list.split(',') {
        let mut explain = project.command(["explain", rule.trim_matches('"')]);
        Ran::of(&mut explain).exits(0);
    }
}
