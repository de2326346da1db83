//! Signatures that are kept: signed in one place, assembled in another, gone on from in a third.

use std::collections::BTreeMap;
use std::fs;

use secsite::formats::manifest::Manifest;
use secsite::openpgp::{Certificate, Generated};

use crate::keys::{new_key, sign_with, write_secret};
use crate::project::{DATE, Project, Ran, advisory, assert_same, read_tree};

const MANIFEST: &str = ".well-known/secsite/manifest.json";
const LATER: &str = "2026-11-23T00:00:00Z";

/// A project whose policy names a key, that key, and the path of its secret.
fn project() -> (Project, Generated, String) {
    let project = Project::new();
    let key = new_key("2026-11-01T00:00:00Z", "2028-11-01T00:00:00Z");
    let secret = sign_with(&project, &key);
    (project, key, secret)
}

fn sign(project: &Project, secret: &str, date: &str) -> Ran {
    project.run(&format!("sign --key {secret} --date {date}"))
}

fn manifest(files: &BTreeMap<String, Vec<u8>>) -> Manifest {
    Manifest::parse(&files[MANIFEST]).unwrap()
}

#[test]
fn what_was_signed_here_is_assembled_there() {
    let (project, _, secret) = project();
    sign(&project, &secret, DATE).exits(0).says("signed version 1");
    fs::remove_file(&secret).unwrap();
    // No date is given: the pages say what they said on the day of the signing.
    let build = |zone: &str| {
        let mut command = project.command(["build", "--date", DATE]);
        Ran::of(command.env("TZ", zone)).exits(0).says("0 signatures made");
        project.output()
    };
    let (tokyo, lima) = (build("Asia/Tokyo"), build("America/Lima"));
    assert_same(&tokyo, &lima);
    assert_eq!(manifest(&tokyo).version, 1);

    let elsewhere = Project::empty();
    for (path, bytes) in read_tree(project.root()) {
        if !path.starts_with("public/") {
            elsewhere.write(&path, bytes);
        }
    }
    elsewhere.run(&format!("build --date {DATE}")).exits(0);
    assert_same(&tokyo, &elsewhere.output());
}

#[test]
fn a_build_with_the_key_is_the_same_site() {
    let (project, _, secret) = project();
    sign(&project, &secret, DATE).exits(0);
    project.run(&format!("build --date {DATE} -o assembled")).exits(0);
    fs::remove_dir_all(project.path("signatures")).unwrap();
    project.run(&format!("build --key {secret} --date {DATE} -o signed")).exits(0);
    assert_same(&read_tree(&project.path("assembled")), &read_tree(&project.path("signed")));
}

#[test]
fn the_store_holds_what_only_the_key_can_make() {
    let (project, _, secret) = project();
    sign(&project, &secret, DATE).exits(0);
    let (store, site) = (read_tree(&project.path("signatures")), {
        project.run(&format!("build --date {DATE}")).exits(0);
        project.output()
    });
    assert_eq!(store[".gitattributes"], b"* -text\n");
    for (path, bytes) in store.iter().filter(|(path, _)| *path != ".gitattributes") {
        assert_eq!(site.get(path), Some(bytes), "{path}");
    }
    let signed = site.keys().filter(|path| path.ends_with(".asc") && !path.starts_with("keys/"));
    for path in signed.map(String::as_str).chain([".well-known/security.txt", MANIFEST]) {
        assert!(store.contains_key(path), "{path}");
    }
}

#[test]
fn nothing_is_signed_twice() {
    let (project, _, secret) = project();
    sign(&project, &secret, DATE).exits(0);
    let before = read_tree(&project.path("signatures"));
    sign(&project, &secret, DATE).exits(0).says("nothing to sign");
    assert_same(&before, &read_tree(&project.path("signatures")));
    // The day on the pages moves, so the manifest does, and what the pages do not touch stays.
    sign(&project, &secret, LATER).exits(0).says("signed version 2").says("2 signatures made");
    let after = read_tree(&project.path("signatures"));
    assert_eq!(before["feed.atom.asc"], after["feed.atom.asc"]);
    assert_eq!(before[".well-known/security.txt"], after[".well-known/security.txt"]);
}

