//! Bytes of no meaning in every place that is read before anything is believed: a verdict comes out, and no panic.

use std::collections::BTreeMap;

use proptest::prelude::*;
use secsite::verify::published;
use secsite::verify::remembered::Remembered;

use crate::project::DATE;
use crate::signed::{MANIFEST, ORIGIN, template};

/// Bytes with some of another file's between them, so that parsers get past their first look.
fn cut(good: &[u8], at: usize, length: usize, noise: &[u8]) -> Vec<u8> {
    let at = at % (good.len() + 1);
    let end = (at + length).min(good.len());
    [&good[..at], noise, &good[end..]].concat()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn a_verdict_comes_out(
        which in 0_usize..5, at: usize, length in 0_usize..40, noise in prop::collection::vec(any::<u8>(), 1..40),
    ) {
        let (files, key) = template();
        let certificate = format!("keys/{}.asc", key.certificate.fingerprint());
        let statement = ".well-known/secsite/signers/1.json".to_owned();
        let path = [
            MANIFEST.to_owned(), format!("{MANIFEST}.asc"), certificate, statement, ".well-known/security.txt".to_owned(),
        ][which].clone();
        let mut site: BTreeMap<String, Vec<u8>> = files.clone();
        let good = site.get(&path).cloned().unwrap_or_else(|| files[MANIFEST].clone());
        let bad = cut(&good, at, length, &noise);
        prop_assume!(bad != good);
        site.insert(path, bad);
        let certificates = std::slice::from_ref(&key.certificate);
        let verdict = published(&site, certificates, 1, ORIGIN, DATE.parse().unwrap());
        prop_assert!(!verdict.findings.is_empty());
        for finding in &verdict.findings {
            prop_assert!(!finding.message.contains(char::is_control), "{}", finding.message);
        }
    }

    #[test]
    fn what_is_remembered_is_read_or_refused(bytes: Vec<u8>) {
        let _ = Remembered::parse(&bytes);
    }
}
