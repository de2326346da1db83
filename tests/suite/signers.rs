//! More signers than one: k of n at a time, and one after the other.

use std::fs;

use secsite::formats::manifest::Manifest;
use secsite::formats::succession::Succession;
use secsite::openpgp::{Certificate, Generated, Verifier};

use crate::keys::{new_key, write_secret};
use crate::project::{DATE, POLICY, Project, Ran, read_tree};

const MANIFEST: &str = ".well-known/secsite/manifest.json";
const LATER: &str = "2026-11-23T00:00:00Z";

/// A key of the policy, and the path of its secret.
pub fn add_key(project: &Project, id: &str) -> (Generated, String) {
    let key = new_key("2026-11-01T00:00:00Z", "2028-11-01T00:00:00Z");
    project.write(&format!("keys/{id}.asc"), key.certificate.armored());
    let policy = fs::read_to_string(project.path("policy.toml")).unwrap();
    let entry = format!(
        "\n[[key]]\nid = \"{id}\"\nfile = \"keys/{id}.asc\"\nfingerprint = \"{}\"\n",
        key.certificate.fingerprint()
    );
    project.write("policy.toml", policy + &entry);
    write_secret(project, &format!("{id}.secret"), &key.secret_armored);
    let secret = project.path(&format!("{id}.secret"));
    (key, secret.to_str().unwrap().to_owned())
}

/// Says who signs, in place of what was said before.
pub fn signing(project: &Project, lines: &str) {
    let policy = fs::read_to_string(project.path("policy.toml")).unwrap();
    let (before, rest) = policy.split_once("\n[signing]\n").unwrap_or((&policy, ""));
    let after = rest.find("\n[[key]]").map_or("", |at| &rest[at..]);
    project.write("policy.toml", format!("{before}{after}\n[signing]\n{lines}\n"));
}

fn sign(project: &Project, secret: &str, date: &str) -> Ran {
    project.run(&format!("sign --key {secret} --date {date}"))
}

fn certificates(keys: &[&Generated]) -> Vec<Certificate> {
    keys.iter().map(|key| key.certificate.clone()).collect()
}

#[test]
fn two_of_three_sign_one_manifest() {
    let project = Project::new();
    let (alice, alices) = add_key(&project, "alice");
    let (bob, bobs) = add_key(&project, "bob");
    let (_, carols) = add_key(&project, "carol");
    signing(&project, "key = [\"alice\", \"bob\", \"carol\"]\nthreshold = 2");
    sign(&project, &alices, DATE).exits(0).says("once more signers have signed").says("`bob`");
    let ran = project.run(&format!("build --date {DATE}")).exits(1);
    ran.says("the manifest has 1 of 2 signatures").says("`bob`").says("`carol`");
    assert!(!project.path("public").exists());
    // Bob comes a day later, and signs what Alice has signed.
    let ran = Ran::of(&mut project.command(["sign", "--key", &bobs, "--date", DATE])).exits(0);
    ran.says("signed version 1: 1 signature made");
    project.run(&format!("build --date {DATE}")).exits(0);
    let site = project.output();
    let judge = Verifier::new(&certificates(&[&alice, &bob]), DATE.parse().unwrap());
    let verified = judge.detached(&site[MANIFEST], &site[&format!("{MANIFEST}.asc")]).unwrap();
    assert_eq!(verified.co_signers.len(), 1);
    let manifest = Manifest::parse(&site[MANIFEST]).unwrap();
    assert_eq!((manifest.signers.fingerprints.len(), manifest.signers.threshold), (3, 2));
    // Enough is enough.
    sign(&project, &carols, DATE).exits(0).says("nothing to sign");
}

#[test]
fn a_signature_that_waited_too_long_is_made_anew() {
    let project = Project::new();
    let (_, alices) = add_key(&project, "alice");
    let (_, bobs) = add_key(&project, "bob");
    signing(&project, "key = [\"alice\", \"bob\"]\nthreshold = 2");
    sign(&project, &alices, DATE).exits(0);
    project.write("content/notes.md", "+++\ntitle = \"Notes\"\n+++\n\nNew.\n");
    sign(&project, &bobs, DATE).exits(0).says("signed version 1").says("`alice`");
    let store = read_tree(&project.path("signatures"));
    let manifest = Manifest::parse(&store[MANIFEST]).unwrap();
    assert_eq!(manifest.previous, None, "what too few have signed was no release");
    assert!(!store.keys().any(|path| path.contains("history")));
    sign(&project, &alices, DATE).exits(0);
    project.run(&format!("build --date {DATE}")).exits(0);
}

