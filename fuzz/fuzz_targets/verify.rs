//! A site of three files made of any bytes: judged without a panic, never clean, and nothing that it says of itself is
//! told as a fact.
//!
//! The first four bytes say how long the manifest and its signature are; the rest is a page. The secret key that is pinned
//! was never kept, and nothing that it has signed is a manifest.
#![no_main]

use std::collections::BTreeMap;
use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use secsite::openpgp::Certificate;
use secsite::verify::{Question, Trust, verify};

static CERTIFICATE: LazyLock<Certificate> = LazyLock::new(|| {
    Certificate::parse(include_bytes!("../certificate.asc")).expect("the certificate of this folder is sound")
});

fuzz_target!(|bytes: &[u8]| {
    let [a, b, c, d, rest @ ..] = bytes else { return };
    let cut = |rest: &'_ [u8], length: [u8; 2]| rest.len().min(u16::from_be_bytes(length).into());
    let (manifest, rest) = rest.split_at(cut(rest, [*a, *b]));
    let (signature, page) = rest.split_at(cut(rest, [*c, *d]));
    let files = [
        (".well-known/secsite/manifest.json", manifest),
        (".well-known/secsite/manifest.json.asc", signature),
        ("index.html", page),
    ];
    let site: BTreeMap<String, Vec<u8>> = files.map(|(path, bytes)| (path.to_owned(), bytes.to_vec())).into();
    for first_use in [false, true] {
        let mut trust = Trust { first_use, ..Trust::default() };
        trust.certificates.push(CERTIFICATE.clone());
        if !first_use {
            trust.pins.insert(CERTIFICATE.fingerprint());
        }
        let question = Question {
            trust: &trust,
            remembered: None,
            origin: None,
            now: "2026-11-22T12:00:00Z".parse().expect("a date"),
            history: true,
            step: &|_| {},
        };
        let verdict = verify(&site, &question);
        assert!(!verdict.findings.is_empty(), "a site that nobody signed is clean");
        assert!(verdict.facts.is_none(), "facts without a signature");
        for finding in verdict.findings.iter().chain(&verdict.warnings) {
            assert!(!finding.message.chars().any(char::is_control), "{:?}", finding.message);
        }
    }
});
