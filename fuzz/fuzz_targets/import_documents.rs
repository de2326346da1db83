//! Any bytes as a document of each format, and as an archive: imported, refused with a line, or left alone; never a
//! panic. What was imported can be read back.
#![no_main]

use libfuzzer_sys::fuzz_target;
use secsite::diag::Diagnostics;
use secsite::import::archive;
use secsite::import::documents::{Format, import};
use secsite::import::host::Host;
use secsite::model;
use secsite::source::Sources;
use secsite::value::prefix::Prefix;

fuzz_target!(|bytes: &[u8]| {
    let files = match archive::is_archive(bytes) {
        true => archive::documents("a.zip", bytes).unwrap_or_default(),
        false => vec![("a.json".to_owned(), bytes.to_vec())],
    };
    for format in Format::ALL {
        for keep_ids in [false, true] {
            let host = Host::new(Prefix::parse("EXAMPLE").ok(), keep_ids);
            let import = import(format, &files, &host);
            assert!(import.imported.is_empty() || import.problems.is_empty(), "{:?}", import.problems);
            assert!(import.problems.iter().all(|problem| problem.line > 0));
            for advisory in import.imported {
                let now = "2026-11-22T00:00:00Z".parse().unwrap();
                let sources = Sources::new([(advisory.path, advisory.text.into_bytes())].into(), now, now);
                let parsed = model::parsed::parse(&sources, &mut Diagnostics::default());
                assert_eq!(parsed.advisories.len(), 1, "what was imported cannot be read");
            }
        }
    }
});
