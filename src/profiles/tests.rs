//! The tables of profiles are sound.

use std::collections::BTreeSet;

use super::{PROFILES, find};

#[test]
fn each_profile_of_the_guide_is_there() {
    let names: Vec<&str> = PROFILES.iter().map(|profile| profile.name).collect();
    let all = "rfc9116 scorecard osps-1 osps-2 osps-3 badge csaf cna bsi cra steward cisa psti";
    assert_eq!(names, all.split(' ').collect::<Vec<_>>());
    for name in names {
        assert_eq!(find(name).unwrap().name, name);
    }
}

#[test]
fn a_name_that_nobody_knows_is_answered_with_the_nearest() {
    assert_eq!(find("osp-2").unwrap_err(), "did you mean `osps-2`?");
    assert!(find("iso").unwrap_err().starts_with("there are rfc9116, scorecard"));
}

#[test]
fn controls_have_ids_of_their_own_and_claim_nothing() {
    for profile in PROFILES {
        let mut seen = BTreeSet::new();
        for control in profile.controls.iter().copied().flatten() {
            assert!(seen.insert(control.id), "{} has {} twice", profile.name, control.id);
            for word in ["complian", "certif", "passes"] {
                assert!(!control.asks.contains(word), "{}: {}", profile.name, control.asks);
            }
        }
        assert!(!seen.is_empty(), "{}", profile.name);
    }
}