#[test]
fn a_new_key_is_introduced_by_both() {
    let project = Project::new();
    let (old, olds) = add_key(&project, "old");
    signing(&project, "key = \"old\"");
    sign(&project, &olds, DATE).exits(0);
    let (new, news) = add_key(&project, "new");
    signing(&project, "key = \"new\"\nsucceeds = \"old\"");
    project
        .run(&format!("build --key {news} --date {LATER}"))
        .exits(1)
        .says("run `secsite sign` with the key of `old`");
    // Either may begin; both must have signed before anything else is.
    sign(&project, &news, LATER).exits(0).says("signed the statement of succession").says("`old`");
    sign(&project, &olds, LATER).exits(0).says("now run `secsite sign` with the new key");
    sign(&project, &news, LATER).exits(0).says("signed version 2");
    project.run(&format!("build --date {LATER}")).exits(0);
    let site = project.output();
    let path = ".well-known/secsite/signers/1.json";
    let statement = Succession::parse(&site[path]).unwrap();
    assert_eq!(statement.from.fingerprints, [old.certificate.fingerprint()]);
    assert_eq!(statement.to.fingerprints, [new.certificate.fingerprint()]);
    for key in [&old, &new] {
        let judge = Verifier::new(&certificates(&[key]), LATER.parse().unwrap());
        judge.detached(&site[path], &site[&format!("{path}.asc")]).unwrap();
    }
    let manifest = Manifest::parse(&site[MANIFEST]).unwrap();
    assert!(manifest.previous.is_some(), "the chain goes on");
    assert!(manifest.files.iter().any(|file| file.path.as_str() == path));
    // The statement stays when the policy no longer asks for it.
    signing(&project, "key = \"new\"");
    sign(&project, &news, "2026-11-24T00:00:00Z").exits(0).says("signed version 3");
    project.run("build --date 2026-11-24T00:00:00Z").exits(0);
    assert_eq!(project.output()[path], site[path]);
    // A second handover has the next number.
    let (_, thirds) = add_key(&project, "third");
    signing(&project, "key = \"third\"\nsucceeds = \"new\"");
    for secret in [&news, &thirds] {
        sign(&project, secret, "2026-11-25T00:00:00Z").exits(0);
    }
    project.run("build --date 2026-11-25T00:00:00Z").exits(0);
    assert!(project.output().contains_key(".well-known/secsite/signers/2.json"));
}

#[test]
fn signers_are_sixteen_at_most_and_each_once() {
    for (lines, message) in [
        ("key = []", "`key` is an empty list"),
        ("key = [\"a\", \"a\"]", "`a` is named twice"),
        ("key = [\"a\", \"b\"]\nthreshold = 3", "`threshold` is 3, and 2 keys sign"),
        ("key = [\"a\", \"b\"]\nthreshold = 0", "`threshold` is 0, and 2 keys sign"),
        ("key = \"a\"\nsucceeds = \"a\"", "`a` cannot succeed itself"),
    ] {
        let project = Project::empty();
        let entry = |id: &str| format!("\n[[key]]\nid = \"{id}\"\navailable = \"on-request\"\n");
        project.write("policy.toml", format!("{POLICY}{}{}\n[signing]\n{lines}\n", entry("a"), entry("b")));
        project.run(&format!("check --date {DATE}")).says(message);
    }
    let ids: Vec<String> = (0..17).map(|i| format!("\"k{i}\"")).collect();
    let project = Project::empty();
    project.write("policy.toml", format!("{POLICY}\n[signing]\nkey = [{}]\n", ids.join(", ")));
    project.run(&format!("check --date {DATE}")).says("17 keys are named, and 16 can sign");
}

#[test]
fn a_stolen_key_does_not_end_the_chain() {
    let project = Project::new();
    let (old, olds) = add_key(&project, "old");
    signing(&project, "key = \"old\"");
    sign(&project, &olds, DATE).exits(0);
    let (new, news) = add_key(&project, "new");
    // The thief has the key, so it cannot hand over; its certificate stays, revoked and without a purpose.
    project.write("keys/old.asc", crate::revocation::revoked(&old));
    signing(&project, "key = \"new\"");
    project.run(&format!("build --date {LATER}")).exits(1).says("secsite sign");
    sign(&project, &news, LATER).exits(0).says("signed version 2");
    project.run(&format!("build --date {LATER}")).exits(0);
    let site = project.output();
    let manifest = Manifest::parse(&site[MANIFEST]).unwrap();
    assert!(manifest.previous.is_some());
    assert!(site.contains_key(".well-known/secsite/history/1.json"));
    assert_eq!(manifest.signers.fingerprints, [new.certificate.fingerprint()]);
    // A copy from the host proves nothing about who put it there: the thief could have.
    let theirs = project.path("public");
    fs::rename(&theirs, project.path("published")).unwrap();
    fs::remove_dir_all(project.path("signatures")).unwrap();
    project
        .run(&format!("build --key {news} --date {LATER} --previous published"))
        .exits(0)
        .says("version 2");
}

#[test]
fn who_signs_in_vain_is_told() {
    let project = Project::new();
    let (_, olds) = add_key(&project, "old");
    let (_, news) = add_key(&project, "new");
    let (_, strangers) = add_key(&project, "stranger");
    signing(&project, "key = \"new\"\nsucceeds = \"old\"");
    sign(&project, &strangers, DATE).exits(3).says("the secret key is");
    sign(&project, &olds, DATE).exits(0);
    sign(&project, &olds, DATE).exits(0).says("nothing to sign with this key").says("`new`");
    sign(&project, &news, DATE).exits(0).says("signed version 1");
    sign(&project, &olds, DATE).exits(0).says("nothing to sign with a former key");
}

#[test]
fn a_second_signer_joins_the_first() {
    let project = Project::new();
    let (alice, alices) = add_key(&project, "alice");
    signing(&project, "key = \"alice\"");
    sign(&project, &alices, DATE).exits(0);
    let (_, bobs) = add_key(&project, "bob");
    signing(&project, "key = [\"alice\", \"bob\"]\nsucceeds = \"alice\"\nthreshold = 2");
    // Both sign the statement, then both sign the manifest.
    for secret in [&alices, &bobs, &alices] {
        sign(&project, secret, LATER).exits(0);
    }
    project.run(&format!("build --date {LATER}")).exits(0).says("version 2");
    let public = project.path("public");
    let fingerprint = alice.certificate.fingerprint();
    let verify =
        format!("verify {} --no-state --date {LATER} --signer {fingerprint}", public.to_str().unwrap());
    // Who has pinned Alice follows her to both.
    project.run(&verify).exits(0);
}
