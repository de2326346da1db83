//! `secsite verify` as a person meets it: pins, memory, words and exit codes.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::sync::atomic::{AtomicUsize, Ordering};

use secsite::routes::OutPath;
use secsite::verify::finding::Kind;
use secsite::verify::place::{Fault, Name, Place};
use secsite::verify::published;

use crate::project::{DATE, read_tree, repository};
use crate::signed::{ORIGIN, SECURITY_TXT, Signed};

#[test]
fn a_good_site_is_good() {
    let site = Signed::new();
    let ran = site.judged().exits(0).says("is exactly what its signers published").says("not known: ");
    assert!(ran.stderr.contains(&site.key.certificate.fingerprint().grouped()), "{}", ran.stderr);
    assert!(ran.stdout.is_empty(), "{}", ran.stdout);
}

#[test]
fn pins_are_taken_in_every_spelling_but_short() {
    let site = Signed::new();
    let pin = |words: &[&str]| {
        let mut command = site.project.command(["verify", "--no-state", "--date", DATE]);
        crate::project::Ran::of(command.arg(site.project.path("public")).args(words))
    };
    let full = site.fingerprint();
    pin(&["--signer", &full.to_lowercase()]).exits(0);
    pin(&["--signer", &site.key.certificate.fingerprint().grouped()]).exits(0);
    site.project.write("team.asc", site.key.certificate.armored());
    pin(&["--signer", site.project.path("team.asc").to_str().unwrap()]).exits(0);
    for short in [&full[32..], &full[24..]] {
        pin(&["--signer", short]).exits(2).says("short key id; anyone can make a key with the same one");
    }
    pin(&["--signer", "no-such-file.asc"])
        .exits(2)
        .says("there is no file `no-such-file.asc`, and it is no fingerprint");
    pin(&[]).exits(5).says("[no-anchor]").says("--signer FINGERPRINT");
}

#[test]
fn a_subkey_is_no_pin() {
    let site = Signed::new();
    let facts = site.key.certificate.facts(DATE.parse().unwrap());
    let subkey = facts.subkeys.iter().find(|subkey| subkey.can_sign).unwrap().fingerprint;
    let ran = site.verify(&format!("--no-state --signer {subkey}")).exits(5).says("[subkey-pinned]");
    assert!(ran.stderr.contains(&site.fingerprint()), "{}", ran.stderr);
}

#[test]
fn whom_to_trust_is_remembered() {
    let site = Signed::new();
    site.verify("").exits(5).says("[no-anchor]");
    site.pinned().exits(0);
    site.verify("").exits(0);
    let (name, bytes) = state(&site);
    assert!(name.starts_with("site-security.example.org-"), "{name}");
    assert!(String::from_utf8(bytes).unwrap().contains("BEGIN PGP PUBLIC KEY BLOCK"));
    site.verify("--no-state").exits(5);
}

#[cfg(unix)]
#[test]
fn what_is_remembered_is_private() {
    use std::os::unix::fs::PermissionsExt as _;
    let site = Signed::new();
    site.pinned().exits(0);
    let folder = site.project.path("state/secsite");
    let mode = |path: &std::path::Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&folder), 0o700);
    assert_eq!(mode(&folder.join(state(&site).0)), 0o600);
}

#[test]
fn nothing_is_remembered_where_nothing_is_to_be() {
    let site = Signed::new();
    site.judged().exits(0);
    assert!(!site.project.path("state").exists());
}

#[test]
fn damaged_memory_is_no_fresh_start() {
    let site = Signed::new();
    site.pinned().exits(0);
    let (name, mut bytes) = state(&site);
    bytes.truncate(bytes.len() / 2);
    site.project.write(&format!("state/secsite/{name}"), bytes);
    site.pinned().exits(3).says(&name).says("is damaged").says("pin the signer anew");
}

#[test]
fn what_cannot_be_remembered_is_said_and_so_is_the_rest() {
    let site = Signed::new();
    site.project.write("state", "in the way");
    site.pinned().exits(3).says("is exactly what its signers published").says("cannot create the folder");
    site.write("index.html", "");
    let words = format!("--origin {ORIGIN} --signer {}", site.fingerprint());
    site.verify(&words).exits(1).says("[changed] `index.html`").says("cannot create the folder");
}

#[test]
fn a_site_that_changes_is_not_called_tampered_with() {
    let (files, key) = crate::signed::template();
    let site = Changing { files: files.clone(), reads: AtomicUsize::new(0) };
    let certificates = std::slice::from_ref(&key.certificate);
    let verdict = published(&site, certificates, 1, ORIGIN, DATE.parse().unwrap());
    assert_eq!(verdict.kind(), Some(Kind::Changing), "{:?}", verdict.findings);
    assert!(verdict.findings.iter().any(|finding| finding.code == "site-changing"));
}

/// A host that publishes anew after its manifest was read.
struct Changing {
    files: BTreeMap<String, Vec<u8>>,
    reads: AtomicUsize,
}

impl Place for Changing {
    fn read(&self, path: &OutPath, most: u64) -> Result<Option<Vec<u8>>, Fault> {
        let mut bytes = self.files.read(path, most)?;
        if self.reads.fetch_add(1, Ordering::Relaxed) > 1 && path.as_str() != SECURITY_TXT {
            bytes.iter_mut().for_each(|bytes| bytes.push(b' '));
        }
        Ok(bytes)
    }

    fn names(&self) -> Result<Option<BTreeMap<String, Name>>, Fault> {
        self.files.names()
    }
}

