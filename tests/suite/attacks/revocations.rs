//! Keys that their owner took back, in every way there is, on a site that would rather not say so.

use secsite::openpgp::Certificate;
use sequoia_openpgp::cert::prelude::KeyBuilder;
use sequoia_openpgp::cert::{CertRevocationBuilder, SubkeyRevocationBuilder};
use sequoia_openpgp::crypto::KeyPair;
use sequoia_openpgp::packet::signature::SignatureBuilder;
use sequoia_openpgp::parse::Parse as _;
use sequoia_openpgp::policy::StandardPolicy;
use sequoia_openpgp::serialize::SerializeInto as _;
use sequoia_openpgp::types::{KeyFlags, ReasonForRevocation};
use sequoia_openpgp::{Cert, Packet};
use std::time::{Duration, SystemTime};

use crate::keys::{sign_with, write_secret};
use crate::project::{DATE, Project, Ran};
use crate::signed::Signed;

/// The owner's certificate with its secrets, and the primary key ready to sign.
fn owner(site: &Signed) -> (Cert, KeyPair, SystemTime) {
    let cert = Cert::from_bytes(&*site.key.secret_armored).unwrap();
    let primary = cert.primary_key().key().clone().parts_into_secret().unwrap().into_keypair().unwrap();
    let at = DATE.parse::<jiff::Timestamp>().unwrap().as_second();
    (cert, primary, SystemTime::UNIX_EPOCH + Duration::from_secs(at.unsigned_abs() - 3600))
}

fn revocation(cert: &Cert, by: &mut KeyPair, at: SystemTime, reason: ReasonForRevocation) -> Packet {
    let builder = CertRevocationBuilder::new().set_signature_creation_time(at).unwrap();
    let builder = builder.set_reason_for_revocation(reason, b"gone").unwrap();
    builder.build(by, cert, None).unwrap().into()
}

/// Publishes a certificate with one packet more; then hides the packet again. The site was good before.
fn learned(site: &Signed, cert: Cert, packet: Packet, words: &str) {
    site.pinned().exits(0);
    let name = format!("keys/{}.asc", site.fingerprint());
    let stripped = site.read(&name);
    let (cert, _) = cert.strip_secret_key_material().insert_packets(vec![packet]).unwrap();
    let certificate = Certificate::parse(&cert.armored().to_vec().unwrap()).unwrap();
    site.write(&name, certificate.armored());
    site.pinned().exits(1).says(words);
    site.write(&name, &stripped);
    for _ in 0..2 {
        site.pinned().exits(1).says(words);
        site.verify("").exits(1).says(words);
        site.verify("--trust-on-first-use").exits(1).says(words);
    }
    site.project.write("pin.asc", stripped);
    let file = site.project.path("pin.asc");
    site.verify(&format!("--signer {}", file.display())).exits(1).says(words);
}

#[test]
fn a_key_that_is_no_longer_used() {
    let site = Signed::new();
    let (cert, mut primary, at) = owner(&site);
    let revocation = revocation(&cert, &mut primary, at, ReasonForRevocation::KeyRetired);
    learned(&site, cert, revocation, "[key-revoked]");
}

#[test]
fn a_signing_subkey() {
    for reason in [ReasonForRevocation::KeyCompromised, ReasonForRevocation::KeySuperseded] {
        let site = Signed::new();
        let (cert, mut primary, at) = owner(&site);
        let policy = StandardPolicy::at(at);
        let valid = cert.with_policy(&policy, at).unwrap();
        let subkey = valid.keys().subkeys().for_signing().next().unwrap().key().clone();
        let revocation = SubkeyRevocationBuilder::new()
            .set_signature_creation_time(at)
            .unwrap()
            .set_reason_for_revocation(reason, b"lost")
            .unwrap()
            .build(&mut primary, &cert, &subkey, None)
            .unwrap();
        learned(&site, cert.clone(), revocation.into(), "[key-revoked]");
    }
}