#[test]
fn a_release_goes_on_from_the_one_before() {
    let (project, _, secret) = project();
    sign(&project, &secret, DATE).exits(0);
    let first = read_tree(&project.path("signatures"));
    project.write("advisories/EXAMPLE-2026-0002.md", advisory("EXAMPLE-2026-0002", ""));
    sign(&project, &secret, LATER).exits(0);
    project.run(&format!("build --date {LATER}")).exits(0);
    let site = project.output();
    let second = manifest(&site);
    assert_eq!(second.version, 2);
    let hash = |bytes: &[u8]| -> [u8; 32] {
        sha2::Digest::finalize(sha2::Digest::chain_update(<sha2::Sha256 as sha2::Digest>::new(), bytes))
            .into()
    };
    assert_eq!(second.previous, Some(hash(&first[MANIFEST])));
    let former = ".well-known/secsite/history/1.json";
    assert_eq!(site[former], first[MANIFEST]);
    assert_eq!(site[&format!("{former}.asc")], first[&format!("{MANIFEST}.asc")]);
    assert!(second.files.iter().any(|file| file.path.as_str() == former));
}

#[test]
fn a_draft_moves_nothing() {
    let (project, _, secret) = project();
    sign(&project, &secret, DATE).exits(0);
    project.write("advisories/EXAMPLE-2026-0666.md", advisory("EXAMPLE-2026-0666", "status = \"draft\""));
    sign(&project, &secret, DATE).exits(0).says("nothing to sign");
    project.run(&format!("build --date {DATE}")).exits(0);
    assert_eq!(manifest(&project.output()).version, 1);
}

#[test]
fn a_change_after_signing_is_stale() {
    let (project, _, secret) = project();
    sign(&project, &secret, DATE).exits(0);
    project.run(&format!("build --date {DATE}")).exits(0);
    let before = project.output();
    project.write("content/notes.md", "+++\ntitle = \"Notes\"\n+++\n\nNew.\n");
    let ran = project.run(&format!("build --date {DATE}")).exits(1);
    ran.says("the site is not the one that was signed").says("new: notes/index.html").says("secsite sign");
    assert_same(&before, &project.output());
    project.write("advisories/EXAMPLE-2026-0002.md", advisory("EXAMPLE-2026-0002", ""));
    let ran = project.run(&format!("build --date {DATE}")).exits(1);
    ran.says("no stored signature that holds").says("feed.atom").says("secsite sign");
    assert_same(&before, &project.output());
}

#[test]
fn a_tampered_store_is_not_believed() {
    let (project, _, secret) = project();
    sign(&project, &secret, DATE).exits(0);
    let feed = fs::read_to_string(project.path("signatures/feed.atom.asc")).unwrap();
    project.write("signatures/feed.atom.asc", fs::read(project.path("signatures/feed.rss.asc")).unwrap());
    project.run(&format!("build --date {DATE}")).exits(1).says("feed.atom").says("secsite sign");
    project.write(
        "signatures/feed.atom.asc",
        feed.replacen("SIGNATURE-----\n", "SIGNATURE-----\nComment: x\n", 1),
    );
    project.run(&format!("build --date {DATE}")).exits(1).says("feed.atom");
    project.write("signatures/feed.atom.asc", feed);
    project.run(&format!("build --date {DATE}")).exits(0);
    project.edit(&format!("signatures/{MANIFEST}"), "\"version\":1", "\"version\":9");
    let ran = project.run(&format!("build --date {DATE}")).exits(1);
    ran.says("cannot be gone on from").says("does not match");
}

#[test]
fn what_no_file_needs_leaves_the_store() {
    let (project, _, secret) = project();
    sign(&project, &secret, DATE).exits(0);
    project.write("signatures/README", "Made by `secsite sign`.\n");
    project.write("signatures/old/feed.atom.asc", "-----BEGIN PGP SIGNATURE-----\n");
    sign(&project, &secret, DATE).exits(0).says("1 removed");
    assert!(!project.path("signatures/old").exists());
    assert!(project.path("signatures/README").exists());
}

