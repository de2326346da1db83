//! The publish guard: what is public stays, keeps its dates, and reaches those who poll.

use std::collections::BTreeMap;
use std::fs;
use std::sync::{Arc, Mutex};

use crate::keys::{new_key, sign_with};
use crate::project::{DATE, Project, Ran, advisory};
use crate::server::{Reply, Server, from_tree};

const FILE: &str = "advisories/EXAMPLE-2026-0001.md";

/// A site, and a copy of what it was when it was published.
fn published(project: Project) -> Project {
    project.build().exits(0);
    publish(&project);
    project
}

/// What was built is public from now on.
fn publish(project: &Project) {
    let _ = fs::remove_dir_all(project.path("previous"));
    fs::rename(project.path("public"), project.path("previous")).unwrap();
}

fn check(project: &Project) -> Ran {
    project.run(&format!("check --against previous --date {DATE}"))
}

fn build(project: &Project) -> Ran {
    project.run(&format!("build --unsigned --previous previous --date {DATE}"))
}

/// Both commands say it.
#[track_caller]
fn refused(project: &Project, rule: &str) -> Ran {
    let _ = fs::remove_dir_all(project.path("public"));
    check(project).exits(1).says(&format!("error[{rule}]"));
    let ran = build(project).exits(1).says(&format!("error[{rule}]")).says("nothing was written");
    assert!(!project.path("public").exists());
    ran
}

#[track_caller]
fn accepted(project: &Project) {
    let ran = check(project).exits(0);
    assert!(!ran.stderr.contains("warning[modified"), "{}", ran.stderr);
    build(project).exits(0);
}

#[test]
fn an_advisory_grows_by_the_rules() {
    let project = published(Project::new());
    accepted(&project);
    project.edit(FILE, "twice frees", "two times frees");
    refused(&project, "modified-not-raised")
        .says("in `text`")
        .says(":4:13")
        .says("write `modified = 2026-11-22T");
    project.edit(FILE, "published = 2026-03-20", "published = 2026-03-20\nmodified = 2026-04-01");
    accepted(&project);
    publish(&project);
    // The second change needs a history: the derived one knows of one change alone.
    project.edit(FILE, "two times", "2 times");
    project.edit(FILE, "modified = 2026-04-01", "modified = 2026-05-01T10:00:00Z");
    refused(&project, "revision-not-raised")
        .says("version 2 after 2")
        .says("(2026-03-20T00:00:00Z, 2026-04-01T00:00:00Z)");
    let revision = |version: &str, date: &str| {
        format!("[[revision]]\nversion = \"{version}\"\ndate = {date}\nsummary = \"What is new.\"\n")
    };
    let all =
        revision("1", "2026-03-20") + &revision("2", "2026-04-01") + &revision("3", "2026-05-01T10:00:00Z");
    project.edit(FILE, "[[affected]]", &format!("{all}[[affected]]"));
    accepted(&project);
    publish(&project);
    // It is taken back, and stays.
    let text = fs::read_to_string(project.path(FILE)).unwrap();
    fs::remove_file(project.path(FILE)).unwrap();
    refused(&project, "vanished-advisory").says("https://security.example.org/advisories/EXAMPLE-2026-0001/");
    let withdrawn = "withdrawn = { date = 2026-06-01, reason = \"It is none.\" }\n";
    let fourth = revision("4", "2026-06-01");
    project.write(
        FILE,
        text.replace("severity", &format!("{withdrawn}severity"))
            .replace("[[affected]]", &format!("{fourth}[[affected]]")),
    );
    accepted(&project);
    publish(&project);
    project.write(FILE, text);
    let ran = refused(&project, "modified-fell");
    ran.says("warning[withdrawal-undone]");
}

#[test]
fn every_kind_of_advisory_is_what_it_was() {
    for site in ["every-key", "hard-cases", "hard-advisories"] {
        let project = Project::copy(&format!("tests/cases/inputs/{site}/site"));
        project.build().exits(0);
        publish(&project);
        for past in ["with", "without"] {
            let ran = check(&project);
            for word in ["modified-", "revision-", "vanished-", "published-", "unreadable-", "skipped-"] {
                assert!(!ran.stderr.contains(&format!("[{word}")), "{site}, {past} manifest: {}", ran.stderr);
            }
            // Without a manifest each file is read.
            let _ = fs::remove_file(project.path("previous/.well-known/secsite/manifest.json"));
        }
    }
}