#[test]
fn the_owner_of_a_stolen_subkey_goes_on() {
    let site = Signed::new();
    let (cert, mut primary, at) = owner(&site);
    let policy = StandardPolicy::at(at);
    let valid = cert.with_policy(&policy, at).unwrap();
    let subkey = valid.keys().subkeys().for_signing().next().unwrap().key().clone();
    let builder = SubkeyRevocationBuilder::new().set_signature_creation_time(at).unwrap();
    let builder = builder.set_reason_for_revocation(ReasonForRevocation::KeyCompromised, b"").unwrap();
    let revocation = builder.build(&mut primary, &cert, &subkey, None).unwrap();
    let (cert, _) = cert.clone().insert_packets(vec![Packet::from(revocation)]).unwrap();
    let cert = KeyBuilder::new(KeyFlags::empty().set_signing())
        .set_creation_time(at)
        .subkey(cert.with_policy(&policy, at).unwrap())
        .unwrap()
        .attach_cert()
        .unwrap();

    let project = Project::new();
    let secret = sign_with(&project, site.key);
    let later = "2026-11-23T00:00:00Z";
    let sign = |date: &str| project.run(&format!("sign --key {secret} --date {date}"));
    sign(DATE).exits(0).says("signed version 1");
    project.run(&format!("build --date {DATE}")).exits(0);
    let public = project.path("public");
    let verify = |date: &str| {
        let mut command = project.command(["verify", "--signer", &site.fingerprint(), "--date", date]);
        Ran::of(command.arg(&public).env("XDG_STATE_HOME", project.path("state")))
    };
    verify(DATE).exits(0);
    write_secret(&project, "secret.asc", &cert.as_tsk().armored().to_vec().unwrap());
    project.write("keys/security.asc", cert.strip_secret_key_material().armored().to_vec().unwrap());
    // Without the key nobody makes it say something else.
    let manifest = "signatures/.well-known/secsite/manifest.json";
    project.edit(manifest, "\"version\":1", "\"version\":9");
    sign(later).exits(1).says("cannot be gone on from").says("does not match");
    project.edit(manifest, "\"version\":9", "\"version\":1");
    sign(later).exits(0).says("signed version 2");
    project.run(&format!("build --date {later}")).exits(0);
    verify(later).exits(0);
}

#[test]
fn a_subkey_whose_life_was_cut_short() {
    let site = Signed::new();
    let (cert, mut primary, at) = owner(&site);
    let policy = StandardPolicy::at(at);
    let valid = cert.with_policy(&policy, at).unwrap();
    let bound = valid.keys().subkeys().for_signing().next().unwrap();
    let age = at.duration_since(bound.key().creation_time()).unwrap();
    let subkey = bound.key().clone().role_into_subordinate();
    let binding = SignatureBuilder::from(bound.binding_signature().clone())
        .set_signature_creation_time(at)
        .unwrap()
        .set_key_validity_period(age.checked_sub(Duration::from_secs(60)))
        .unwrap()
        .sign_subkey_binding(&mut primary, cert.primary_key().key(), &subkey)
        .unwrap();
    learned(&site, cert.clone(), binding.into(), "[key-expired]");
}

#[test]
fn a_revocation_by_somebody_else_is_none() {
    let site = Signed::new();
    let (cert, _, at) = owner(&site);
    let eve = Cert::from_bytes(
        &*crate::keys::new_key("2026-11-01T00:00:00Z", "2028-11-01T00:00:00Z").secret_armored,
    )
    .unwrap();
    let mut hers = eve.primary_key().key().clone().parts_into_secret().unwrap().into_keypair().unwrap();
    let revocation = revocation(&cert, &mut hers, at, ReasonForRevocation::KeyCompromised);
    let (cert, _) = cert.strip_secret_key_material().insert_packets(vec![revocation]).unwrap();
    let name = format!("keys/{}.asc", site.fingerprint());
    let stripped = site.read(&name);
    site.write(&name, cert.armored().to_vec().unwrap());
    site.pinned().exits(1).says("[changed]");
    site.write(&name, stripped);
    site.pinned().exits(0);
}

#[test]
fn runs_at_once_lose_nothing() {
    let site = Signed::new();
    site.pinned().exits(0);
    let name = format!("keys/{}.asc", site.fingerprint());
    let stripped = site.read(&name);
    let (cert, mut primary, at) = owner(&site);
    let revocation = revocation(&cert, &mut primary, at, ReasonForRevocation::KeyCompromised);
    let (cert, _) = cert.strip_secret_key_material().insert_packets(vec![revocation]).unwrap();
    let other = Signed::new();
    other.write(&name, cert.armored().to_vec().unwrap());
    let verify = |of: &Signed| {
        let mut command = site.project.command(["verify"]);
        command.arg(of.project.path("public")).args(["--date", DATE]);
        command.env("XDG_STATE_HOME", site.project.path("state"));
        command.stderr(std::process::Stdio::null()).stdout(std::process::Stdio::null()).spawn().unwrap()
    };
    let runs: Vec<_> = (0..8).flat_map(|_| [verify(&site), verify(&other)]).collect();
    for mut run in runs {
        run.wait().unwrap();
    }
    assert_eq!(site.read(&name), stripped);
    site.verify("").exits(1).says("[key-revoked]");
}
