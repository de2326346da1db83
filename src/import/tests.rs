use std::collections::BTreeSet;

use super::loss::Outcome;
use super::{Imported, Problem, rustsec};

/// One key a line, so that a test can leave out, add to or break a single one.
const HEAD: &str = "id = \"RUSTSEC-2031-0007\"\npackage = \"slot-pool\"\ndate = \"2031-05-04\"\n";

fn advisory(more: &str, tables: &str, text: &str) -> Vec<u8> {
    format!("```toml\n[advisory]\n{HEAD}{more}\n{tables}\n```\n\n{text}").into_bytes()
}

fn at(path: &str, bytes: Vec<u8>) -> (Vec<Imported>, Vec<Problem>) {
    let (imported, _, problems) = rustsec(&[(path.to_owned(), bytes)]);
    (imported, problems)
}

fn one(bytes: Vec<u8>) -> Imported {
    let (mut imported, problems) = at("crates/slot-pool/RUSTSEC-2031-0007.md", bytes);
    assert_eq!(problems, []);
    imported.remove(0)
}

fn refused(bytes: Vec<u8>) -> Vec<(usize, String)> {
    let (imported, problems) = at("crates/slot-pool/RUSTSEC-2031-0007.md", bytes);
    assert!(imported.is_empty());
    assert!(problems.iter().all(|problem| !problem.help.is_empty()));
    problems.into_iter().map(|problem| (problem.line, problem.message)).collect()
}

fn lost(imported: &Imported) -> Vec<(usize, &str)> {
    let lost = imported.losses.iter().filter(|loss| matches!(loss.outcome, Outcome::NotRepresented { .. }));
    lost.map(|loss| (loss.line, loss.statement.as_str())).collect()
}

const TABLES: &str = "[versions]\npatched = [\">= 1.4.2\"]";

#[test]
fn a_whole_advisory() {
    let imported = one(advisory(
        r#"url = "https://example.org/slot-pool/issues/3"
references = ["https://example.org/slot-pool/commit/9f", "ftp://example.org/log"]
aliases = ["CVE-2031-11111", "RUSTSEC-2031-0007"]
related = ["GHSA-h7h7-6mx3-r89v"]
informational = "unsound"
categories = ["thread-safety"]
keywords = ["pool"]
cvss = "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:H"
withdrawn = "2031-06-01"
expect-deleted = true"#,
        r#"[versions]
patched = [">= 1.4.2", "^1.2.7"]
unaffected = ["< 0.9.0"]
[affected]
os = ["windows"]
[affected.functions]
"slot_pool::Pool::take" = [">= 1.0.0, < 1.1.0"]"#,
        "# Pool of `Slot<T>` races\n\nTwo threads meet.\n\n## Mend\n\n```rust\nlet a: Vec<u8>;\n```\nUse Slot<T> no more.",
    ));
    assert_eq!(imported.path, "advisories/2031/RUSTSEC-2031-0007.md");
    let expected = r#"+++
id            = "RUSTSEC-2031-0007"
title         = "Pool of `Slot<T>` races"
published     = 2031-05-04
withdrawn     = { date = 2031-06-01 }
informational = "unsound"
aliases       = ["CVE-2031-11111"]
related       = ["GHSA-h7h7-6mx3-r89v"]
categories    = ["thread-safety"]
[[cvss]]
vector = "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:H"
[[affected]]
package    = "slot-pool"
ecosystem  = "crates.io"
versions   = [{ introduced = "0.9.0", fixed = "1.2.7" }]
unaffected = ["< 0.9.0"]
platforms  = { os = ["windows"] }
symbols    = ["slot_pool::Pool::take"]
[[reference]]
kind = "report"
url  = "https://example.org/slot-pool/issues/3"
[[reference]]
kind = "fix"
url  = "https://example.org/slot-pool/commit/9f"
+++

Two threads meet.

## Mend

```rust
let a: Vec<u8>;
```
Use Slot\<T> no more.
"#;
    assert_eq!(imported.text, expected);
    let expected = [
        (7, "advisory.references"),
        (8, "advisory.aliases"),
        (12, "advisory.keywords"),
        (15, "advisory.expect-deleted"),
        (22, "versions of affected.functions"),
    ];
    assert_eq!(lost(&imported), expected);
    let html = imported.losses.iter().find(|loss| loss.statement == "raw HTML").unwrap();
    assert_eq!((html.line, &html.outcome), (34, &Outcome::Section("body, shown as text".into())));
}

#[test]
fn carriage_returns_and_a_byte_order_mark_go() {
    let plain = advisory("", TABLES, "# Title\n\nText.\n");
    let windows = format!("\u{feff}{}", String::from_utf8(plain.clone()).unwrap().replace('\n', "\r\n"));
    assert_eq!(one(plain), one(windows.into_bytes()));
}

