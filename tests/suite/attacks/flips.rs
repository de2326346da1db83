//! Every bit of every file of a site, flipped one at a time: all are found (threats.md V1, guarantee G8).
//!
//! The site is whole, with one advisory and every format; its theme is a line, so that each bit can be tried and none
//! has to be chosen. For the files that the manifest lists, it is authenticated once, and each flip is judged by the
//! function that judges the file of a site. For the manifest and its signature, all of the verification runs.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};

use rayon::prelude::*;
use secsite::formats::manifest::Manifest;
use secsite::openpgp::{Certificate, Verifier};
use secsite::routes::OutPath;
use secsite::verify::files::Files;
use secsite::verify::place::{Fault, Name, Place};
use secsite::verify::published;

use crate::keys::{new_key, sign_with};
use crate::project::{DATE, Project};
use crate::signed::{MANIFEST, ORIGIN};

type Tree = BTreeMap<String, Vec<u8>>;

/// A site with other bytes in one file.
struct Flipped<'a> {
    site: &'a Tree,
    path: &'a str,
    bytes: Vec<u8>,
}

impl Place for Flipped<'_> {
    fn read(&self, path: &OutPath, most: u64) -> Result<Option<Vec<u8>>, Fault> {
        if path.as_str() == self.path { Ok(Some(self.bytes.clone())) } else { self.site.read(path, most) }
    }

    fn names(&self) -> Result<Option<BTreeMap<String, Name>>, Fault> {
        self.site.names()
    }
}

fn site() -> (Tree, Certificate) {
    let project = Project::new();
    for page in [
        "404",
        "advisories",
        "advisory",
        "alias",
        "feeds",
        "home",
        "keys",
        "page",
        "policy",
        "report",
        "support",
        "thanks",
        "verify",
        "version",
        "versions",
    ] {
        project.write(&format!("themes/default/templates/{page}.html"), "<p>{{ page.title }}\n");
    }
    project.write("themes/default/static/secsite.css", "p{}\n");
    project.write("themes/default/static/favicon.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>\n");
    let key = new_key("2026-11-01T00:00:00Z", "2028-11-01T00:00:00Z");
    let secret = sign_with(&project, &key);
    project.run(&format!("build --key {secret} --date {DATE}")).exits(0);
    (project.output(), key.certificate)
}

/// Tries all flips of one file; answers how many there were, and which were not found.
fn flips(site: &Tree, path: &str, found: impl Fn(&Flipped<'_>) -> bool + Sync) -> (usize, Vec<String>) {
    let bytes = &site[path];
    let missed = (0..bytes.len() * 8)
        .into_par_iter()
        .filter(|bit| {
            let mut flipped = bytes.clone();
            flipped[bit / 8] ^= 1 << (bit % 8);
            !found(&Flipped { site, path, bytes: flipped })
        })
        .map(|bit| format!("{path}, byte {}, bit {}", bit / 8, bit % 8))
        .collect();
    (bytes.len() * 8, missed)
}

#[test]
fn every_bit_of_every_listed_file() {
    let (site, certificate) = site();
    let now = DATE.parse().unwrap();
    assert!(published(&site, std::slice::from_ref(&certificate), 1, ORIGIN, now).findings.is_empty());
    let manifest = Manifest::parse(&site[MANIFEST]).unwrap();
    let verifier = Verifier::new(&[certificate], now);
    let files = Files::new(&manifest, &verifier);
    let (tried, missed) = (AtomicUsize::new(0), AtomicUsize::new(0));
    for record in &manifest.files {
        let name = format!("`{}`", record.path);
        let (count, not_found) = flips(&site, record.path.as_str(), |flipped| {
            let findings = files.judge(flipped, &record.path, now);
            findings.iter().any(|finding| finding.message.contains(&name))
        });
        tried.fetch_add(count, Ordering::Relaxed);
        missed.fetch_add(not_found.len(), Ordering::Relaxed);
        assert!(not_found.is_empty(), "{not_found:?}");
    }
    println!("{} flips of {} files", tried.into_inner(), manifest.files.len());
}

#[test]
fn every_bit_of_the_manifest_and_its_signature() {
    let (mut site, certificate) = site();
    let now = DATE.parse().unwrap();
    // The certificate is given. Parsing the site's copy of it a hundred thousand times would test nothing else.
    site.retain(|path, _| !path.starts_with("keys/"));
    for path in [MANIFEST.to_owned(), format!("{MANIFEST}.asc")] {
        let (count, missed) = flips(&site, &path, |flipped| {
            let verdict = published(flipped, std::slice::from_ref(&certificate), 1, ORIGIN, now);
            // Facts are there once a manifest is authentic, whatever else may be wrong with the site.
            verdict.facts.is_none() && !verdict.findings.is_empty()
        });
        assert!(missed.is_empty(), "{missed:?}");
        println!("{count} flips of {path}");
    }
}
