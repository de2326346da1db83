use proptest::prelude::*;

use super::*;
use crate::formats::manifest::ManifestProblem;

const OLD: &str = "0123456789ABCDEF0123456789ABCDEF01234567";
const NEW: &str = "89ABCDEF0123456789ABCDEF0123456789ABCDEF";

fn signers(fingerprint: &str) -> Signers {
    Signers { fingerprints: vec![fingerprint.parse().unwrap()], threshold: 1 }
}

fn statement() -> Succession {
    Succession {
        from: signers(OLD),
        issued: "2026-11-01T00:00:00Z".parse().unwrap(),
        number: 1,
        origin: "https://security.example.org/".into(),
        to: signers(NEW),
    }
}

fn text(statement: &Succession) -> String {
    String::from_utf8(statement.to_json()).expect("ASCII")
}

#[test]
fn the_bytes_are_these() {
    let expected = format!(
        "{{\"format\":\"secsite-succession/1\",\"from\":{{\"fingerprints\":[\"{OLD}\"],\"threshold\":1}},\
         \"issued\":\"2026-11-01T00:00:00Z\",\"number\":1,\"origin\":\"https://security.example.org/\",\
         \"to\":{{\"fingerprints\":[\"{NEW}\"],\"threshold\":1}}}}\n"
    );
    assert_eq!(text(&statement()), expected);
}

#[test]
fn what_is_wrong_is_named() {
    let good = text(&statement());
    type Is = fn(&SuccessionProblem) -> bool;
    let cases: &[(&str, &str, Is)] = &[
        ("secsite-succession/1", "secsite-manifest/1", |p| matches!(p, SuccessionProblem::Format(_))),
        ("\"number\":1", "\"number\":1.0", |p| matches!(p, SuccessionProblem::Shape(_))),
        ("\"number\":1", "\"number\":-1", |p| matches!(p, SuccessionProblem::Shape(_))),
        ("\"number\":1", "\"number\":1,\"number\":2", |p| matches!(p, SuccessionProblem::Shape(_))),
        ("\"number\":1", "\"number\":1,\"extra\":2", |p| matches!(p, SuccessionProblem::Shape(_))),
        ("00:00:00Z", "00:00:00+00:00", |p| matches!(p, SuccessionProblem::Value(ManifestProblem::Date(_)))),
        (OLD, "0123", |p| matches!(p, SuccessionProblem::Value(ManifestProblem::Fingerprint(_)))),
        ("\"threshold\":1", "\"threshold\":2", |p| {
            matches!(p, SuccessionProblem::Value(ManifestProblem::Threshold { .. }))
        }),
        ("[\"0123456789ABCDEF0123456789ABCDEF01234567\"],\"threshold\":1", "[],\"threshold\":0", |p| {
            matches!(p, SuccessionProblem::Nobody)
        }),
        ("{\"format", "{ \"format", |p| matches!(p, SuccessionProblem::NotCanonical)),
        ("}\n", "}", |p| matches!(p, SuccessionProblem::NotCanonical)),
    ];
    for (from, to, is) in cases {
        let bad = good.replacen(from, to, 1);
        assert_ne!(bad, good, "{from}");
        let problem = Succession::parse(bad.as_bytes()).expect_err(to);
        assert!(is(&problem), "{to}: {problem:?}");
    }
}

#[test]
fn a_strangers_words_are_escaped() {
    let bad = text(&statement()).replacen("secsite-succession/1", "\\u001b[31m", 1);
    let message = Succession::parse(bad.as_bytes()).unwrap_err().to_string();
    assert!(!message.contains('\u{1b}'), "{message:?}");
}

proptest! {
    #[test]
    fn a_statement_reads_back(number: u32, issued in 0_i64..9_000_000_000, origin in "\\PC{0,20}", many in 1_u32..5) {
        let fingerprints = (0..many).map(|n| format!("{n:040X}").parse().unwrap()).collect();
        let written = Succession {
            number,
            origin,
            issued: Timestamp::from_second(issued).unwrap(),
            to: Signers { fingerprints, threshold: many },
            ..statement()
        };
        let json = written.to_json();
        prop_assert!(json.is_ascii());
        prop_assert_eq!(Succession::parse(&json), Ok(written));
    }

    #[test]
    fn no_flipped_byte_says_the_same(at in 0_usize..400, bit in 0_u8..8) {
        let mut json = statement().to_json();
        let at = at % json.len();
        json[at] ^= 1 << bit;
        prop_assert_ne!(Succession::parse(&json).ok(), Some(statement()));
    }

    #[test]
    fn no_bytes_panic(bytes: Vec<u8>) {
        let _ = Succession::parse(&bytes);
    }
}