#[test]
fn what_follows_from_the_policy_is_no_change() {
    let project = Project::new();
    project.write(FILE, advisory("EXAMPLE-2026-0001", "").replace(", fixed = \"1.4.2\"", ""));
    project.edit(
        "policy.toml",
        "name = \"Example Core\"\n",
        "name = \"Example Core\"\nreleases = [\"1.0.0\"]\n",
    );
    let project = published(project);
    project.edit("policy.toml", "[\"1.0.0\"]", "[\"1.0.0\", \"1.1.0\"]");
    accepted(&project);
    // The same site for another host, to be looked at.
    project
        .run(&format!("build --unsigned --previous previous -u https://preview.example.net/ --date {DATE}"))
        .exits(0);
}

#[test]
fn a_draft_again_is_gone_and_stays_secret() {
    let project = published(Project::new());
    project.edit(FILE, "severity", "status = \"draft\"\nseverity");
    let ran = refused(&project, "vanished-advisory");
    assert!(!ran.stderr.contains("Use-after-free"), "{}", ran.stderr);
    // A file with a mistake says enough by itself.
    project.edit(FILE, "status = \"draft\"\n", "stats = 1\n");
    let ran = refused(&project, "unknown-key");
    assert!(!ran.stderr.contains("vanished"), "{}", ran.stderr);
}

#[test]
fn a_registered_prefix_is_one_finding() {
    let project = Project::new();
    for number in 2..=9 {
        let id = format!("EXAMPLE-2026-000{number}");
        project.write(&format!("advisories/{id}.md"), advisory(&id, ""));
    }
    let project = published(project);
    project.edit("policy.toml", "prefix = \"EXAMPLE\"", "prefix = \"EXAMPLE\"\nosv_prefix_registered = true");
    let ran = refused(&project, "vanished-address").says("9 OSV records would have other ids");
    assert_eq!(ran.stderr.matches("error[").count(), 1, "{}", ran.stderr);
    project.run(&format!("check --against previous --allow vanished-address --date {DATE}")).exits(0);
}

#[test]
fn half_a_site_is_told_in_few_words() {
    let project = Project::new();
    for number in 100..200 {
        let id = format!("EXAMPLE-2026-0{number}");
        project.write(&format!("advisories/{id}.md"), advisory(&id, ""));
    }
    let project = published(project);
    for number in 100..200 {
        fs::remove_file(project.path(&format!("advisories/EXAMPLE-2026-0{number}.md"))).unwrap();
    }
    let ran = refused(&project, "vanished-advisory").says("and 80 more");
    assert_eq!(ran.stderr.matches("error[").count(), 20, "{}", ran.stderr);
}

#[test]
fn every_way_to_sign_is_guarded() {
    let project = Project::new();
    let secret = sign_with(&project, &new_key("2026-11-01T00:00:00Z", "2028-11-01T00:00:00Z"));
    let signed = |more: &str| project.run(&format!("build --key {secret} --date {DATE} {more}"));
    signed("").exits(0);
    publish(&project);
    signed("--previous previous").exits(0).says("version 1");
    fs::remove_dir_all(project.path("public")).unwrap();
    project.edit(FILE, "Use-after-free", "Double free");
    signed("--previous previous").exits(1).says("[modified-not-raised]");
    for way in ["--unsigned", "--dev-key"] {
        let ran = project.run(&format!("build {way} --previous previous --date {DATE}"));
        ran.exits(1).says("[modified-not-raised]");
    }
    let ran = project.run(&format!("build --preview --previous previous --date {DATE}"));
    ran.exits(0).says("[modified-not-raised]");
    signed("--previous previous --allow modified-not-raised").exits(0);
}

