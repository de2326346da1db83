//! What is too large is refused before it is in memory, in seconds, with a clear error; and nothing is written.

use std::fs::File;
use std::io::Cursor;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use crate::project::{POLICY, Project, Ran};

/// Length of the string, in bytes.
const LONG: usize = 300 << 20;

/// Writes a JSON object that is one long string.
fn long_string(to: &mut impl std::io::Write) {
    let piece = vec![b'a'; 1 << 20];
    to.write_all(b"{\"details\": \"").unwrap();
    for _ in 0..LONG / piece.len() {
        to.write_all(&piece).unwrap();
    }
    to.write_all(b"\"}").unwrap();
}

/// Imports with less memory than the string has, and not for long.
fn import(project: &Project, format: &str, path: &Path) -> Ran {
    let begun = Instant::now();
    let mut command = Command::new("sh");
    command.env_clear().env("PATH", std::env::var_os("PATH").unwrap_or_default());
    command.args(["-c", "ulimit -d 262144; exec \"$@\"", "sh", env!("CARGO_BIN_EXE_secsite"), "--root"]);
    command.arg(project.root()).args(["import", format]).arg(path);
    let ran = Ran::of(&mut command);
    assert!(begun.elapsed() < Duration::from_secs(120), "{format} took {:?}", begun.elapsed());
    assert!(!project.path("advisories").exists(), "{format} wrote advisories");
    ran
}

#[test]
fn a_string_of_300_megabytes_is_refused() {
    let project = Project::empty();
    project.write("policy.toml", POLICY);
    let path = project.path("in/a.json");
    std::fs::create_dir(project.path("in")).unwrap();
    long_string(&mut File::create(&path).unwrap());
    for format in ["osv", "ghsa", "csaf", "cve"] {
        import(&project, format, &path).exits(3).says("it has more than 16777216 bytes");
        import(&project, format, &project.path("in")).exits(3).says("a.json`: it has 3145728");
    }
    let empty = Project::empty();
    import(&empty, "security-md", &path).exits(3).says("it has more than ");
    assert!(!empty.path("policy.toml").exists());
}

#[test]
fn a_zip_of_it_is_refused() {
    let project = Project::empty();
    project.write("policy.toml", POLICY);
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    zip.start_file("b.json", SimpleFileOptions::default().compression_level(Some(1))).unwrap();
    long_string(&mut zip);
    let bytes = zip.finish().unwrap().into_inner();
    assert!(bytes.len() < 4 << 20, "{} bytes", bytes.len());
    project.write("a.zip", bytes);
    import(&project, "osv", &project.path("a.zip"))
        .exits(1)
        .says("a.zip: the entry `b.json` has more than 16777216 bytes");
}

#[test]
fn a_long_text_is_no_advisory() {
    let project = Project::empty();
    project.write("policy.toml", POLICY);
    let date = "2025-01-01T00:00:00Z";
    let text = "a".repeat(15 << 20);
    project.write(
        "a.json",
        format!(
            r#"{{"id": "A-1", "modified": "{date}", "published": "{date}", "summary": "Long", "details": "{text}", "affected": []}}"#
        ),
    );
    import(&project, "osv", &project.path("a.json")).exits(1).says("a.json:1: the advisory would have 157");
}
