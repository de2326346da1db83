//! Any bytes as a clear-signed file: judged without a panic, and no bytes but the signer's own are good. What may be
//! framed stays printable ASCII.
#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use secsite::openpgp::{Certificate, Verifier, frame};

const CERTIFICATE: &[u8] = include_bytes!("../certificate.asc");
const GOOD: &[u8] = include_bytes!("../seeds/frame/good.txt");

static VERIFIER: LazyLock<Verifier> = LazyLock::new(|| {
    let certificate = Certificate::parse(CERTIFICATE).expect("the certificate of this folder is sound");
    let verifier = Verifier::new(&[certificate], "2026-11-22T12:00:00Z".parse().unwrap());
    verifier.cleartext(GOOD).expect("the signature of this folder is good");
    verifier
});

fuzz_target!(|bytes: &[u8]| {
    if let Ok((text, _)) = VERIFIER.cleartext(bytes) {
        assert_eq!(bytes, GOOD, "a second form of the file is taken");
        assert!(frame::check(&text).is_ok());
    }
    if let Ok(text) = std::str::from_utf8(bytes)
        && frame::check(text).is_ok()
    {
        assert!(text.bytes().all(|byte| byte == b'\n' || (b' '..=b'~').contains(&byte)));
    }
});
