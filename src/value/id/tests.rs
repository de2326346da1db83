use proptest::prelude::*;

use super::AdvisoryId;

fn check(text: &str, fault: &str) {
    let got = AdvisoryId::parse(text).err().map(|invalid| invalid.message).unwrap_or_default();
    assert_eq!(got.split_once("id: ").map_or("", |halves| halves.1), fault, "{text:?}");
}

#[test]
fn accepts_ids_in_use() {
    for id in ["EXAMPLE-2026-0001", "GHSA-h7h7-6mx3-r89v", "RUSTSEC-2023-0125", "HSEC-2023-0003", "X1a"] {
        check(id, "");
    }
}

#[test]
fn refuses_what_a_host_or_a_reader_would_stumble_over() {
    check("", "it is shorter than 3 characters");
    check("A1", "it is shorter than 3 characters");
    check(&format!("A{}", "1".repeat(64)), "it is longer than 64 characters");
    check("example-2026-0001", "it does not begin with a capital letter");
    check("EXAMPLE", "it has no digit");
    check("EXAMPLE-1-", "it ends with a hyphen");
    check("EXAMPLE--1", "it has two hyphens in a row");
    check("COM1", "Windows reserves that name for a device");
    check("../../x", "`.` (U+002E) is none of A-Z, a-z, 0-9, `-`");
    check("=1+1", "`=` (U+003D) is none of A-Z, a-z, 0-9, `-`");
    check("A-2026-1 ", "` ` (U+0020) is none of A-Z, a-z, 0-9, `-`");
    check("А-2026-1", "`А` (U+0410) is none of A-Z, a-z, 0-9, `-`");
    check("A-2026-\u{202e}1", "`U+202E` (U+202E) is none of A-Z, a-z, 0-9, `-`");
}

#[test]
fn finds_the_year() {
    let year = |id: &str| AdvisoryId::parse(id).unwrap().year();
    assert_eq!(year("EXAMPLE-2026-0001"), Some(2026));
    assert_eq!(year("MY-LIB-2024-7"), Some(2024));
    assert_eq!(year("EXAMPLE-2026"), None, "a number, not a part between hyphens");
    assert_eq!(year("EXAMPLE-9999-1"), None);
    assert_eq!(year("X1a"), None);
}

proptest! {
    #[test]
    fn the_pattern_is_the_rule(text in "[A-Z][A-Za-z0-9-]{2,63}") {
        let fine = !text.ends_with('-') && !text.contains("--") && text.contains(|c: char| c.is_ascii_digit());
        let device = text.len() == 4 && (text.starts_with("COM") || text.starts_with("LPT"));
        prop_assert_eq!(AdvisoryId::parse(&text).is_ok(), fine && !device);
    }

    #[test]
    fn what_parses_prints_itself(text in "\\PC{0,70}") {
        if let Ok(id) = AdvisoryId::parse(&text) {
            prop_assert_eq!(id.to_string(), text);
        }
    }
}
