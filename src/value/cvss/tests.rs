use proptest::prelude::*;

use super::{CvssRange, Vector};
use crate::value::severity::Severity;

fn check(text: &str, score: f64, severity: Severity, canonical: &str) {
    let vector = Vector::parse(text).unwrap();
    assert_eq!((vector.score(), vector.severity(), vector.as_str()), (score, severity, canonical), "{text}");
}

#[test]
fn scores_every_version() {
    let v2 = "AV:N/AC:L/Au:N/C:C/I:C/A:C";
    check(v2, 10.0, Severity::High, v2);
    check(&format!("({v2})"), 10.0, Severity::High, v2);
    check(&format!("CVSS:2.0/{v2}"), 10.0, Severity::High, v2);
    check("AV:N/AC:L/Au:N/C:P/I:P/A:P", 7.5, Severity::High, "AV:N/AC:L/Au:N/C:P/I:P/A:P");
    let v30 = "CVSS:3.0/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H";
    check(v30, 9.8, Severity::Critical, v30);
    let v31 = "CVSS:3.1/AV:L/AC:L/PR:L/UI:N/S:U/C:H/I:N/A:N";
    check(v31, 5.5, Severity::Medium, v31);
    check(
        "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:N",
        0.0,
        Severity::None,
        "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:N",
    );
    let v40 = "CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N";
    check(v40, 9.3, Severity::Critical, v40);
    // Order is the author's slip, not another vector.
    check("CVSS:3.1/AC:L/AV:L/PR:L/UI:N/S:U/C:H/I:N/A:N", 5.5, Severity::Medium, v31);
    assert!(Vector::parse(&format!("{v40}/E:X/CR:X")).is_ok());
    assert!(Vector::parse(v2).unwrap().version_rank() < Vector::parse(v40).unwrap().version_rank());
}

#[test]
fn refuses_what_is_no_vector() {
    for text in [
        "",
        "CVSS",
        "CVSS:3.1",
        "CVSS:3.1/",
        "CVSS:5.0/AV:N",
        "CVSS:3.1/AV:N",
        "AV:N",
        "9.8",
        "high",
        "CVSS:3.1/AV:N/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H",
        "CVSS:3.1/AV:Q/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H",
        "CVSS:4.0/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H",
    ] {
        assert!(Vector::parse(text).is_err(), "{text:?}");
    }
    assert!(Vector::parse(&"AV:N/".repeat(1000)).is_err());
}

#[test]
fn compares_with_words() {
    let v2 = Vector::parse("AV:N/AC:L/Au:N/C:C/I:C/A:C").unwrap();
    assert!(v2.agrees(Severity::High) && v2.agrees(Severity::Critical) && !v2.agrees(Severity::Low));
    let v3 = Vector::parse("CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H").unwrap();
    assert!(v3.agrees(Severity::Critical) && !v3.agrees(Severity::High));
    assert_eq!(
        v3.metrics(),
        [
            ("Attack vector", "network"),
            ("Attack complexity", "low"),
            ("Privileges required", "none"),
            ("User interaction", "none"),
            ("Scope", "unchanged"),
            ("Confidentiality", "high"),
            ("Integrity", "high"),
            ("Availability", "high"),
        ]
    );
}

#[test]
fn reads_ranges_of_scores() {
    let range = |text| CvssRange::parse(text).map(|range| range.to_string()).unwrap_or_default();
    assert_eq!(range("9.0-10.0"), "9.0–10.0");
    assert_eq!(range("7 – 8.9"), "7.0–8.9");
    assert_eq!(range("0.0"), "0.0");
    for text in ["", "9.0", "8.9-7.0", "9-11", "0.1-3.95", "-", "high", "99-99", "+1-2"] {
        assert_eq!(range(text).is_empty(), text != "9.0", "{text:?}");
    }
    let high = CvssRange::parse("7.0-8.9").unwrap();
    assert!(high.contains(7.0) && high.contains(8.9) && !high.contains(9.0));
    assert!(!high.overlaps(CvssRange::parse("9.0-10.0").unwrap()));
}

proptest! {
    #[test]
    fn never_panics(text in "(CVSS:[234].[01]/)?([A-Z]{1,3}:[A-Z]/?){0,13}") {
        let _ = Vector::parse(&text);
    }

    /// Every valid base vector of version 4 has a score in its band and every metric in words.
    #[test]
    fn version_four_is_total(
        values in (0usize..4, 0usize..2, 0usize..2, 0usize..3, 0usize..3, prop::array::uniform6(0usize..3))
    ) {
        let pick = |letters: &str, at: usize| letters.chars().nth(at).unwrap();
        let (av, ac, at, pr, ui, impact) = values;
        let impact = impact.map(|at| pick("NLH", at));
        let text = format!(
            "CVSS:4.0/AV:{}/AC:{}/AT:{}/PR:{}/UI:{}/VC:{}/VI:{}/VA:{}/SC:{}/SI:{}/SA:{}",
            pick("NALP", av), pick("LH", ac), pick("NP", at), pick("NLH", pr), pick("NPA", ui),
            impact[0], impact[1], impact[2], impact[3], impact[4], impact[5],
        );
        let vector = Vector::parse(&text).unwrap();
        prop_assert!((0.0..=10.0).contains(&vector.score()));
        prop_assert_eq!(vector.metrics().len(), 11);
        prop_assert_eq!(vector.as_str(), text);
    }
}
