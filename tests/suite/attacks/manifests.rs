//! Manifests that are signed, and that nobody should have signed: refused before any file is looked at.

use crate::signed::{MANIFEST, Signed};

/// The site with a signed manifest in which `from` is `to`, and nothing else of the site left: what is said can only be
/// about the manifest.
#[track_caller]
fn refused(from: &str, to: &str, words: &str) {
    let site = Signed::new();
    let good = String::from_utf8(site.read(MANIFEST)).unwrap();
    let bad = good.replacen(from, to, 1);
    assert_ne!(bad, good, "{from}");
    site.offer(bad.as_bytes());
    let ran = site.judged().exits(1).says("[bad-manifest]").says(words);
    assert_eq!(ran.stderr.matches("error: ").count(), 1, "{}", ran.stderr);
    assert!(!ran.stderr.contains('\u{1b}'), "{:?}", ran.stderr);
}

const ROBOTS: &str = "\"path\":\"robots.txt\"";

#[test]
fn duplicate_keys() {
    refused(ROBOTS, &format!("\"path\":\"a\",{ROBOTS}"), "duplicate field `path`");
    refused("\"version\":", "\"version\":1,\"version\":", "duplicate field `version`");
    refused("\"origin\":", "\"origin\":\"https://other.example/\",\"origin\":", "duplicate field `origin`");
}

#[test]
fn another_spelling() {
    refused("{\"expires", "{ \"expires", "not in canonical form");
    refused("}\n", "}\n\n", "not in canonical form");
    refused("}\n", "}\n{}", "cannot be read");
    refused(ROBOTS, "\"path\":\"robots\\u002etxt\"", "not in canonical form");
}

#[test]
fn unsorted_paths() {
    refused("\"path\":\"robots.txt\"", "\"path\":\"zzz.txt\"", "not in canonical form");
}

#[test]
fn paths_that_escape() {
    for path in ["../robots.txt", "/robots.txt", "a//b", "a/./b", "a/../b", "C:x", "a\\\\b", "", "a/"] {
        let says = format!("lists `{}`, which is no path", path.replace("\\\\", "\\"));
        refused(ROBOTS, &format!("\"path\":\"{path}\""), &says);
    }
}

#[test]
fn paths_with_control_characters() {
    refused(ROBOTS, "\"path\":\"a\\u001b[31m\\rb\"", "lists `a\\u{1b}[31m\\u{d}b`, which is no path");
}

#[test]
fn two_paths_of_one_file() {
    refused(ROBOTS, "\"path\":\"SITEMAP.xml\"", "which cannot both be files");
    refused(ROBOTS, "\"path\":\"sitemap.xml\"", "which cannot both be files");
    refused(ROBOTS, "\"path\":\"sitemap.xml/x\"", "which cannot both be files");
}

#[test]
fn itself() {
    refused(ROBOTS, &format!("\"path\":\"{MANIFEST}\""), "a part of itself");
    refused(ROBOTS, &format!("\"path\":\"{MANIFEST}.asc\""), "a part of itself");
}

#[test]
fn an_unknown_field() {
    refused("\"version\":", "\"extra\":1,\"version\":", "unknown field `extra`");
}

#[test]
fn another_format() {
    refused("secsite-manifest/1", "secsite-manifest/9", "the unknown format `secsite-manifest/9`");
    refused("secsite-manifest/1", "secsite-succession/1", "the unknown format");
    refused("secsite-manifest/1", "\\u001b]0;x", "unknown format `\\u{1b}]0;x`");
}

#[test]
fn more_signatures_than_signers() {
    refused("\"threshold\":1", "\"threshold\":2", "asks for `2` signatures of 1 signers");
}

#[test]
fn too_many_files() {
    let site = Signed::new();
    let entry = format!("{{\"path\":\"robots.txt\",\"sha256\":\"{}\",\"size\":1}},", "0".repeat(64));
    let good = String::from_utf8(site.read(MANIFEST)).unwrap();
    site.offer(good.replacen("\"files\":[", &format!("\"files\":[{}", entry.repeat(50_000)), 1).as_bytes());
    site.judged().exits(1).says("[bad-manifest]");
    site.write(MANIFEST, vec![b' '; (64 << 20) + 1]);
    site.judged().exits(1).says("[too-large]").says("has more than 67108864 bytes");
}

#[test]
fn no_json() {
    let site = Signed::new();
    for bytes in [&b""[..], b"[]", b"null", b"\xff\xfe", &b"[".repeat(100_000)] {
        site.offer(bytes);
        site.judged().exits(1).says("[bad-manifest]");
    }
}
