//! An import of OSV records: `cargo bench --bench import`.
//!
//! Makes 1,000 records of the size that records have, and imports them into an empty folder of the disk, five times over.
//! What counts is the median; it includes the start of the program and that each file is safe on the disk.
#![allow(
    missing_docs,
    clippy::disallowed_methods,
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a benchmark runs programs and takes their time"
)]

use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

const RECORDS: usize = 1_000;
const RUNS: usize = 5;

fn main() {
    let source = tempfile::tempdir().unwrap();
    let text = "A pool that is dropped twice frees its slots twice. ".repeat(30);
    for number in 1..=RECORDS {
        let record = format!(
            r#"{{"schema_version": "1.7.0", "id": "TEST-2026-{number}", "published": "2026-01-01T00:00:00Z",
"modified": "2026-02-01T00:00:00Z", "aliases": ["CVE-2026-{}"], "summary": "Use-after-free in the pool", "details": "{text}",
"severity": [{{"type": "CVSS_V3", "score": "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:H"}}],
"affected": [{{"package": {{"ecosystem": "npm", "name": "pool-{number}"}}, "ranges": [{{"type": "SEMVER",
"events": [{{"introduced": "0"}}, {{"fixed": "1.4.2"}}, {{"introduced": "2.0.0"}}, {{"fixed": "2.1.0"}}]}}]}}],
"references": [{{"type": "FIX", "url": "https://example.org/commit/{number}"}}, {{"type": "WEB", "url": "https://example.org/"}}]}}"#,
            10_000 + number,
        );
        std::fs::write(source.path().join(format!("{number}.json")), record).unwrap();
    }
    let mut times: Vec<Duration> = (0..RUNS)
        .map(|_| {
            let site = tempfile::tempdir().unwrap();
            let begun = Instant::now();
            let mut command = Command::new(env!("CARGO_BIN_EXE_secsite"));
            command.arg("--root").arg(site.path()).args(["import", "osv"]).arg(source.path());
            let status = command.stdout(Stdio::null()).stderr(Stdio::null()).status().unwrap();
            assert!(status.success());
            begun.elapsed()
        })
        .collect();
    times.sort();
    println!("{RECORDS} OSV records: {:?} (median of {RUNS})", times[RUNS / 2]);
}
