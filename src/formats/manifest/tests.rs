use proptest::prelude::*;

use super::*;

const KEY: &str = "0123456789ABCDEF0123456789ABCDEF01234567";

fn record(path: &str) -> FileRecord {
    FileRecord { path: OutPath::parse(path).expect("a path"), size: 7, sha256: [0x0f; 32] }
}

fn manifest(paths: &[&str]) -> Manifest {
    Manifest {
        origin: "https://security.example.org/".into(),
        version: 3,
        issued: "2026-11-01T00:00:00Z".parse().unwrap(),
        expires: "2027-01-30T00:00:00Z".parse().unwrap(),
        previous: None,
        signers: Signers { fingerprints: vec![KEY.parse().unwrap()], threshold: 1 },
        files: paths.iter().map(|path| record(path)).collect(),
    }
}

fn text(manifest: &Manifest) -> String {
    String::from_utf8(manifest.to_json()).expect("ASCII")
}

#[test]
fn the_bytes_are_these() {
    let hash = "0f".repeat(32);
    let expected = format!(
        "{{\"expires\":\"2027-01-30T00:00:00Z\",\"files\":[{{\"path\":\"index.html\",\"sha256\":\"{hash}\",\"size\":7}}],\
         \"format\":\"secsite-manifest/1\",\"issued\":\"2026-11-01T00:00:00Z\",\
         \"origin\":\"https://security.example.org/\",\"previous\":null,\
         \"signers\":{{\"fingerprints\":[\"{KEY}\"],\"threshold\":1}},\"version\":3}}\n"
    );
    assert_eq!(text(&manifest(&["index.html"])), expected);
}

#[test]
fn order_and_fractions_do_not_show() {
    let mut other = manifest(&["b", "a"]);
    other.issued = "2026-11-01T00:00:00.75Z".parse().unwrap();
    assert_eq!(text(&other), text(&manifest(&["a", "b"])));
}