#[test]
fn there_must_be_something_to_compare_with() {
    let project = Project::new();
    fs::create_dir(project.path("empty")).unwrap();
    project.write("other/readme.txt", "Nothing of a site.");
    project.run(&format!("build --unsigned --previous empty --date {DATE}")).exits(0);
    project.run(&format!("check --against empty --date {DATE}")).exits(0);
    project
        .run(&format!("check --against other --date {DATE}"))
        .exits(1)
        .says("`other` has nothing to compare with");
    project.run(&format!("check --against nowhere --date {DATE}")).exits(2).says("there is no folder");
    project.run(&format!("build --unsigned --previous nowhere --date {DATE}")).exits(3).says("nowhere");
    let project = published(project);
    fs::remove_file(project.path("previous/osv/all.json")).unwrap();
    check(&project).exits(0).says("only addresses were compared");
}

#[test]
fn hostile_copies_are_findings() {
    let project = published(Project::new());
    let list = |id: &str| format!("[{{\"id\":\"{id}\",\"modified\":\"2026-03-20T00:00:00Z\"}}]");
    let previous = |path: &str| format!("previous/{path}");
    let record = "osv/x_EXAMPLE-2026-0001.json";
    fs::remove_file(project.path(&previous(".well-known/secsite/manifest.json"))).unwrap();
    for bytes in [&b""[..], b"[", b"{}", b"[{}]", b"\xff", "[".repeat(1 << 20).as_bytes()] {
        project.write(&previous("osv/all.json"), bytes);
        refused(&project, "unreadable-public").says("`osv/all.json`");
    }
    for id in
        ["../../policy.toml", "/etc/passwd", "\\u0000\\u001b[31m", "x_", "", "x_EXAMPLE-2026-0001/../.."]
    {
        project.write(&previous("osv/all.json"), list(id));
        let ran = refused(&project, "vanished-advisory");
        assert!(!ran.stderr.contains('\u{1b}') && !ran.stderr.contains('\0'), "{}", ran.stderr);
    }
    project.write(&previous("osv/all.json"), list("x_EXAMPLE-2026-0001"));
    for bytes in [vec![], b"null".to_vec(), vec![b'['; 200_000], vec![b' '; 2 << 20]] {
        project.write(&previous(record), bytes);
        refused(&project, "unreadable-public").says(record);
    }
    fs::remove_file(project.path(&previous(record))).unwrap();
    fs::create_dir(project.path(&previous(record))).unwrap();
    refused(&project, "unreadable-public");
    #[cfg(unix)]
    {
        fs::remove_dir(project.path(&previous(record))).unwrap();
        std::os::unix::fs::symlink(project.path("policy.toml"), project.path(&previous(record))).unwrap();
        refused(&project, "unreadable-public");
    }
}

#[test]
fn a_portal_is_asked_for_what_differs() {
    let project = Project::new();
    project.write("advisories/EXAMPLE-2026-0002.md", advisory("EXAMPLE-2026-0002", ""));
    let project = published(project);
    let files = crate::project::read_tree(&project.path("previous"));
    let asked = Arc::new(Mutex::new(Vec::new()));
    let log = Arc::clone(&asked);
    let server = Server::new(move |path| {
        log.lock().unwrap().push(path.to_owned());
        from_tree(&files, path)
    });
    let check = || {
        asked.lock().unwrap().clear();
        let ran = project.run(&format!("check --against {} --date {DATE}", server.url()));
        let mut paths = asked.lock().unwrap().clone();
        paths.sort();
        (ran, paths)
    };
    let (ran, paths) = check();
    ran.exits(0);
    let known = [".well-known/secsite/manifest.json", "osv/all.json"];
    assert_eq!(paths, known);
    project.edit(FILE, "twice frees", "two times frees");
    let (ran, paths) = check();
    ran.exits(1).says("[modified-not-raised]");
    assert_eq!(paths, [known[0], known[1], "osv/x_EXAMPLE-2026-0001.json"]);
}

#[test]
fn a_portal_that_fails_is_no_finding() {
    let project = Project::new();
    let check = |server: &Server| project.run(&format!("check --against {} --date {DATE}", server.url()));
    let moved = Server::new(|_| Reply::with("301 Moved Permanently", "Location: /elsewhere\r\n", b""));
    check(&moved).exits(3).says("`osv/all.json`");
    let broken = Server::new(|_| Reply::with("500 Internal Server Error", "", b""));
    check(&broken).exits(3).says("nothing was compared");
    let nothing = Server::of(BTreeMap::new());
    check(&nothing).exits(1).says("has nothing to compare with");
    project.run("check --against http://example.org/").exits(2);
}
