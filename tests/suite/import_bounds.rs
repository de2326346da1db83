//! What is too large is refused before it is in memory, in seconds, with a clear error; and nothing is written.

use std::fs::File;
use std::io::{Cursor, Read, Write, copy, repeat};
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use crate::project::{POLICY, Project, Ran};

/// Length of the file, in bytes.
const LONG: u64 = 300 << 20;

const OPENING: &[u8] = b"{\"id\":\"";

const FORMATS: [&str; 4] = ["osv", "ghsa", "csaf", "cve"];

/// Makes a JSON object of one long string that has no end, with no more on the disk than its beginning.
fn long_string(path: &Path) {
    let mut file = File::create(path).unwrap();
    file.write_all(OPENING).unwrap();
    file.set_len(LONG).unwrap();
    assert_eq!(path.metadata().unwrap().len(), 314_572_800);
}

/// The same as an entry of an archive, where it takes a thousandth of that.
fn zipped(name: &str) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    zip.start_file(name, SimpleFileOptions::default().compression_level(Some(1))).unwrap();
    zip.write_all(OPENING).unwrap();
    copy(&mut repeat(b'a').take(LONG - 4), &mut zip).unwrap();
    zip.write_all(b"\"}").unwrap();
    zip.finish().unwrap().into_inner()
}

/// What lies in a project's folder. Nothing is read of it.
fn names(project: &Project) -> Vec<String> {
    let entries = std::fs::read_dir(project.root()).unwrap();
    let mut names: Vec<String> =
        entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
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
    std::fs::create_dir(project.path("in")).unwrap();
    let path = project.path("in/a.json");
    long_string(&path);
    for format in FORMATS {
        import(&project, format, &path).exits(3).says("it has more than 16777216 bytes");
        import(&project, format, &project.path("in")).exits(3).says("a.json`: it has 314572800 bytes");
    }
}

#[test]
fn a_policy_of_300_megabytes_is_refused() {
    for name in ["SECURITY.md", "security.rst", "security.adoc"] {
        let project = Project::empty();
        let path = project.path(name);
        long_string(&path);
        import(&project, "security-md", &path).exits(3).says("it has more than 16777216 bytes");
        assert_eq!(names(&project), [name], "nothing is written");
    }
}

#[test]
fn a_zip_of_300_megabytes_is_refused() {
    let bytes = zipped("b.json");
    assert!(bytes.len() < 4 << 20, "{} bytes", bytes.len());
    let project = Project::empty();
    project.write("policy.toml", POLICY);
    project.write("a.zip", bytes);
    for format in FORMATS {
        import(&project, format, &project.path("a.zip"))
            .exits(1)
            .says("a.zip: the entry `b.json` has more than 16777216 bytes");
        assert_eq!(names(&project), ["a.zip", "policy.toml"], "nothing is written");
    }
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