#[test]
fn the_release_before_may_be_the_old_site_or_a_copy() {
    let (project, _, secret) = project();
    let build =
        |more: &str, date: &str| project.run(&format!("build --key {secret} --date {date} {more}")).exits(0);
    build("", DATE).says("version 1");
    let first = project.output();
    build("", DATE).says("version 1").says("0 changed");
    assert_same(&first, &project.output());
    build("", LATER).says("version 2");
    let second = project.output();
    assert_eq!(second[".well-known/secsite/history/1.json"], first[MANIFEST]);
    assert_eq!(second["feed.atom.asc"], first["feed.atom.asc"], "it is used again");
    // A fresh checkout with a copy of what is published.
    fs::rename(project.path("public"), project.path("published")).unwrap();
    build("--previous published", "2026-11-24T00:00:00Z").says("version 3");
    let third = project.output();
    assert_eq!(third[".well-known/secsite/history/2.json"], second[MANIFEST]);
    assert_eq!(third[".well-known/secsite/history/1.json"], first[MANIFEST]);
    let ran = project.run(&format!("build --key {secret} --previous nowhere --date {DATE}"));
    ran.exits(3).says("nowhere");
}

#[test]
fn a_strangers_release_is_not_gone_on_from() {
    let (project, _, secret) = project();
    let other = Project::new();
    let stranger = new_key("2026-11-01T00:00:00Z", "2028-11-01T00:00:00Z");
    let theirs = sign_with(&other, &stranger);
    other.run(&format!("build --key {theirs} --date {DATE}")).exits(0);
    let copy = other.path("public");
    let ran =
        project.run(&format!("build --key {secret} --date {DATE} --previous {}", copy.to_str().unwrap()));
    ran.exits(1).says("cannot be gone on from").says("leave --previous out");
    project.run(&format!("build --key {secret} --date {DATE}")).exits(0).says("version 1");
    let verifier = secsite::openpgp::Verifier::new(
        &[Certificate::parse(&fs::read(project.path("keys/security.asc")).unwrap()).unwrap()],
        DATE.parse().unwrap(),
    );
    let site = project.output();
    verifier.detached(&site["feed.atom"], &site["feed.atom.asc"]).unwrap();
}

#[test]
fn an_embargo_that_ended_asks_for_a_signature() {
    // The clock of this machine decides, so every date is told from it.
    let now = jiff::Timestamp::now();
    let ago = |hours: i64| {
        (now - jiff::SignedDuration::from_hours(hours)).strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
    };
    let project = Project::new();
    project.edit("policy.toml", "2026-11-01", &ago(72)[..10]);
    let ahead = ago(-9000);
    let key = new_key(&ago(48), &ahead);
    let secret = sign_with(&project, &key);
    let embargo = format!("embargo = {{ until = {} }}", ago(1));
    project.write("advisories/EXAMPLE-2026-0002.md", advisory("EXAMPLE-2026-0002", &embargo));
    sign(&project, &secret, &ago(2)).exits(0);
    project.run("build").exits(1).says("the embargo has ended of EXAMPLE-2026-0002").says("secsite sign");
    sign(&project, &secret, &ago(0)).exits(0);
    project.run("build").exits(0);
    assert!(project.output().contains_key("advisories/EXAMPLE-2026-0002/index.html"));
}

#[test]
fn a_key_that_is_not_the_policys_signs_nothing() {
    let (project, _, _) = project();
    let stranger = new_key("2026-11-01T00:00:00Z", "2028-11-01T00:00:00Z");
    write_secret(&project, "other.asc", &stranger.secret_armored);
    let ran = sign(&project, project.path("other.asc").to_str().unwrap(), DATE).exits(3);
    ran.says("the secret key is").says("the policy shows");
    assert!(!project.path("signatures").exists());
}

#[test]
fn the_newest_release_is_gone_on_from() {
    let (project, _, secret) = project();
    sign(&project, &secret, DATE).exits(0);
    let build = |date: &str| project.run(&format!("build --key {secret} --date {date}")).exits(0);
    build(LATER).says("version 2");
    // The store has version 1 still, and the site that readers have seen is version 2.
    build("2026-11-24T00:00:00Z").says("version 3");
    assert_eq!(manifest(&project.output()).version, 3);
}

#[test]
fn a_named_release_must_be_one() {
    let (project, _, secret) = project();
    let build =
        |previous: &str| project.run(&format!("build --key {secret} --date {DATE} --previous {previous}"));
    project.write("elsewhere/README", "no site\n");
    build("elsewhere").exits(1).says("there is no release in").says("--previous");
    fs::create_dir(project.path("empty")).unwrap();
    build("empty").exits(0).says("there is no release to go on from").says("version 1");
}
