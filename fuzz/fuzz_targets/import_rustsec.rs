//! Any bytes as an advisory of the RustSec database: imported or refused with a line, never both, never a panic. What
//! was imported can be read back.
#![no_main]

use libfuzzer_sys::fuzz_target;
use secsite::diag::Diagnostics;
use secsite::source::Sources;
use secsite::{import, model};

fuzz_target!(|bytes: &[u8]| {
    let files = [("crates/example/RUSTSEC-2026-0001.md".to_owned(), bytes.to_vec())];
    let (imported, _, problems) = import::rustsec(&files);
    assert_eq!(imported.is_empty(), !problems.is_empty(), "{problems:?}");
    assert!(problems.iter().all(|problem| problem.line > 0));
    for advisory in imported {
        let now = "2026-11-22T00:00:00Z".parse().unwrap();
        let sources = Sources::new([(advisory.path, advisory.text.into_bytes())].into(), now, now);
        let parsed = model::parsed::parse(&sources, &mut Diagnostics::default());
        assert_eq!(parsed.advisories.len(), 1, "what was imported cannot be read");
    }
});