#[test]
fn first_use_is_said_aloud_and_only_once() {
    let site = Signed::new();
    site.verify("--trust-on-first-use").exits(0).says("trusted on first use").says("by another way");
    let again = site.verify("--trust-on-first-use").exits(0);
    assert!(!again.stderr.contains("first use"), "{}", again.stderr);
    site.verify(&format!("--trust-on-first-use --signer {}", site.fingerprint())).exits(2);
}

#[test]
fn programs_get_one_object() {
    let site = Signed::new();
    let words = format!("--json --no-state --signer {}", site.fingerprint());
    let good: serde_json::Value = serde_json::from_str(&site.verify(&words).exits(0).stdout).unwrap();
    assert_eq!(good["ok"], true);
    assert_eq!(good["origin"], ORIGIN);
    assert_eq!(good["signers"][0], site.fingerprint());
    assert_eq!(good["issued"], DATE);
    assert!(good["findings"].as_array().unwrap().is_empty());

    site.write("index.html", "<p>");
    let ran = site.verify(&words).exits(1);
    let bad: serde_json::Value = serde_json::from_str(&ran.stdout).unwrap();
    assert_eq!(bad["ok"], false);
    assert_eq!(bad["findings"][0]["code"], "changed");
    assert_eq!(bad["findings"][0]["path"], "index.html");
}

#[test]
fn what_ends_soon_is_warned_about() {
    let site = Signed::new();
    site.verify_at("2027-01-30T00:00:00Z", &format!("--no-state --signer {}", site.fingerprint()))
        .exits(0)
        .says("[expires-soon]");
    site.verify_at(
        "2027-01-30T00:00:00Z",
        &format!("--no-state --deny warnings --signer {}", site.fingerprint()),
    )
    .exits(1);
}

#[test]
fn a_place_must_be_there() {
    let site = Signed::new();
    let ran = site.project.run("verify nowhere --no-state");
    ran.exits(2).says("there is no folder `nowhere`");
    fs::create_dir(site.project.path("empty")).unwrap();
    let empty = site.project.path("empty");
    crate::project::Ran::of(site.project.command(["verify", "--no-state"]).arg(&empty))
        .exits(1)
        .says("[no-manifest]");
}

#[test]
fn an_unsigned_site_proves_nothing() {
    let project = crate::project::Project::new();
    project.build().exits(0);
    let public = project.path("public");
    crate::project::Ran::of(project.command(["verify", "--no-state", "--date", DATE]).arg(&public))
        .exits(1)
        .says("[unsigned]");
}

#[test]
fn the_guide_lists_the_codes() {
    let page = fs::read_to_string(repository().join("content/docs/verifying.md")).unwrap();
    let rows = page.lines().skip_while(|line| !line.starts_with("| code | exit |")).skip(2);
    let cells = rows.take_while(|line| line.starts_with('|')).filter_map(|line| line.split('|').nth(1));
    let told: BTreeSet<String> =
        cells.flat_map(|cell| cell.split('`').skip(1).step_by(2)).map(str::to_owned).collect();
    let source: String = read_tree(&repository().join("src/verify"))
        .into_values()
        .chain([fs::read(repository().join("src/verify.rs")).unwrap()])
        .map(|bytes| String::from_utf8(bytes).unwrap().split("#[cfg(test)]").next().unwrap().to_owned())
        .collect();
    for code in &told {
        assert!(source.contains(&format!("\"{code}\"")), "no finding is called `{code}`");
    }
    // Codes are the only words with a hyphen in them, but for names of charsets.
    for word in source.split('"').skip(1).step_by(2).filter(|word| word.contains('-')) {
        let code = word.bytes().all(|b| b.is_ascii_lowercase() || b == b'-') && word != "us-ascii";
        assert!(!code || told.contains(word), "`{word}` is not in the guide");
    }
}

/// The one file in the folder of what is remembered.
pub fn state(site: &Signed) -> (String, Vec<u8>) {
    let files = read_tree(&site.project.path("state/secsite"));
    assert_eq!(files.len(), 1, "{:?}", files.keys());
    files.into_iter().next().unwrap()
}

#[test]
fn half_a_site_is_told_in_a_few_lines() {
    let site = Signed::new();
    for folder in ["feeds", "report", "support"] {
        fs::remove_dir_all(site.project.path("public").join(folder)).unwrap();
    }
    let words = format!("--no-state --signer {}", site.fingerprint());
    let ran = site.verify(&words).exits(1).says("more; --json has all");
    assert_eq!(ran.stderr.matches("[missing]").count(), 6, "{}", ran.stderr);
    let all = site.verify(&format!("{words} --json")).exits(1).stdout.matches("\"missing\"").count();
    assert!(ran.stderr.contains(&format!("[missing] and {} more", all - 5)), "{all}: {}", ran.stderr);
}

#[test]
fn a_verdict_becomes_annotations_and_no_sarif() {
    let site = Signed::new();
    site.project.write("public/more, or: less.txt", "100%\n");
    let words = format!("--no-state --signer {}", site.fingerprint());
    let ran = site.verify(&format!("{words} --format github")).exits(1);
    assert!(ran.stdout.starts_with("::error title=added::`more, or: less.txt` was added"), "{}", ran.stdout);
    site.verify(&format!("{words} --format sarif")).exits(2).says("--format json");
}

#[test]
fn a_home_is_needed_to_remember() {
    let site = Signed::new();
    let mut command = site.project.command(["verify", "--date", DATE, "--signer", &site.fingerprint()]);
    let ran = crate::project::Ran::of(command.arg(site.project.path("public")));
    ran.exits(3).says("HOME is not set").says("--no-state");
}
