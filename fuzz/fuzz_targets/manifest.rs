//! Any bytes as a manifest: what can be read is written again as the same bytes.
#![no_main]

use libfuzzer_sys::fuzz_target;
use secsite::formats::manifest::Manifest;

fuzz_target!(|bytes: &[u8]| {
    if let Ok(manifest) = Manifest::parse(bytes) {
        assert_eq!(manifest.to_json(), bytes);
    }
});
