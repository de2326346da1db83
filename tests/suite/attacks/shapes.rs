//! What is no plain file where one is expected: in the folder of a site, among the pins, in what is remembered.
#![cfg(unix)]

use std::fs;
use std::os::unix::fs::symlink;
use std::os::unix::net::UnixListener;
use std::process::Command;
use std::time::{Duration, Instant};

use crate::keys::new_key;
use crate::signed::{MANIFEST, Signed};

/// Puts something in the place of a file.
fn replace(site: &Signed, path: &str, with: impl FnOnce(&std::path::Path)) {
    site.remove(path);
    with(&site.path(path));
}

fn pipe(path: &std::path::Path) {
    assert!(Command::new("mkfifo").arg(path).status().unwrap().success());
}

#[test]
fn nobody_waits_for_a_pipe() {
    let begun = Instant::now();
    let signature = format!("{MANIFEST}.asc");
    for path in ["robots.txt", "feed.atom.asc", "SHA256SUMS", MANIFEST, &signature] {
        let site = Signed::new();
        replace(&site, path, pipe);
        site.judged().exits(1).says("[not-a-file]").says(path);
    }
    let site = Signed::new();
    replace(&site, &format!("keys/{}.asc", site.fingerprint()), pipe);
    site.judged().exits(1).says("[no-certificate]");
    assert!(begun.elapsed() < Duration::from_secs(120));
}

#[test]
fn sockets_and_folders_are_no_files() {
    let site = Signed::new();
    let mut socket = None;
    replace(&site, "robots.txt", |path| socket = UnixListener::bind(path).ok());
    site.judged().exits(1).says("[not-a-file] `robots.txt`");
    let site = Signed::new();
    replace(&site, "robots.txt", |path| fs::create_dir(path).unwrap());
    site.judged().exits(1).says("[empty-folder] `robots.txt`");
    let site = Signed::new();
    replace(&site, MANIFEST, |path| fs::create_dir(path).unwrap());
    site.judged().exits(1).says("manifest.json");
}

#[test]
fn a_folder_that_is_a_link_is_not_walked() {
    let site = Signed::new();
    let outside = site.project.path("outside");
    fs::rename(site.path(".well-known"), &outside).unwrap();
    symlink(&outside, site.path(".well-known")).unwrap();
    let ran = site.judged();
    assert_ne!(ran.code, Some(0), "{}", ran.stderr);
    // The folder of the site is the user's to name.
    let site = Signed::new();
    fs::rename(site.project.path("public"), site.project.path("moved")).unwrap();
    symlink(site.project.path("moved"), site.project.path("public")).unwrap();
    site.judged().exits(0);
}

#[test]
fn other_names_of_a_file_are_other_files() {
    let site = Signed::new();
    for name in ["ROBOTS.TXT", "robots.txt.", "robots.txt ", "robots.txt\u{301}", "a\u{202e}b"] {
        fs::hard_link(site.path("robots.txt"), site.path(name)).unwrap();
        let ran = site.judged().exits(1).says("[added]");
        assert!(!ran.stderr.contains('\u{202e}'));
        site.remove(name);
    }
    site.judged().exits(0);
}

#[test]
fn a_pin_is_one_certificate() {
    let site = Signed::new();
    let ours = site.key.certificate.armored();
    let theirs = new_key("2026-11-01T00:00:00Z", "2028-11-01T00:00:00Z");
    let two = [ours.clone(), theirs.certificate.armored()].concat();
    let file = site.project.path("pin.asc");
    let pin = format!("--no-state --signer {}", file.display());
    for bytes in [two.clone(), theirs.secret_armored.to_vec(), b"x".to_vec(), Vec::new()] {
        fs::write(&file, bytes).unwrap();
        site.verify(&pin).exits(2).says("pin.asc");
    }
    fs::write(&file, &ours).unwrap();
    site.verify(&pin).exits(0);
    // Nor are two in one file of the site a certificate of either.
    let name = format!("keys/{}.asc", site.fingerprint());
    site.write(&name, two);
    site.judged().exits(1).says("[no-certificate]");
    site.verify(&pin).exits(1).says(&format!("[changed] `{name}`"));
}

#[test]
fn memory_of_another_shape_is_no_memory() {
    let site = Signed::new();
    site.pinned().exits(0);
    let (name, bytes) = crate::verify::state(&site);
    let file = site.project.path("state/secsite").join(&name);
    let other = site.project.path("other.json");
    fs::rename(&file, &other).unwrap();
    symlink(&other, &file).unwrap();
    site.pinned().exits(3);
    fs::remove_file(&file).unwrap();
    pipe(&file);
    site.pinned().exits(3);
    fs::remove_file(&file).unwrap();
    for bad in [&bytes[..bytes.len() / 2], b"", &vec![b' '; (16 << 20) + 1]] {
        fs::write(&file, bad).unwrap();
        site.pinned().exits(3);
        assert_eq!(fs::read(&file).unwrap(), bad);
    }
    let text = String::from_utf8(bytes).unwrap();
    fs::write(&file, text.replace("security.example.org", "other.example.org")).unwrap();
    site.pinned().exits(3).says("is about another site");
}
