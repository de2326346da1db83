//! Guarantee G17: what ends is announced thirty days before, and is an error after.

use std::time::{Duration, SystemTime};

use secsite::formats::manifest::Manifest;
use sequoia_openpgp::cert::CertBuilder;
use sequoia_openpgp::serialize::SerializeInto as _;
use sequoia_openpgp::types::KeyFlags;

use crate::keys::{new_key, sign_with, write_secret};
use crate::project::{DATE, Project};

const DAY: Duration = Duration::from_secs(86_400);

/// A site whose key lives from January to the day given.
fn with_key_until(end: &str) -> (Project, String) {
    let project = Project::new();
    let secret = sign_with(&project, &new_key("2026-01-05T00:00:00Z", end));
    (project, secret)
}

#[test]
fn a_key_that_ends() {
    for (end, code, says) in [
        ("2026-12-23T00:00:00Z", 0, ""),
        ("2026-12-21T00:00:00Z", 0, "warning[key-expires-soon]: the key ends on 2026-12-21"),
        ("2026-11-27T00:00:00Z", 0, "warning[key-expires-soon]: the key ends on 2026-11-27"),
        ("2026-11-21T00:00:00Z", 1, "error[expired-key]: the key expired on 2026-11-21"),
        ("2026-11-22T00:00:00Z", 1, "error[expired-key]: the key expired on 2026-11-22"),
    ] {
        let (project, _) = with_key_until(end);
        let said = project.run(&format!("check --date {DATE}")).exits(code).says(says);
        assert_eq!(said.stderr.contains("key-expires-soon"), says.contains("soon"), "{end}: {}", said.stderr);
        if says.contains("soon") {
            project.run(&format!("check --date {DATE} --deny warnings")).exits(1);
        }
    }
}

#[test]
fn a_date_before_the_key() {
    let (project, secret) = with_key_until("2028-01-05T00:00:00Z");
    let says = "error[expired-key]: the key is not valid before 2026-01-05";
    let early = "2026-01-04T00:00:00Z";
    project.edit("policy.toml", "2026-11-01", "2026-01-01");
    project.run(&format!("check --date {early}")).exits(1).says(says).says("help: check the date");
    let said = project.run(&format!("build --date {early} --key {secret}"));
    assert!(matches!(said.code, Some(1 | 3)), "{}", said.stderr);
    assert!(said.stderr.contains("the key is not valid before 2026-01-05"), "{}", said.stderr);
    assert!(project.output().is_empty());
}

#[test]
fn a_signing_subkey_that_ends_before_its_key() {
    let born: jiff::Timestamp = "2026-01-05T00:00:00Z".parse().unwrap();
    let born = SystemTime::UNIX_EPOCH + Duration::from_secs(u64::try_from(born.as_second()).unwrap());
    let (cert, _) = CertBuilder::new()
        .set_profile(sequoia_openpgp::Profile::RFC4880)
        .unwrap()
        .set_creation_time(born)
        .add_userid("security@example.org")
        .add_subkey(KeyFlags::empty().set_signing(), 330 * DAY, None)
        .add_transport_encryption_subkey()
        .generate()
        .unwrap();
    let project = Project::new();
    sign_with(&project, &new_key("2026-01-05T00:00:00Z", "2028-01-05T00:00:00Z"));
    project.write("keys/security.asc", cert.armored().to_vec().unwrap());
    write_secret(&project, "secret.asc", &cert.as_tsk().armored().to_vec().unwrap());
    let policy = std::fs::read_to_string(project.path("policy.toml")).unwrap();
    let old = policy.lines().find(|line| line.starts_with("fingerprint")).unwrap();
    project.edit("policy.toml", old, &format!("fingerprint = \"{}\"", cert.fingerprint().to_hex()));
    let check = |date: &str| project.run(&format!("check --date {date}"));
    assert!(!check("2026-10-31T00:00:00Z").exits(0).stderr.contains("key-expires-soon"));
    check("2026-11-02T00:00:00Z").exits(0).says("warning[key-expires-soon]: the key ends on 2026-12-01");
    check("2026-12-01T00:00:01Z")
        .exits(1)
        .says("error[expired-key]: the signing subkey expired on 2026-12-01");
}

#[test]
fn a_manifest_ends_with_its_key() {
    let (project, secret) = with_key_until("2026-11-27T00:00:00Z");
    project.run(&format!("build --date {DATE} --key {secret}")).exits(0).says("key-expires-soon");
    let manifest = Manifest::parse(&project.output()[".well-known/secsite/manifest.json"]).unwrap();
    assert_eq!(manifest.expires, "2026-11-27T00:00:00Z".parse().unwrap());
}

#[test]
fn security_txt_ends_with_its_review() {
    let project = Project::new();
    let check = |date: &str| project.run(&format!("check --date {date}"));
    assert!(!check("2027-03-30T00:00:00Z").exits(0).stderr.contains("review"));
    check("2027-04-01T00:00:00Z").exits(0).says("warning[review-due]");
    check("2027-04-30T00:00:00Z").exits(1).says("error[expired-review]");
}