#[test]
fn no_fix_is_an_open_end() {
    let text = one(advisory("", "[versions]\npatched = []", "# Title\n")).text;
    assert!(text.contains("versions  = [{ introduced = \"0\" }]\n"), "{text}");
}

#[test]
fn functions_with_the_advisorys_own_versions_lose_nothing() {
    let tables = format!("{TABLES}\n[affected.functions]\n\"a::b\" = [\"< 1.4.2\"]\n\"a::c\" = []");
    assert_eq!(lost(&one(advisory("", &tables, "# Title\n"))), []);
}

#[test]
fn the_toolchain_is_not_on_crates_io() {
    let bytes = String::from_utf8(advisory("", TABLES, "# Title\n")).unwrap();
    let bytes = bytes.replace("RUSTSEC-2031-0007", "CVE-2031-1").into_bytes();
    for path in ["rust/std/CVE-2031-1.md", "CVE-2031-1.md"] {
        let (imported, problems) = at(path, bytes.clone());
        assert_eq!(problems, []);
        assert!(imported[0].text.contains("ecosystem = \"Rust toolchain\""));
        assert_eq!(lost(&imported[0]), [(1, "the collection `rust`")]);
    }
    let (imported, _) = at("crates/rust/CVE-2031-1.md", bytes);
    assert!(imported[0].text.contains("ecosystem = \"crates.io\""));
}

#[test]
fn an_alias_with_a_file_of_its_own_is_related() {
    let first = advisory("aliases = [\"RUSTSEC-2031-0008\", \"CVE-2031-22222\"]", TABLES, "# One\n");
    let second = advisory("aliases = [\"CVE-2031-22222\"]", TABLES, "# Two\n");
    let second = String::from_utf8(second).unwrap().replace("-0007", "-0008").into_bytes();
    let (imported, report, problems) =
        rustsec(&[("RUSTSEC-2031-0007.md".into(), first), ("RUSTSEC-2031-0008.md".into(), second)]);
    assert_eq!(problems, []);
    assert!(
        imported[0].text.contains("aliases   = [\"CVE-2031-22222\"]\nrelated   = [\"RUSTSEC-2031-0008\"]\n")
    );
    assert!(imported[1].text.contains("aliases   = [\"CVE-2031-22222\"]\n"));
    assert_eq!(report.lost(), 0);
}

#[test]
fn two_files_of_one_id_make_one_advisory() {
    let bytes = advisory("", TABLES, "# Title\n");
    let files =
        ["b/RUSTSEC-2031-0007.md", "a/RUSTSEC-2031-0007.md"].map(|path| (path.to_owned(), bytes.clone()));
    let (imported, report, problems) = rustsec(&files);
    assert_eq!((imported.len(), report.files, problems.len()), (1, 2, 1));
    assert_eq!((problems[0].source.as_str(), problems[0].line), ("b/RUSTSEC-2031-0007.md", 3));
}

#[test]
fn a_licence_that_asks_to_be_named_is() {
    let more = "url = \"https://github.com/advisories/GHSA-h7h7-6mx3-r89v\"\nlicense = \"CC-BY-4.0\"";
    let text = one(advisory(more, TABLES, "# Title\n\nText.\n")).text;
    let notice = "is under CC-BY-4.0; adapted from <https://github.com/advisories/GHSA-h7h7-6mx3-r89v>.\n";
    assert!(text.ends_with(&format!("\nText.\n\n## License\n\nThis text {notice}")), "{text}");
    assert!(!one(advisory("license = \"CC0-1.0\"", TABLES, "# Title\n")).text.contains("License"));
}

#[test]
fn unknown_keys_are_told() {
    let imported = one(advisory("colour = \"red\"", &format!("{TABLES}\n[extra]\na = 1"), "# Title\n"));
    assert_eq!(lost(&imported), [(6, "advisory.colour"), (9, "extra")]);
}

