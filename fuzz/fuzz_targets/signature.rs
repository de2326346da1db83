//! Any bytes as a detached signature: judged without a panic, and no bytes but the signer's own are good.
//!
//! The certificate was made for this folder and its secret was never kept, so `seeds/signature/good.asc` stays the one
//! signature of [`DATA`] that there is.
#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use secsite::openpgp::{Certificate, Verifier};

const CERTIFICATE: &[u8] = include_bytes!("../certificate.asc");
const DATA: &[u8] = include_bytes!("../signed.json");
const GOOD: &[u8] = include_bytes!("../seeds/signature/good.asc");

static VERIFIER: LazyLock<Verifier> = LazyLock::new(|| {
    let certificate = Certificate::parse(CERTIFICATE).expect("the certificate of this folder is sound");
    let verifier = Verifier::new(&[certificate], "2026-11-22T12:00:00Z".parse().unwrap());
    verifier.detached(DATA, GOOD).expect("the signature of this folder is good");
    verifier
});

fuzz_target!(|bytes: &[u8]| {
    if VERIFIER.detached(DATA, bytes).is_ok() {
        assert_eq!(bytes, GOOD, "a second form of the signature is taken");
    }
});
