//! The store of signatures, as somebody leaves it who may propose changes to a repository, or a `sign` that was cut short.

use std::fs;

use secsite::formats::manifest::Manifest;
use secsite::openpgp::Generated;

use crate::keys::{new_key, sign_with, write_secret};
use crate::project::{DATE, Project, Ran, read_tree};

const MANIFEST: &str = "signatures/.well-known/secsite/manifest.json";
const DAYS: [&str; 4] = [DATE, "2026-11-23T00:00:00Z", "2026-11-24T00:00:00Z", "2026-11-25T00:00:00Z"];

fn sign(project: &Project, secret: &str, date: &str) -> Ran {
    project.run(&format!("sign --key {secret} --date {date}"))
}

fn manifest(project: &Project) -> Manifest {
    Manifest::parse(&fs::read(project.path(MANIFEST)).unwrap()).unwrap()
}

fn page(project: &Project, text: &str) {
    project.write("content/notes.md", format!("+++\ntitle = \"Notes\"\n+++\n\n{text}\n"));
}

/// A project that has been signed three times, and the path of its secret key.
fn third_release() -> (Project, String) {
    let project = Project::new();
    let key = new_key("2026-11-01T00:00:00Z", "2028-11-01T00:00:00Z");
    let secret = sign_with(&project, &key);
    for (day, text) in DAYS.iter().zip(["one", "two", "three"]) {
        page(&project, text);
        sign(&project, &secret, day).exits(0);
    }
    assert_eq!(manifest(&project).version, 3);
    (project, secret)
}

#[test]
fn a_manifest_without_its_signature_is_no_new_beginning() {
    let (project, secret) = third_release();
    let before = read_tree(&project.path("signatures"));
    let signature = format!("{MANIFEST}.asc");
    let spoilers: [&dyn Fn(); 4] = [
        &|| fs::remove_file(project.path(&signature)).unwrap(),
        // As a `sign` leaves it that was killed between the two, or a merge that took one from each side.
        &|| {
            let old = fs::read(project.path("signatures/.well-known/secsite/history/2.json.asc")).unwrap();
            project.write(&signature, old);
        },
        &|| project.write(MANIFEST, "<<<<<<< HEAD\n"),
        &|| project.edit(MANIFEST, "\"version\":3", "\"version\":9"),
    ];
    for spoil in spoilers {
        spoil();
        let spoilt = read_tree(&project.path("signatures"));
        for command in ["sign", "build"] {
            let ran = project.run(&format!("{command} --key {secret} --date {}", DAYS[3]));
            ran.exits(1).says("the release in `signatures` cannot be gone on from").says("version 1");
        }
        assert_eq!(read_tree(&project.path("signatures")), spoilt, "nothing is lost");
        assert!(!project.path("public").exists());
        for (path, bytes) in &before {
            project.write(&format!("signatures/{path}"), bytes);
        }
    }
    page(&project, "four");
    sign(&project, &secret, DAYS[3]).exits(0).says("signed version 4");
}

#[test]
fn a_release_before_that_was_named_is_gone_on_from_or_nothing_is() {
    let (project, secret) = third_release();
    project.run(&format!("build --key {secret} --date {}", DAYS[2])).exits(0);
    fs::rename(project.path("public"), project.path("published")).unwrap();
    fs::remove_dir_all(project.path("signatures")).unwrap();
    fs::remove_file(project.path("published/.well-known/secsite/manifest.json.asc")).unwrap();
    let build = format!("build --key {secret} --date {}", DAYS[3]);
    let ran = project.run(&format!("{build} --previous published")).exits(1);
    ran.says("the release in").says("published").says("cannot be gone on from");
    assert!(!project.path("public").exists());
    // For another address there is another past.
    project.run(&format!("{build} -u https://staging.example.org/")).exits(0).says("version 1");
}

struct Two {
    project: Project,
    alice: (Generated, String),
    bob: (Generated, String),
}

/// Alice and Bob sign together; releases so far: none.
fn two() -> Two {
    let project = Project::new();
    let add = |id: &str| {
        let key = new_key("2026-11-01T00:00:00Z", "2028-11-01T00:00:00Z");
        let file = format!("keys/{id}.asc");
        project.write(&file, key.certificate.armored());
        let policy = fs::read_to_string(project.path("policy.toml")).unwrap();
        let fingerprint = key.certificate.fingerprint();
        let entry = format!("\n[[key]]\nid = \"{id}\"\nfile = \"{file}\"\nfingerprint = \"{fingerprint}\"\n");
        project.write("policy.toml", policy + &entry);
        write_secret(&project, &format!("{id}.secret"), &key.secret_armored);
        let secret = project.path(&format!("{id}.secret")).to_str().unwrap().to_owned();
        (key, secret)
    };
    let (alice, bob) = (add("alice"), add("bob"));
    let policy = fs::read_to_string(project.path("policy.toml")).unwrap();
    project.write("policy.toml", policy + "\n[signing]\nkey = [\"alice\", \"bob\"]\nthreshold = 2\n");
    Two { project, alice, bob }
}

#[test]
fn a_release_that_was_begun_and_given_up_leaves_no_gap() {
    let it = two();
    page(&it.project, "one");
    sign(&it.project, &it.alice.1, DAYS[0]).exits(0);
    sign(&it.project, &it.bob.1, DAYS[0]).exits(0);
    it.project.run(&format!("build --date {DATE}")).exits(0);
    let pins = format!(
        "--signer {} --signer {}",
        it.alice.0.certificate.fingerprint(),
        it.bob.0.certificate.fingerprint()
    );
    let verify = |date: &str| {
        let mut command = it.project.command(["verify"]);
        command.arg(it.project.path("public")).args(["--date", date]).args(pins.split_whitespace());
        Ran::of(command.env("XDG_STATE_HOME", it.project.path("state")))
    };
    verify(DAYS[0]).exits(0);
    page(&it.project, "given up");
    sign(&it.project, &it.alice.1, DAYS[1]).exits(0);
    page(&it.project, "two");
    sign(&it.project, &it.bob.1, DAYS[2]).exits(0);
    sign(&it.project, &it.alice.1, DAYS[2]).exits(0);
    it.project.run(&format!("build --date {}", DAYS[2])).exits(0);
    verify(DAYS[2]).exits(0);
}
