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
        // As a merge leaves it that took one from each side.
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

#[test]
fn a_store_that_was_set_back_is_behind_what_was_published() {
    let project = Project::new();
    let key = new_key("2026-11-01T00:00:00Z", "2028-11-01T00:00:00Z");
    let secret = sign_with(&project, &key);
    page(&project, "one");
    sign(&project, &secret, DAYS[0]).exits(0);
    let first = read_tree(project.root());
    page(&project, "two");
    sign(&project, &secret, DAYS[1]).exits(0);
    project.run(&format!("build --date {} -o published", DAYS[1])).exits(0);
    fs::remove_dir_all(project.path("signatures")).unwrap();
    for (path, bytes) in first {
        project.write(&path, bytes);
    }
    let ran = project.run(&format!("build --date {} --previous published", DAYS[1])).exits(1);
    ran.says("version 1").says("version 2").says("published");
    assert!(!project.path("public").exists());
    // Whoever has the key goes on from what readers have seen.
    project
        .run(&format!("build --key {secret} --date {} --previous published", DAYS[2]))
        .exits(0)
        .says("version 3");
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

#[test]
fn a_signer_is_not_talked_into_another_ones_manifest() {
    let it = two();
    page(&it.project, "one");
    sign(&it.project, &it.alice.1, DAYS[0]).exits(0);
    sign(&it.project, &it.bob.1, DAYS[0]).exits(0);
    page(&it.project, "two");
    sign(&it.project, &it.alice.1, DAYS[1]).exits(0);
    let good = manifest(&it.project);
    let alice = crate::signed::signer(&it.alice.0);
    // Alice's key is in other hands: files and signers are right, and the rest is hers to say.
    type Change = dyn Fn(&mut Manifest);
    let offers: [(&str, &Change); 4] = [
        ("more than 90 days", &|it| it.expires = "2099-01-01T00:00:00Z".parse().unwrap()),
        ("in the future", &|it| it.issued = "2027-01-01T00:00:00Z".parse().unwrap()),
        ("does not come after", &|it| it.version = 1 << 53),
        ("does not come after", &|it| it.previous = Some([7; 32])),
    ];
    for (words, change) in offers {
        let mut bad = good.clone();
        change(&mut bad);
        let bytes = bad.to_json();
        it.project.write(MANIFEST, &bytes);
        let at = DAYS[1].parse().unwrap();
        it.project.write(&format!("{MANIFEST}.asc"), alice.sign_detached(&bytes, at).unwrap());
        let store = read_tree(&it.project.path("signatures"));
        let ran = sign(&it.project, &it.bob.1, DAYS[1]).exits(1);
        ran.says("cannot be gone on from").says("was begun").says(words);
        assert_eq!(read_tree(&it.project.path("signatures")), store);
    }
}

#[test]
fn a_certificate_in_the_store_stays() {
    let (project, secret) = third_release();
    let certificate = fs::read(project.path("keys/security.asc")).unwrap();
    project.write("signatures/security.asc", &certificate);
    project.write("signatures/.well-known/.secsite-tmp-7-0", "half of it");
    page(&project, "four");
    sign(&project, &secret, DAYS[3]).exits(0);
    assert!(!project.path("signatures/.well-known/.secsite-tmp-7-0").exists());
    assert_eq!(fs::read(project.path("signatures/security.asc")).unwrap(), certificate);
}

#[cfg(unix)]
#[test]
fn links_in_the_store_lead_nowhere() {
    use std::os::unix::fs::symlink;
    let (project, secret) = third_release();
    let outside = project.path("outside.asc");
    let feed = project.path("signatures/feed.atom.asc");
    fs::rename(&feed, &outside).unwrap();
    symlink(&outside, &feed).unwrap();
    for command in ["build", &format!("sign --key {secret}")] {
        project.run(&format!("{command} --date {}", DAYS[2])).exits(3).says("feed.atom.asc");
    }
    fs::remove_file(&feed).unwrap();
    fs::rename(&outside, &feed).unwrap();
    let moved = project.path("elsewhere");
    fs::rename(project.path("signatures"), &moved).unwrap();
    symlink(&moved, project.path("signatures")).unwrap();
    let before = read_tree(&moved);
    page(&project, "four");
    sign(&project, &secret, DAYS[3]).exits(3).says("signatures");
    assert_eq!(read_tree(&moved), before);
}

#[test]
fn signatures_are_not_kept_among_other_files() {
    for store in ["keys", "content", "advisories", "Keys/signatures"] {
        let project = Project::new();
        let key = new_key("2026-11-01T00:00:00Z", "2028-11-01T00:00:00Z");
        let secret = sign_with(&project, &key);
        project.edit("policy.toml", "[signing]\n", &format!("[signing]\nstore = \"{store}\"\n"));
        let before = read_tree(project.root());
        sign(&project, &secret, DATE).exits(1).says("is no place for signatures");
        assert_eq!(read_tree(project.root()), before, "{store}");
    }
}