#[test]
fn names_outside_of_ascii_are_escaped() {
    let written = manifest(&["käse/🧀.txt"]);
    assert!(text(&written).contains(r#""k\u00e4se/\ud83e\uddc0.txt""#));
    assert_eq!(Manifest::parse(&written.to_json()), Ok(written));
}

#[test]
fn another_spelling_is_refused() {
    let good = text(&manifest(&["a", "b"]));
    for (from, to) in [
        ("{\"expires", " {\"expires"),
        ("}\n", "}"),
        ("}\n", "}\n\n"),
        ("\"path\":\"a\"", "\"path\":\"\\u0061\""),
        ("\"path\":\"a\"", "\"path\":\"c\""),
        (",\"previous\":null", ""),
    ] {
        let bad = good.replacen(from, to, 1);
        assert_ne!(bad, good, "{from}");
        assert_eq!(Manifest::parse(bad.as_bytes()), Err(ManifestProblem::NotCanonical), "{to}");
    }
}

#[test]
fn what_is_wrong_is_named() {
    let good = text(&manifest(&["a", "b"]));
    let hash = "0f".repeat(32);
    let short = hash[1..].to_owned();
    let shouted = hash.to_uppercase();
    type Is = fn(&ManifestProblem) -> bool;
    let cases: &[(&str, &str, Is)] = &[
        ("secsite-manifest/1", "secsite-manifest/2", |p| matches!(p, ManifestProblem::Format(_))),
        ("\"size\":7", "\"size\":7.0", |p| matches!(p, ManifestProblem::Shape(_))),
        ("\"size\":7", "\"size\":-1", |p| matches!(p, ManifestProblem::Shape(_))),
        ("\"size\":7", "\"size\":7,\"size\":7", |p| matches!(p, ManifestProblem::Shape(_))),
        ("\"size\":7", "\"size\":7,\"mode\":0", |p| matches!(p, ManifestProblem::Shape(_))),
        ("\"version\":3", "\"version\":3,\"version\":4", |p| matches!(p, ManifestProblem::Shape(_))),
        ("\"version\":3", "\"version\":3,\"extra\":4", |p| matches!(p, ManifestProblem::Shape(_))),
        ("\"version\":3}", "\"version\":3", |p| matches!(p, ManifestProblem::Shape(_))),
        ("\"a\"", "\"../a\"", |p| matches!(p, ManifestProblem::Path(_))),
        ("\"a\"", "\"/a\"", |p| matches!(p, ManifestProblem::Path(_))),
        ("\"a\"", "\"a//b\"", |p| matches!(p, ManifestProblem::Path(_))),
        ("\"a\"", "\"a/./b\"", |p| matches!(p, ManifestProblem::Path(_))),
        ("\"a\"", "\"a\\\\b\"", |p| matches!(p, ManifestProblem::Path(_))),
        ("\"a\"", "\"c:/b\"", |p| matches!(p, ManifestProblem::Path(_))),
        ("\"a\"", "\"\"", |p| matches!(p, ManifestProblem::Path(_))),
        ("\"a\"", "\"B\"", |p| matches!(p, ManifestProblem::SameFile(..))),
        ("\"a\"", "\"b\"", |p| matches!(p, ManifestProblem::SameFile(..))),
        ("\"a\"", "\"b/x\"", |p| matches!(p, ManifestProblem::SameFile(..))),
        ("\"a\"", "\".well-known/secsite/Manifest.json\"", |p| matches!(p, ManifestProblem::Itself(_))),
        ("\"a\"", "\".well-known/secsite/manifest.json.asc\"", |p| matches!(p, ManifestProblem::Itself(_))),
        (&hash, &short, |p| matches!(p, ManifestProblem::Hash(_))),
        (&hash, &shouted, |p| matches!(p, ManifestProblem::Hash(_))),
        ("2026-11-01T00:00:00Z", "2026-11-01T00:00:60Z", |p| matches!(p, ManifestProblem::Date(_))),
        ("2026-11-01T00:00:00Z", "2026-11-01T00:00:00+00:00", |p| matches!(p, ManifestProblem::Date(_))),
        (KEY, "0123", |p| matches!(p, ManifestProblem::Fingerprint(_))),
        ("\"threshold\":1", "\"threshold\":2", |p| matches!(p, ManifestProblem::Threshold { .. })),
        ("\"threshold\":1", "\"threshold\":0", |p| matches!(p, ManifestProblem::Threshold { .. })),
    ];
    for (from, to, is) in cases {
        let bad = good.replacen(from, to, 1);
        assert_ne!(bad, good, "{from}");
        let problem = Manifest::parse(bad.as_bytes()).expect_err(to);
        assert!(is(&problem), "{to}: {problem:?}");
    }
}

#[test]
fn a_strangers_words_are_escaped() {
    let bad = text(&manifest(&["a"])).replacen("secsite-manifest/1", "\\u001b[31m", 1);
    let message = Manifest::parse(bad.as_bytes()).unwrap_err().to_string();
    assert!(!message.contains('\u{1b}'), "{message:?}");
}

#[test]
fn hex_reads_back() {
    let bytes: [u8; 32] = std::array::from_fn(|at| (at * 9) as u8);
    assert_eq!(unhex(&hex(&bytes)), Some(bytes));
    assert_eq!(unhex(&"é".repeat(32)), None);
}

proptest! {
    #[test]
    fn a_manifest_reads_back(
        names in prop::collection::btree_set("[a-zä🧀\"\u{7f}]{1,6}(/[a-z~ ]{1,4})?\\.x", 0..8),
        size: u64, version: u64, hash: [u8; 32], previous: Option<[u8; 32]>,
        issued in -1_000_000_000_i64..9_000_000_000, origin in "\\PC{0,20}",
    ) {
        let written = Manifest {
            origin, version, previous,
            issued: Timestamp::from_second(issued).unwrap(),
            expires: Timestamp::from_second(issued + 1).unwrap(),
            signers: Signers::default(),
            files: names.iter().filter_map(|name| OutPath::parse(name))
                .map(|path| FileRecord { path, size, sha256: hash }).collect(),
        };
        let json = written.to_json();
        prop_assert!(json.is_ascii());
        prop_assert_eq!(Manifest::parse(&json), Ok(written));
    }

    #[test]
    fn no_flipped_byte_says_the_same(at in 0_usize..300, bit in 0_u8..8) {
        let written = manifest(&["a", "b"]);
        let mut json = written.to_json();
        let at = at % json.len();
        json[at] ^= 1 << bit;
        prop_assert_ne!(Manifest::parse(&json).ok(), Some(written));
    }

    #[test]
    fn no_bytes_panic(bytes: Vec<u8>) {
        let _ = Manifest::parse(&bytes);
    }
}
