//! A build, or a check, over the inputs of the last one is done at once; whatever differs is seen.

use std::fs;
use std::path::Path;

use crate::keys::{new_key, sign_with};
use crate::project::{DATE, Project, Ran, advisory, assert_same};

/// What an unchanged build says.
const SAME: &str = "nothing has changed since the last build";

/// A site that is large enough for receipts, and the folder that they are kept in.
fn large() -> Project {
    let project = Project::new();
    for number in 2..=500 {
        let id = format!("EXAMPLE-2026-{number:04}");
        project.write(&format!("advisories/{id}.md"), advisory(&id, ""));
    }
    project
}

fn run(project: &Project, words: &str) -> Ran {
    let mut command = project.command(words.split_whitespace());
    Ran::of(command.env("XDG_CACHE_HOME", project.path(".cache")))
}

fn build(project: &Project) -> Ran {
    run(project, &format!("build --unsigned --date {DATE}")).exits(0)
}

#[test]
fn the_second_build_has_nothing_to_do_and_findings_all_the_same() {
    let project = large();
    let first = build(&project).says("warning[example-domain]");
    assert!(first.stderr.contains("built 500 advisories"), "{}", first.stderr);
    let before = project.output();
    build(&project).says(SAME).says("warning[example-domain]");
    assert_same(&before, &project.output());
    run(&project, &format!("--deny warnings build --unsigned --date {DATE}"))
        .exits(1)
        .says("nothing was written");
    run(&project, &format!("build --unsigned --date {DATE} -o elsewhere")).exits(0).says("built 500");
}

#[test]
fn whatever_touches_the_output_is_seen() {
    let project = large();
    build(&project);
    let before = project.output();
    let page = project.path("public/index.html");
    let touches: &[(&str, &dyn Fn())] = &[
        ("a byte", &|| {
            let mut bytes = fs::read(&page).unwrap();
            bytes[0] ^= 1;
            fs::write(&page, bytes).unwrap();
        }),
        ("the same bytes, in another file", &|| {
            let copy = project.path("copy");
            fs::copy(&page, &copy).unwrap();
            fs::rename(&copy, &page).unwrap();
        }),
        ("a file less", &|| fs::remove_file(&page).unwrap()),
        ("an empty folder", &|| fs::create_dir(project.path("public/empty")).unwrap()),
    ];
    for (what, touch) in touches {
        build(&project).says(SAME);
        touch();
        let ran = build(&project);
        assert!(!ran.stderr.contains(SAME), "{what}: {}", ran.stderr);
        assert_same(&before, &project.output());
    }
    fs::write(project.path("public/mine.txt"), "x").unwrap();
    run(&project, &format!("build --unsigned --date {DATE}")).exits(3).says("mine.txt");
}

#[test]
fn whatever_changes_the_inputs_is_seen() {
    let project = large();
    build(&project);
    let again = |words: &str| {
        let ran = run(&project, words).exits(0);
        assert!(!ran.stderr.contains(SAME), "{words}: {}", ran.stderr);
    };
    again("build --unsigned --date 2026-11-23T00:00:00Z");
    again("build --unsigned --date 2026-11-23T00:00:00Z --base-url https://example.net/");
    project.edit("advisories/EXAMPLE-2026-0400.md", "frees its slots", "frees all slots");
    again(&format!("build --unsigned --date {DATE}"));
    let page = fs::read_to_string(project.path("public/advisories/EXAMPLE-2026-0400/index.html")).unwrap();
    assert!(page.contains("frees all slots"));
}

#[test]
fn a_signed_build_stays_until_its_manifest_has_to_be_renewed() {
    let project = large();
    let secret = sign_with(&project, &new_key("2026-01-05T09:00:00Z", "2028-01-05T09:00:00Z"));
    let words = |date: &str| format!("build --key {secret} --date {date}");
    run(&project, &words(DATE)).exits(0);
    let before = project.output();
    run(&project, &words(DATE)).exits(0).says(SAME);
    assert_same(&before, &project.output());
    // Nothing but the day is another, and the manifest ends too soon.
    let later = run(&project, &words("2027-02-10T00:00:00Z"));
    assert!(!later.stderr.contains(SAME), "{}", later.stderr);
}

#[test]
fn check_goes_by_its_last_run_and_says_the_same() {
    let project = large();
    let check = || run(&project, &format!("check --date {DATE}")).exits(0);
    let first = check();
    assert_eq!(first.stderr, check().stderr);
    assert!(first.stderr.contains("checked 500"), "{}", first.stderr);
    // A template that cannot be rendered is found, though no source of an advisory has changed.
    project.write("themes/own/templates/advisory.html", "{{ nothing.of.the.kind }}");
    project.edit("policy.toml", "[site]\n", "[site]\ntheme = \"own\"\n");
    run(&project, &format!("check --date {DATE}")).exits(1);
    run(&project, &format!("check --date {DATE}")).exits(1);
}

#[test]
fn without_a_cache_folder_all_is_done_anew() {
    let project = large();
    fs::write(project.path(".cache"), "a file").unwrap();
    assert!(Path::new(&project.path(".cache")).is_file());
    build(&project).says("built 500 advisories");
    build(&project).says("built 500 advisories");
}