#[test]
fn broken_files_say_where() {
    let body = "# Title\n";
    for (bytes, expected) in [
        (b"\xff\xfe".to_vec(), (1, "the file is UTF-16")),
        (b"```toml\n```\n# T\xe9".to_vec(), (3, "byte 0xe9 is not UTF-8")),
        (b"```toml\n```\n# T\n\na\0b\n".to_vec(), (5, "the file contains a NUL byte")),
        (b"```toml\r\n```\r\n# T\r\n\r\na\rb\r\n".to_vec(), (5, "the file contains a lone carriage return")),
        (b"# Title\n".to_vec(), (1, "the file begins with `# Title`, not with a `toml` fence")),
        (b"```toml\n[advisory]\n".to_vec(), (1, "the `toml` fence is not closed")),
        (advisory("severity = ", TABLES, body), (6, "the fence is not TOML: ")),
        (advisory("withdrawn = \"soon\"", TABLES, body), (6, "`advisory.withdrawn` is not a date")),
        (advisory("withdrawn = \"2031-02-30\"", TABLES, body), (6, "`advisory.withdrawn` is not a date")),
        (
            advisory("aliases = \"CVE-2031-1\"", TABLES, body),
            (6, "`advisory.aliases` is a string, not a list"),
        ),
        (
            advisory("references = [\n3]", TABLES, body),
            (7, "`advisory.references` is an integer, not a string"),
        ),
        (advisory("", "[versions]", body), (1, "`[versions]` has no `patched`")),
        (advisory("", "", body), (1, "the fence has no `[versions]`")),
        (
            advisory("", "[versions]\npatched = [\"soon\"]", body),
            (8, "`soon` is not a version requirement: "),
        ),
        (
            advisory("", &format!("{TABLES}\n[affected]\nfunctions = []"), body),
            (10, "`affected.functions` is an array"),
        ),
        (advisory("", TABLES, "Text.\n"), (11, "the text does not begin with a title")),
    ] {
        let found = refused(bytes);
        assert!(
            found[0].1.starts_with(expected.1) && found[0].0 == expected.0,
            "{found:?} is not {expected:?}"
        );
    }
    let wrong = String::from_utf8(advisory("", TABLES, body)).unwrap();
    for (id, message) in [
        ("../evil", "`../evil` is not an advisory id: `.` (U+002E) is none of A-Z, a-z, 0-9, `-`"),
        ("RUSTSEC-0000-0000", "`RUSTSEC-0000-0000` stands for an id that is not given out yet"),
        ("RUSTSEC-2031-0009", "`RUSTSEC-2031-0009` is not the id that the file's name says"),
    ] {
        let found = refused(wrong.replace("RUSTSEC-2031-0007", id).into_bytes());
        assert_eq!(found, [(3, message.to_owned())]);
    }
}

#[test]
fn the_report_groups_and_counts() {
    let files = [(
        "crates/slot-pool/RUSTSEC-2031-0007.md".to_owned(),
        advisory("keywords = [\"a\"]", TABLES, "# T\n"),
    )];
    let (_, report, _) = rustsec(&files);
    let shown = report.to_string();
    assert!(
        shown.starts_with("1 of 1 files imported\n6 statements, 1 of them not represented\n\nkept:\n"),
        "{shown}"
    );
    assert!(shown.contains("  versions.patched → field affected.versions (1)\n"), "{shown}");
    assert!(shown.contains("\nnot represented:\n  advisory.keywords (1): "), "{shown}");
    assert!(shown.ends_with("      crates/slot-pool/RUSTSEC-2031-0007.md:6\n"), "{shown}");
    let json = report.to_json();
    assert_eq!(json["imported"], 1);
    assert!(json["statements"].as_array().unwrap().iter().any(|group| group["outcome"]["field"] == "title"));
}

proptest::proptest! {
    #[test]
    fn no_input_panics(more in "[a-z\"=\\[\\]{} \n`-]{0,60}", text in "\\PC{0,60}") {
        let _ = at("RUSTSEC-2031-0007.md", advisory(&more, TABLES, &text));
        let _ = at("RUSTSEC-2031-0007.md", text.into_bytes());
    }
}

/// The whole public database, where the machine has a copy.
#[test]
#[allow(clippy::disallowed_methods, reason = "a test of real files")]
fn the_real_database_converts() {
    let Ok(shared) = std::env::var("SECSITE_SHARED") else {
        return println!("skipped: SECSITE_SHARED is not set");
    };
    let root = std::path::Path::new(&shared).join("corpora/rustsec");
    let mut files = Vec::new();
    for collection in ["crates", "rust"] {
        for package in std::fs::read_dir(root.join(collection)).unwrap() {
            for file in std::fs::read_dir(package.unwrap().path()).unwrap() {
                let path = file.unwrap().path();
                let name = path.strip_prefix(&root).unwrap().to_str().unwrap().to_owned();
                files.push((name, std::fs::read(&path).unwrap()));
            }
        }
    }
    assert!(files.len() >= 1225);
    let (imported, report, problems) = rustsec(&files);
    assert_eq!(problems, []);
    assert_eq!(imported.len(), files.len());
    println!("{report}");
    let ids: BTreeSet<_> = imported.iter().map(|advisory| &advisory.id).collect();
    assert_eq!(ids.len(), files.len());
    for advisory in &imported {
        assert!(advisory.path.ends_with(&format!("/{}.md", advisory.id)));
        let rest = advisory.text.strip_prefix("+++\n").unwrap();
        let (front, body) = rest.split_once("+++\n").unwrap();
        let table: toml::Table = front.parse().unwrap();
        assert_eq!(table["id"].as_str(), Some(advisory.id.as_str()));
        assert!(table["affected"][0].get("versions").is_some() || table.contains_key("withdrawn"), "{front}");
        assert!(body.starts_with('\n') && body.ends_with('\n'));
        assert_eq!(super::body::fit(body).1, []);
    }
    files.reverse();
    assert_eq!(rustsec(&files).0, imported);
}
